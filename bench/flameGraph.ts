import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Frame } from './flameTree.js';

/** A page that shows a tree of frames, and asks for nothing but itself. */
export function flameGraph(title: string, tree: Frame): string {
  const { outputFiles } = buildSync({
    entryPoints: [join('bench', 'flamePage.js')],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'build',
    platform: 'browser',
    format: 'iife',
  });
  const textOf = (kind: string): string => outputFiles.find(({ path }) => path.endsWith(kind))?.text ?? '';
  return `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${inHtml(title)}</title>
<style>
${textOf('.css')}
body { font: 14px system-ui, sans-serif; margin: 10px; }
</style>
<h1>${inHtml(title)}</h1>
<p><input id="search" type="search" placeholder="a function or a file" aria-label="Search">
<button id="reset" type="button">All</button> A click shows one frame as wide as the page. Callers stand above what they call.</p>
<div id="graph"></div>
<script>globalThis.frames = ${inScript(tree)};</script>
<script>${textOf('.js').replaceAll('</script', '<\\/script')}</script>
`;
}

const inHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
