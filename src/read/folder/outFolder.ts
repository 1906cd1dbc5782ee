import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { identityOf } from '../identity.js';

/** The output folder of a run, which is not read when it lies in a folder that is. */
export interface OutFolder {
  /** True for the folder and what is in it, by whatever links and mounts it is reached. */
  holds(place: string): Promise<boolean>;
}

/** The folder at a path; it holds nothing where there is none. */
export async function outFolder(out: string | undefined): Promise<OutFolder> {
  const folder = out === undefined ? undefined : await identityOf(out).catch(() => undefined);
  /** By real paths. */
  const known = new Map<string, boolean>();
  const isBelow = async (real: string): Promise<boolean> => {
    const before = known.get(real);
    if (before !== undefined) return before;
    const around = dirname(real);
    const identity = await identityOf(real).catch(() => undefined);
    const is = identity === folder || (around !== real && (await isBelow(around)));
    known.set(real, is);
    return is;
  };
  return {
    async holds(place) {
      if (folder === undefined) return false;
      // What has no real path is told of, or is a pipe.
      const real = await realpath(place).catch(() => undefined);
      return real !== undefined && isBelow(real);
    },
  };
}
