// A flame graph of where the time goes: npm run profile [-- convert | residue | validate | both | run-convert | run-validate | start-convert | start-validate]
// It stands in build/profile, a page that needs nothing else, beside the profile that DevTools and speedscope open.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { named, orUsage } from './arguments.js';
import { Failed, faultOf, withFolder } from './child.js';
import { endsOf, hospitalExport } from './corpora.js';
import { flameGraph } from './flameGraph.js';
import { busiest, type CpuProfile, flameTree } from './flameTree.js';
import { TASKS } from './parts/library.js';

const OUT = join('build', 'profile');
const SECONDS = 5;
const INTERVAL = 200;

/** The library, in this process, warm. */
async function ofLibrary(run: (line: string) => number): Promise<CpuProfile> {
  const { lines } = hospitalExport();
  let sink = 0;
  const forSeconds = (seconds: number): void => {
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) for (const line of lines) sink += run(line);
  };
  forSeconds(1);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.post('Profiler.start');
  forSeconds(SECONDS);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  if (sink === 0) throw new Error('nothing was done');
  return profile;
}

/** The command line in a process of its own, with the names that the sources have: what the package has is made small. */
async function ofCommand(command: 'convert' | 'validate', copies: number): Promise<CpuProfile> {
  const { buildCommandLine } = await import(resolve('scripts', 'commandLine.mjs'));
  const cli = join(OUT, 'cli');
  rmSync(cli, { recursive: true, force: true });
  buildCommandLine({ out: cli, place: resolve('dist', 'index.js'), minify: false });
  return withFolder((folder) => {
    const { lines } = hospitalExport();
    const once = `${lines.slice(0, copies === 1 ? 1 : lines.length).join('\n')}\n`;
    const copy = (number: number): string => once.replace(/("id": ?"|"reference": ?"[A-Za-z]+\/)/g, `$1${number}-`);
    const file = join(folder, 'all.ndjson');
    writeFileSync(file, Array.from({ length: copies }, (_, number) => copy(number)).join(''));
    const options = ['--cpu-prof', '--cpu-prof-interval', String(INTERVAL), '--cpu-prof-dir', folder];
    const more = command === 'convert' ? ['--out', join(folder, 'out')] : [];
    const args = [...options, join(cli, 'main.js'), command, file, '--quiet', ...more];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const fault = faultOf({ status, stderr }, endsOf(once.trim().split('\n'))[command]);
    if (fault !== undefined) throw new Failed(`${command} ${fault}`);
    // Of several threads the one with most to tell.
    const profiles = readdirSync(folder)
      .filter((name) => name.endsWith('.cpuprofile'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .sort((a, b) => b.length - a.length);
    return JSON.parse(profiles[0] ?? '');
  });
}

/** Names a place by its source, as far as a bundle says what it was made of. */
function placeNamer(): (url: string, line: number) => string {
  const sources = new Map<string, string[]>();
  const linesOf = (url: string): string[] => {
    const known = sources.get(url);
    if (known !== undefined) return known;
    const lines = url.includes('/build/run/') ? readFileSync(fileURLToPath(url), 'utf8').split('\n') : [];
    sources.set(url, lines);
    return lines;
  };
  return (url, line) => {
    const lines = linesOf(url);
    for (let above = Math.min(line, lines.length - 1); above >= 0; above -= 1) {
      const source = /^\/\/ ((?:src|node_modules|bench)\/\S+)$/.exec(lines[above] ?? '')?.[1];
      if (source !== undefined) return source;
    }
    return `${url.replace(/^.*\/(?=(?:dist|cli|node_modules)\/)/, '')}:${line + 1}`;
  };
}

const OF_LIBRARY = TASKS.filter(({ id }) => id !== 'yardstick' && id !== 'parse');
const COPIES = 40;
const WHATS: { readonly [what: string]: () => Promise<CpuProfile> } = {
  ...Object.fromEntries(OF_LIBRARY.map(({ id, run }) => [id, () => ofLibrary(run)])),
  'run-convert': () => ofCommand('convert', COPIES),
  'run-validate': () => ofCommand('validate', COPIES),
  'start-convert': () => ofCommand('convert', 1),
  'start-validate': () => ofCommand('validate', 1),
};

const what = process.argv[2] ?? 'convert';
const profiled = orUsage(() => named(what, WHATS));
mkdirSync(OUT, { recursive: true });
const profile = await profiled();
const tree = flameTree(profile, placeNamer());
const file = join(OUT, `${what}.html`);
writeFileSync(join(OUT, `${what}.cpuprofile`), JSON.stringify(profile));
writeFileSync(file, flameGraph(`clinik-fhir: ${what}, ${tree.value.toFixed(0)} ms`, tree));
console.log(`${busiest(tree, 20).join('\n')}\n${file}`);
