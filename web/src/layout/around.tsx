import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '../api/hooks.ts';
import { cssVariables, theme } from '../theme.ts';

/** What everything stands in. `styled`: brings the theme's variables, which built pages have in their head. */
export const Around = ({ styled, children }: { readonly styled: boolean; readonly children: ReactNode }) => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="light"
    forceColorScheme="light"
    withCssVariables={styled}
    withGlobalClasses={styled}
  >
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  </MantineProvider>
);
