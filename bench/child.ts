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

/**
 * Runs Node with some arguments.
 * @throws where it ends with another code than 0, or 1, which a run says that found something.
 */
export function cost(args: readonly string[], folder: string, node = process.execPath): Cost {
  const hook = join(folder, 'hook.cjs');
  writeFileSync(hook, HOOK);
  const start = performance.now();
  const { status, output, stderr } = spawnSync(node, ['--require', hook, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(output[3] ?? '');
  return { user: userCPUTime / 1000, cpu: (userCPUTime + systemCPUTime) / 1000, wall, memory: maxRSS / 1024 };
}
