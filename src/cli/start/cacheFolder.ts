import { lstatSync, mkdirSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * The folder of the user in which compiled code is kept, so that the next process starts at once. Whoever could write to that folder
 * could have this process run anything: it is used only where it, and the folders that it is in up to the home, belong to the user and
 * nobody else may write to them.
 * @returns undefined where that is not so, where a folder cannot be made, or where the environment says that nothing is to be kept.
 */
export function cacheFolder(env: NodeJS.ProcessEnv, user = process.getuid?.()): string | undefined {
  if (user === undefined || env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const caches = cachesOf(env, user);
    const folder = caches === undefined ? undefined : join(caches, 'clinik-fhir');
    return folder !== undefined && isMade(folder, user, lstatSync) ? folder : undefined;
  } catch {
    // It is a help, and no need.
    return undefined;
  }
}

/** Where Node is told to, or where the user's caches are (https://specifications.freedesktop.org/basedir-spec/latest/). */
function cachesOf({ HOME, XDG_CACHE_HOME, NODE_COMPILE_CACHE }: NodeJS.ProcessEnv, user: number): string | undefined {
  const named = NODE_COMPILE_CACHE || XDG_CACHE_HOME;
  // A relative path does not count: it would be another folder in each place.
  if (named) return isAbsolute(named) && isOwn(statSync(named), user) ? named : undefined;
  if (!HOME || !isAbsolute(HOME) || !isOwn(statSync(HOME), user)) return undefined;
  const caches = join(HOME, '.cache');
  return isMade(caches, user, statSync) ? caches : undefined;
}

/** Makes a folder where there is none, but not those around it: in some file systems that would never end. */
function isMade(folder: string, user: number, stat: (path: string) => Stats): boolean {
  const is = (): boolean => isOwn(stat(folder), user);
  try {
    return is();
  } catch {
    mkdirSync(folder, { mode: 0o700 });
    return is();
  }
}

/** True where it is the user's, and nobody else may write to it. */
export const isOwn = (stats: Stats, user: number): boolean =>
  stats.isDirectory() && stats.uid === user && (stats.mode & 0o022) === 0;
