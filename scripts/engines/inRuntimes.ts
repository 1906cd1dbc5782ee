import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { buildSync } from 'esbuild';
import { type Answered, type Asked, type Engine, FOLDER, linesOf } from './engine.js';
import { program } from './inNode.js';
import { packed } from './packed.js';
import { missingRuntimes, runtimeProgram } from './runtimes.js';

const IMPORTS = "const library = await import('clinik-fhir');";
const DENO = ['run', '--cached-only', '--no-remote', '--node-modules-dir=manual', '--no-prompt'];
const STARTS_WITHIN = 120_000;
const WORKERS = join(FOLDER, 'workerd');

/** The packed package in other runtimes than Node. They are brought when the first is asked for. */
export const runtimes = (): readonly Engine[] => [
  runtime('Deno', runtimeProgram('@deno', 'deno'), [...DENO, '--allow-read', '--allow-write', '--allow-env']),
  runtime('Bun', runtimeProgram('@oven', 'bin', 'bun'), ['run']),
  worker(runtimeProgram('@cloudflare', 'bin', 'workerd')),
];

const versionOf = (file: string): string =>
  /\d[\d.-]+/.exec(spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout)?.[0] ?? '';

const missing = (name: string): string => missingRuntimes() ?? `npm has no ${name} for this platform`;

function runtime(name: string, file: string | undefined, options: readonly string[]): Engine {
  if (file === undefined) return { name, missing: missing(name), files: [], run: absent };
  return {
    name: `${name} ${versionOf(file)}`,
    missing: undefined,
    files: [],
    run({ questions, times }) {
      const [entry, answers] = [join(packed(), `${name}.mjs`), resolve(FOLDER, `${name}.answers`)];
      writeFileSync(entry, program(IMPORTS));
      const told = execFileSync(file, [...options, entry, resolve(questions), answers, String(times)], {
        cwd: packed(),
        encoding: 'utf8',
        env: { ...process.env, DENO_NO_UPDATE_CHECK: '1' },
      });
      const { load, records } = JSON.parse(told);
      return { answers: linesOf(answers), load, records };
    },
  };
}

function absent(): never {
  throw new Error('It is not here.');
}

/** The package as a part of one module, as Cloudflare's tools bundle it. */
function worker(file: string | undefined): Engine {
  if (file === undefined) return { name: 'workerd', missing: missing('workerd'), files: [], run: absent };
  return {
    name: `workerd ${versionOf(file)}`,
    missing: undefined,
    files: [join(WORKERS, 'worker.mjs')],
    run: (asked) => inWorker(file, asked),
  };
}

const WORKER = `
  import * as library from 'clinik-fhir';
  import 'clinik-fhir/fhirpath';
  import 'clinik-fhir/tables';
  ${readFileSync(join('scripts', 'engines', 'answers.js'), 'utf8')}
  export default {
    async fetch(request) {
      const times = Number(new URL(request.url).searchParams.get('times'));
      const lines = (await request.text()).trimEnd().split('\\n');
      for (let count = 1; count < times; count += 1) for (const line of lines) answerTo(library, line);
      return new Response(lines.map((line) => answerTo(library, line)).join('\\n'));
    },
  };`;

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-01-01",
);
`;

/** To load is here what passes from the start of the process to the first answer: in a worker no clock goes on while it works. */
async function inWorker(file: string, { questions, times }: Asked): Promise<Answered> {
  mkdirSync(WORKERS, { recursive: true });
  buildSync({
    stdin: { contents: WORKER, resolveDir: packed() },
    bundle: true,
    format: 'esm',
    minify: true,
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    outfile: join(WORKERS, 'worker.mjs'),
    logLevel: 'error',
  });
  writeFileSync(join(WORKERS, 'worker.capnp'), CONFIG);
  const start = performance.now();
  const served = spawn(file, ['serve', 'worker.capnp', '--control-fd=3'], {
    cwd: WORKERS,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  try {
    const address = await addressOf(served);
    const ask = async (lines: readonly string[], often = 1): Promise<string[]> => {
      const response = await fetch(`${address}?times=${often}`, { method: 'POST', body: lines.join('\n') });
      if (!response.ok) throw new Error(`workerd answered ${response.status}.`);
      return (await response.text()).split('\n');
    };
    const lines = linesOf(questions);
    await ask(lines.slice(0, 1));
    const load = performance.now() - start;
    const answers = await ask(lines);
    const records: number[] = [];
    for (const line of lines.slice(-2)) {
      await ask([line], times);
      const warm = performance.now();
      await ask([line], times);
      records.push((performance.now() - warm) / times);
    }
    return { answers, load, records };
  } finally {
    served.kill();
    if (served.exitCode === null && served.signalCode === null) await once(served, 'exit');
  }
}

/** Where it listens, which it says on the pipe that is for that. */
async function addressOf(served: ChildProcess): Promise<string> {
  const pipe = served.stdio[3];
  if (!(pipe instanceof Readable)) throw new Error('workerd has no pipe.');
  const [line] = await once(createInterface(pipe), 'line', { signal: AbortSignal.timeout(STARTS_WITHIN) });
  const { port } = JSON.parse(String(line));
  return `http://127.0.0.1:${port}/`;
}
