import { once } from 'node:events';
import type { TextFile } from '../pipeline/textFile.js';

/** Characters that are collected before they are written. */
const BUFFER = 64 * 1024;

/** Standard output as a file: what was written before something went wrong stays there. */
export function stdoutFile(): TextFile {
  const { stdout } = process;
  let pending = '';
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    if (text !== '' && !stdout.write(text)) await once(stdout, 'drain');
  };
  return {
    write(text) {
      pending += text;
      return pending.length < BUFFER ? undefined : flush();
    },
    commit: flush,
    discard: flush,
  };
}
