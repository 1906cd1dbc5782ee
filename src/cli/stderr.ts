import { fstatSync } from 'node:fs';

let isHeard = false;

/** Standard error, which takes long to open, and is not needed by a run that goes well. What is said there may be lost. */
export function stderr(): NodeJS.WriteStream {
  if (!isHeard) process.stderr.on('error', () => {});
  isHeard = true;
  return process.stderr;
}

/** True where somebody sees what is said there. */
export function isTerminal(): boolean {
  return mayBeTerminal() && stderr().isTTY === true;
}

function mayBeTerminal(): boolean {
  try {
    return fstatSync(2).isCharacterDevice();
  } catch {
    // Some systems do not say.
    return true;
  }
}
