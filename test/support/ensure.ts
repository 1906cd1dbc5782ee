import { it } from '@jest/globals';

/** Fails where a condition does not hold, and tells the compiler that it does from here on. */
export function ensure(condition: unknown, what?: string): asserts condition {
  if (!condition) fail(what);
}

/** Fails. */
export function fail(what = 'this was not expected to be reached'): never {
  throw new Error(what);
}

/** What a function throws; it fails where nothing is thrown. */
export function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return fail('nothing was thrown');
}

/** `it` where a test can run; where there is a reason why it cannot, one that lists it as skipped, with the reason. */
export function unless(reason: string | false): (name: string, run: () => unknown) => void {
  if (reason === false) return (name, run) => it(name, async () => void (await run()));
  return (name, run) => it.skip(`${name} (${reason})`, async () => void (await run()));
}

/** Why a test that needs the shell of a POSIX system does not run here. */
export const noShell = process.platform === 'win32' ? 'this system has no POSIX shell' : false;
