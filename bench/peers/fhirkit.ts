import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../child.js';
import type { Peer } from './peer.js';

const VERSION = '0.1.0';
const VENV = join('build', 'bench', 'venv');

/** Says the best of some rounds, in milliseconds. */
const PROGRAM = `import sys, time
import fhirkit
lines = [line for line in open(sys.argv[1], encoding='utf-8').read().split('\\n') if line]
best = None
for _ in range(7):
    start = time.perf_counter()
    for line in lines:
        fhirkit.validate(line)
    took = (time.perf_counter() - start) * 1000
    best = took if best is None else min(best, took)
print(best)`;

/** Installs it once, into a folder of this repository. */
function python(): string | undefined {
  const file = join(VENV, 'bin', 'python');
  if (existsSync(join(VENV, 'installed'))) return file;
  if (spawnSync('python3', ['-m', 'venv', VENV]).status !== 0) return undefined;
  if (spawnSync(file, ['-m', 'pip', 'install', '--quiet', `fhirkit-rs==${VERSION}`]).status !== 0) return undefined;
  writeFileSync(join(VENV, 'installed'), VERSION);
  return file;
}

export const fhirkit: Peer = {
  id: 'fhirkit',
  name: `fhirkit-rs ${VERSION} (Rust, from Python), validate`,
  time(lines) {
    if (spawnSync('python3', ['--version']).error !== undefined) return 'there is no Python';
    const file = python();
    if (file === undefined) return 'it could not be installed';
    return withFolder((folder) => {
      const input = join(folder, 'lines.ndjson');
      writeFileSync(input, lines.join('\n'));
      const { status, stdout } = spawnSync(file, ['-c', PROGRAM, input], { encoding: 'utf8' });
      return status === 0 ? Number(stdout) : 'it failed';
    });
  },
};
