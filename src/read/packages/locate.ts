import { existsSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { byNewest } from '../../profiles/byNewest.js';
import { isSystemError, reasonOf } from '../systemError.js';
import { UsageError } from '../usageError.js';
import { filesOfArchive } from './archive.js';
import { isArchive, type Manifest, manifestOf } from './manifest.js';
import { satisfies } from './versions.js';

/** A package that was found. */
export interface Located {
  readonly path: string;
  readonly form: 'package' | 'archive';
  readonly manifest: Manifest;
}

/** Where packages are looked up by name, in this order; the network is none of it. */
export const PLACES = 'node_modules, fhir-packages or ~/.fhir/packages';

/** The packages of a name: those of the first place that has some, the newest first, then those of the others. */
export function candidates(name: string, here: string): Located[] {
  return [
    ...foldersAround(here).map((folder) => foundAt([join(folder, 'node_modules', name)])),
    ...foldersAround(here).map((folder) => foundAt(namesIn(join(folder, 'fhir-packages'), name))),
    foundAt(namesIn(join(homedir(), '.fhir', 'packages'), name)),
  ].flatMap((found) =>
    found
      .filter(({ manifest }) => manifest.name === name)
      .sort((a, b) => byNewest(a.manifest.version, b.manifest.version)),
  );
}

/** Of candidates the one of a version, or else the first; undefined where there is none. */
export function chosen(found: readonly Located[], version: string | undefined): Located | undefined {
  if (version === undefined) return found[0];
  return found.find(({ manifest }) => satisfies(manifest.version, version)) ?? found[0];
}

/** @throws UsageError where the path does not exist, or is not what its name says. */
export function atPath(path: string): Located | undefined {
  return (isArchive(path) ? archiveAt(path, statOf(path)) : undefined) ?? packageAt(path);
}

/** @throws UsageError where there is nothing. */
export function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`, { cause: error });
  }
}

function foldersAround(here: string): string[] {
  const folders: string[] = [];
  for (let folder = resolve(here); ; folder = dirname(folder)) {
    folders.push(folder);
    if (dirname(folder) === folder) return folders;
  }
}

/** `NAME`, `NAME#1.0.0`, `NAME@1.0.0`, `NAME-1.0.0.tgz` and the like. */
function namesIn(folder: string, name: string): string[] {
  try {
    const lower = name.toLowerCase();
    return readdirSync(folder)
      .filter((one) => one.toLowerCase().startsWith(lower) && /^($|[#@]|-\d|\.tgz$)/i.test(one.slice(name.length)))
      .map((one) => join(folder, one));
  } catch {
    return [];
  }
}

function foundAt(paths: readonly string[]): Located[] {
  return paths.flatMap((path) => {
    if (!existsSync(path)) return [];
    return (isArchive(path) ? archiveAt(path, statOf(path)) : packageAt(path)) ?? [];
  });
}

function archiveAt(path: string, stat: Stats): Located | undefined {
  if (!stat.isFile()) return undefined;
  const bytes = filesOfArchive(path).get('package.json');
  const manifest = bytes && manifestOf(bytes);
  if (manifest === undefined) throw new UsageError(`${path}: it holds no package.json of a FHIR package.`);
  return { path, form: 'archive', manifest };
}

/** A folder with a package.json, in it or in its folder `package`, which the caches of FHIR tools have. */
function packageAt(path: string): Located | undefined {
  for (const folder of [path, join(path, 'package')]) {
    const bytes = bytesOf(join(folder, 'package.json'));
    const manifest = bytes && manifestOf(bytes);
    if (manifest !== undefined) return { path: folder, form: 'package', manifest };
  }
  return undefined;
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
