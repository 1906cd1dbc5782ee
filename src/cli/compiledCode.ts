import { lstatSync, mkdirSync, type Stats, statSync } from 'node:fs';
import type nodeModule from 'node:module';
import { isAbsolute, join } from 'node:path';

/** Node's own module loader, which can keep compiled code from version 22 on. */
export type Loader = typeof nodeModule & { enableCompileCache?(folder: string): unknown };

/**
 * Has Node keep what it compiled of the code in a folder of the user, so that the next process starts at once. Whoever could write to
 * that folder could have this process run anything: it is used only where it, and the folders that it is in up to the home, belong to
 * the user and nobody else may write to them. Where that is not so, or a folder cannot be made, nothing is kept.
 */
export function keepCompiledCode(loader: Loader, env: NodeJS.ProcessEnv, user = process.getuid?.()): void {
  if (loader.enableCompileCache === undefined || env.NODE_COMPILE_CACHE !== undefined || user === undefined) return;
  try {
    const caches = cachesOf(env, user);
    const folder = caches === undefined ? undefined : join(caches, 'clinik-fhir');
    if (folder !== undefined && isMade(folder, user, lstatSync)) loader.enableCompileCache(folder);
  } catch {
    // It is a help, and no need.
  }
}

/** Where the user's caches are (https://specifications.freedesktop.org/basedir-spec/latest/); relative paths do not count. */
function cachesOf({ HOME, XDG_CACHE_HOME }: NodeJS.ProcessEnv, user: number): string | undefined {
  if (XDG_CACHE_HOME)
    return isAbsolute(XDG_CACHE_HOME) && isOwn(statSync(XDG_CACHE_HOME), user) ? XDG_CACHE_HOME : undefined;
  if (!HOME || !isAbsolute(HOME) || !isOwn(statSync(HOME), user)) return undefined;
  const caches = join(HOME, '.cache');
  return isMade(caches, user, statSync) ? caches : undefined;
}

/** Makes a folder where there is none, but not those around it: in some file systems that would never end. */
function isMade(folder: string, user: number, stat: (path: string) => Stats): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there already, or cannot be made.
  }
  return isOwn(stat(folder), user);
}

const isOwn = (stats: Stats, user: number): boolean =>
  stats.isDirectory() && stats.uid === user && (stats.mode & 0o022) === 0;
