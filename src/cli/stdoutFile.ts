import { isSystemError } from '../read/systemError.js';
import type { TextFile } from '../report/textFile.js';
import { stderr } from './stderr.js';

/** Characters that are collected before they are written. */
const BUFFER = 64 * 1024;

/**
 * Standard output as a file: what was written before something went wrong stays there. `before` is called each time that
 * something is printed.
 */
export function stdoutFile(before: () => void): TextFile {
  let pending = '';
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    if (text === '') return;
    before();
    await print(text);
  };
  return {
    write(text) {
      pending += text;
      return pending.length < BUFFER ? undefined : flush();
    },
    finish: flush,
    commit: async () => {},
    discard: () => flush().catch(() => undefined),
  };
}

/** Waits until it is written: that nobody reads it any more, or that the disk is full, is told only then. */
export function print(text: string, to: 'standard output' | 'standard error' = 'standard output'): Promise<void> {
  const stream = to === 'standard output' ? process.stdout : stderr();
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(isSystemError(error) ? Object.assign(error, { path: to }) : error);
    });
  });
}
