import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The accent: a warm red that carries white text at 5.9:1. */
const ember: MantineColorsTuple = [
  '#fff3ee',
  '#fde3da',
  '#f8c6b6',
  '#f2a48d',
  '#ea8066',
  '#df6248',
  '#cd4a31',
  '#b93a26',
  '#982e1e',
  '#752317',
];
/** Volunteering, and whatever went well: the green of old pines. */
const pine: MantineColorsTuple = [
  '#eef6f3',
  '#d9eae4',
  '#b3d4c8',
  '#89bca9',
  '#63a58d',
  '#468f75',
  '#337a61',
  '#25654f',
  '#1c5040',
  '#133a2e',
];

const FONT =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

export const theme = createTheme({
  colors: { ember, pine },
  primaryColor: 'ember',
  primaryShade: 7,
  white: '#ffffff',
  black: '#2b211d',
  fontFamily: FONT,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  headings: { fontFamily: FONT, fontWeight: '700' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '8px', md: '12px', lg: '18px', xl: '26px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'md', radius: 'xl' } },
    TextInput: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md', autosize: false, rows: 4 } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
  },
});

/** Mantine's own greys and reds are too pale on paper; these keep 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-error': '#a32614',
    '--mantine-color-dimmed': '#6a5a51',
    '--mantine-color-placeholder': '#6a5a51',
  },
  dark: {},
});
