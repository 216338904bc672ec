import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Plugin, Rolldown } from 'vite';
import { OLDEST_BROWSERS } from './oldest-browsers.ts';
import type { Drawn, draw, drawStyles } from './src/first-view/draw.tsx';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Draws what the pages show before their scripts are here and puts it into index.html, with the small script that shows one
 * of them and starts the rest (src/first-view/begin.ts). docs/adr/0019 says why.
 */
export function firstView(): Plugin {
  return {
    name: 'first-view',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the pages have no index.html to put their first views in');
        const { styles, drawn } = await drawAll();
        const begin = await beginScript();
        const name = `assets/begin-${createHash('sha256').update(begin).digest('base64url').slice(0, 8)}.js`;
        this.emitFile({ type: 'asset', fileName: name, source: begin });
        page.source = withViews(String(page.source), { styles, drawn, begin: `/${name}`, bundle });
      },
    },
  };
}

/** The components run here as they are: nothing of them needs a browser before it is shown in one. */
async function drawAll(): Promise<{ styles: string; drawn: Drawn[] }> {
  const built = await build({
    entryPoints: [here('src/first-view/draw.tsx')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    jsx: 'automatic',
    loader: { '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const folder = mkdtempSync(join(tmpdir(), 'nuanliu-draw-'));
  try {
    const file = join(folder, 'draw.cjs');
    writeFileSync(file, built.outputFiles[0]?.contents ?? '');
    const drawing: { draw: typeof draw; drawStyles: typeof drawStyles } = createRequire(file)(file);
    return { drawn: await drawing.draw(), styles: drawing.drawStyles() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function beginScript(): Promise<Uint8Array> {
  const built = await build({
    entryPoints: [here('src/first-view/begin.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: [...OLDEST_BROWSERS],
    logLevel: 'error',
  });
  return built.outputFiles[0]?.contents ?? new Uint8Array();
}

function withViews(
  html: string,
  {
    styles,
    drawn,
    begin,
    bundle,
  }: { styles: string; drawn: readonly Drawn[]; begin: string; bundle: Rolldown.OutputBundle },
): string {
  const script = /\s*<script type="module"[^>]* src="([^"]+)"><\/script>/;
  const start = script.exec(html)?.[1];
  if (!start) throw new Error('index.html has no script to start');
  const first = filesOf(bundle, (chunk) => chunk.isEntry);
  const views = drawn.map(({ view, language, html: content }) => {
    const modules = [
      `src/i18n/${language}.ts`,
      ...(view.code ? [view.code] : []),
      ...(view.words ? [`src/i18n/${view.words}-${language}.ts`] : []),
    ];
    const files = modules.flatMap((module) => [
      ...filesOf(bundle, ({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/${module}`))),
    ]);
    const more = [...new Set(files)].filter((file) => !first.has(file));
    return `<template data-view="${view.name}" data-language="${language}" data-files="${more.join(' ')}">${content}</template>`;
  });
  const beginTag = `<script src="${begin}" data-start="${start}" data-files="${[...first].filter((file) => file.endsWith('.js')).join(' ')}"></script>`;
  return (
    html
      .replace(script, '')
      // Fetched when the first view has been painted: nothing of it waits for them.
      .replaceAll(/\s*<link rel="modulepreload"[^>]*>/g, '')
      .replace('</head>', () => `${styles}</head>`)
      .replace('</body>', () => `${views.join('\n')}\n${beginTag}\n</body>`)
  );
}

/** A chunk's files and those of all it imports, each after what it needs itself. */
function filesOf(
  bundle: Rolldown.OutputBundle,
  isMeant: (chunk: Rolldown.OutputChunk) => boolean,
  files = new Set<string>(),
): Set<string> {
  for (const chunk of Object.values(bundle)) {
    if (chunk.type !== 'chunk' || !isMeant(chunk) || files.has(`/${chunk.fileName}`)) continue;
    filesOf(bundle, ({ fileName }) => chunk.imports.includes(fileName), files);
    files.add(`/${chunk.fileName}`);
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(`/${css}`);
  }
  return files;
}
