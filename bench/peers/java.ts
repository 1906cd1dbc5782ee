import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { javaClasspath } from '../../scripts/oracle/javaValidator.js';
import { withFolder } from '../child.js';
import type { Peer } from './peer.js';

/** How often the lines are repeated to warm it up, and to measure. */
const WARM_UP = 2;
const MEASURED = 4;

export const java: Peer = {
  id: 'java',
  name: "HL7's validator (Java), one thread",
  time(lines) {
    let classpath: string;
    try {
      classpath = javaClasspath();
    } catch {
      return 'there is no JDK with Maven, or no network for its packages';
    }
    return withFolder((folder) => {
      /** From start to exit. */
      const took = (times: number): number => {
        const file = join(folder, 'lines.ndjson');
        writeFileSync(file, `${lines.join('\n')}\n`.repeat(times));
        const input = openSync(file, 'r');
        const start = performance.now();
        const args = ['-Xmx4g', '-Dthreads=1', '-Dprofiles=', '-cp', classpath, 'Oracle'];
        const { status } = spawnSync('java', args, { stdio: [input, 'ignore', 'ignore'] });
        closeSync(input);
        return status === 0 ? performance.now() - start : Number.NaN;
      };
      const one = (took(MEASURED) - took(WARM_UP)) / (MEASURED - WARM_UP);
      return Number.isFinite(one) ? one : 'it failed';
    });
  },
};
