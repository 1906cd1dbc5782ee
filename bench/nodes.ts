import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import type { NotRun } from './row.js';

/** An executable of Node. */
export interface Node {
  readonly file: string;
  readonly major: string;
}

/** What an executable says of its version; empty where it cannot be started. */
export function versionOf(file: string): string {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

/**
 * The Node that runs the benchmarks, and those that are named, with what separates a PATH between them. A row stands for each that
 * is none, or of a major version that is measured already.
 */
export function nodesOf(own: string, named: string | undefined, version: (file: string) => string): (Node | NotRun)[] {
  const files = [own, ...(named ?? '').split(delimiter).filter((file) => file !== '')];
  const majors = files.map((file) => /^v(\d+)\.\d+\.\d+/.exec(version(file))?.[1]);
  return files.map((file, index) => {
    const major = majors[index];
    const row = { id: `start-up/nodes/${index}`, name: `number ${index} of NODES` };
    if (major === undefined) return { ...row, notRun: 'it is no Node that starts' };
    if (majors.indexOf(major) < index) return { ...row, notRun: `Node ${major} is measured already` };
    return { file, major };
  });
}
