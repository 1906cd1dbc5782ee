import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './mutants.js';

const JEST = join('node_modules', 'jest', 'bin', 'jest.js');
const CONFIG = join('scripts', 'mutate', 'jest', 'jest.config.mjs');
const REPORT = 'mutant-report';

/** What a test file reaches: how often each switch was asked while it loaded, and while its tests ran. */
export interface Coverage {
  readonly file: string;
  readonly ms: number;
  /** True where a test fails without a mutant: the file can say nothing of mutants. */
  readonly isFailing: boolean;
  readonly loaded: { readonly [id: string]: number };
  readonly run: { readonly [id: string]: number };
}

export type Outcome =
  | { readonly status: 'killed'; readonly by: string }
  | { readonly status: 'timeout' | 'survived' | 'unreached' };

/** Runs every test file with `part` in its path without a mutant. */
export async function measure(sandbox: string, workers: number, part: string): Promise<Coverage[]> {
  const report = join(sandbox, REPORT);
  rmSync(report, { recursive: true, force: true });
  mkdirSync(report);
  const args = [...(part === '' ? [] : [part]), '--maxWorkers', String(workers), '--reporters', 'default'];
  const { code, output } = await jest(sandbox, args, { MUTANT_REPORT: REPORT });
  const all: Coverage[] = readdirSync(report).map((file) => JSON.parse(readFileSync(join(report, file), 'utf8')));
  if (code !== 0 && !all.some((one) => one.isFailing)) throw new Error(`The tests cannot be run:\n${output}`);
  return all;
}

/** Runs the test files that reach a mutant, those that are likely to see it first, until one fails. */
export async function tryMutant(
  sandbox: string,
  { file }: Mutant,
  id: string,
  all: readonly Coverage[],
): Promise<Outcome> {
  const reaching = all.filter(({ loaded, run }) => loaded[id] !== undefined || run[id] !== undefined);
  if (reaching.length === 0) return { status: 'unreached' };
  const room = file.split('/').slice(1, -1).join('/');
  const twin = file.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts');
  const distance = (one: Coverage): number => {
    if (one.file === twin) return 0;
    return (one.run[id] === undefined ? 2 : 1) + (one.file.startsWith(`test/${room}/`) ? 0 : 2);
  };
  const order = [...reaching].sort((a, b) => distance(a) - distance(b) || a.ms - b.ms).map((one) => one.file);
  const hits = Math.max(...reaching.map(({ loaded, run }) => (loaded[id] ?? 0) + (run[id] ?? 0)));
  const report = `${REPORT}-${id}.json`;
  const limit = 60_000 + 5 * reaching.reduce((sum, { ms }) => sum + ms, 0);
  const { code } = await jest(
    sandbox,
    ['--runInBand', '--bail', '--runTestsByPath', ...order],
    {
      __STRYKER_ACTIVE_MUTANT__: id,
      MUTANT_REPORT: report,
      MUTANT_ORDER: JSON.stringify(order),
      MUTANT_HITS: String(100 * hits + 10_000),
    },
    limit,
  );
  if (code === 0) return { status: 'survived' };
  if (code === undefined) return { status: 'timeout' };
  const path = join(sandbox, report);
  // A file that cannot even be loaded has no test that fails.
  if (!existsSync(path)) return { status: 'killed', by: 'a file that does not load' };
  const by = JSON.parse(readFileSync(path, 'utf8'));
  return { status: 'killed', by: `${by.file}: ${by.test}` };
}

interface JestRun {
  /** Undefined where the time was up. */
  readonly code: number | undefined;
  readonly output: string;
}

function jest(cwd: string, args: readonly string[], env: object, limit = 3_600_000): Promise<JestRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=3000', JEST, '--config', CONFIG, '--rootDir', '.', ...args],
      {
        cwd,
        env: { ...process.env, FORCE_COLOR: '0', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(String(data)));
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, limit);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: isLate ? undefined : (code ?? 1), output: said.join('') });
    });
  });
}
