import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The command line, as a user starts it. */
export const MAIN = join('dist', 'cli', 'main.js');

/** What a process took, told by itself at its end. */
export interface Cost {
  /** Milliseconds in its own code, of all its threads. */
  readonly user: number;
  /** With what the system did for it. */
  readonly cpu: number;
  readonly wall: number;
  /** The most memory that it had, in MiB. */
  readonly memory: number;
}

const HOOK = `process.on('exit', () => require('node:fs').writeSync(3, JSON.stringify(process.resourceUsage())));`;

/** Gives a folder to something, and removes it. */
export function withFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'clinik-fhir-bench-'));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** That a command did not do what is measured of it. */
export class Failed extends Error {}

/** What a process did, as far as it says whether it did its work. */
export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/**
 * Why a process that should end with some code did not do its work; undefined where it did. An uncaught exception ends with 1, as
 * a run does that found something, so that its stack trace is a fault with any code.
 */
export function faultOf({ status, stderr }: Ended, ends: number): string | undefined {
  const said = stderr.trim();
  if (status === ends && !/^\s+at .*:\d+:\d+\)?$/m.test(said)) return undefined;
  return `ended with ${status ?? 'no code'} instead of ${ends}${said === '' ? '' : `: ${said}`}`;
}

/**
 * Runs Node with some arguments, which is to end with the code `ends`.
 * @throws {@link Failed} where it ends with another, or by an exception.
 */
export function cost(args: readonly string[], folder: string, ends: number, node = process.execPath): Cost {
  const hook = join(folder, 'hook.cjs');
  writeFileSync(hook, HOOK);
  const start = performance.now();
  const { status, output, stderr } = spawnSync(node, ['--require', hook, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  const fault = faultOf({ status, stderr: stderr ?? '' }, ends);
  if (fault !== undefined) throw new Failed(`${args.join(' ')} ${fault}`);
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(output[3] ?? '');
  return { user: userCPUTime / 1000, cpu: (userCPUTime + systemCPUTime) / 1000, wall, memory: maxRSS / 1024 };
}
