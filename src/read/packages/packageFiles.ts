import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { isObject, own } from '../../lens/json.js';
import { DEFINITION_TYPES, type DefinitionType, isDefinitionType } from '../../profiles/definitions.js';
import { parseJson } from '../parseJson.js';
import { reasonOf } from '../systemError.js';
import { UsageError } from '../usageError.js';
import { filesOfArchive } from './archive.js';
import { mayDefine } from './mayDefine.js';
import type { PackagePlace } from './place.js';

/** A file of a package that may hold a definition. */
export interface PackageFile {
  /** Its path, as it may be printed. */
  readonly path: string;
  /** What the index of the package says of it, if there is one. */
  readonly listed?: { readonly type: DefinitionType; readonly url: string; readonly version: string | undefined };
  /** @throws the operating system's error. */
  bytes(): Buffer;
}

/** The most files of a folder. */
const MOST_FILES = 50_000;

/**
 * The files of a package that may hold definitions.
 * @throws UsageError where they cannot be read, or are too many.
 */
export function filesOf(place: PackagePlace): PackageFile[] {
  const { path, form } = place;
  if (form === 'archive') {
    return [...filesOfArchive(path)]
      .filter(([name]) => mayDefine(name))
      .map(([name, bytes]) => ({ path: `${path}: ${name}`, bytes: () => bytes }));
  }
  try {
    const names =
      form === 'package' ? (listedIn(path) ?? namesIn(path)) : below(path, form === 'files' ? mayDefine : () => true);
    return names.map(({ name, ...rest }) => {
      const file = join(path, name);
      return { path: file, ...rest, bytes: () => readFileSync(file) };
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`, { cause: error });
  }
}

type Named = Pick<PackageFile, 'listed'> & { readonly name: string };

const namesIn = (folder: string): Named[] =>
  readdirSync(folder)
    .filter(mayDefine)
    .map((name) => ({ name }));

function below(folder: string, isWanted: (name: string) => boolean): Named[] {
  const names = globSync('**/*.json', {
    cwd: folder,
    ignore: ['**/node_modules/**', '**/package.json'],
    followSymbolicLinks: false,
    caseSensitiveMatch: false,
  });
  if (names.length > MOST_FILES)
    throw new UsageError(`${folder}: it has more than ${MOST_FILES} files; name the folder of the definitions.`);
  return names
    .filter((name) => isWanted(basename(name)))
    .sort()
    .map((name) => ({ name }));
}

/**
 * The files that `.index.json` lists, which the caches of FHIR tools have, and those beside it that it leaves out; undefined where it is
 * not there or says nothing.
 */
function listedIn(folder: string): Named[] | undefined {
  const names = new Set(readdirSync(folder));
  if (!names.has('.index.json')) return undefined;
  const parsed = parseJson(readFileSync(join(folder, '.index.json')));
  const files = 'value' in parsed && isObject(parsed.value) ? own(parsed.value, 'files') : undefined;
  if (!Array.isArray(files)) return undefined;
  const listed = files.filter(isObject).flatMap((file): Named[] => {
    const [name, type, url, version] = ['filename', 'resourceType', 'url', 'version'].map((key) => own(file, key));
    // Only what stands beside it: the index may be of anybody's making.
    if (typeof name !== 'string' || !names.has(name) || typeof url !== 'string' || !isDefinitionType(type)) return [];
    return [{ name, listed: { type, url, version: typeof version === 'string' ? version : undefined } }];
  });
  if (listed.length === 0) return undefined;
  const known = new Set(files.filter(isObject).map((file) => own(file, 'filename')));
  return [...listed, ...namesIn(folder).filter(({ name }) => !known.has(name))];
}

/** What the definitions of a guide are, for people. */
export const KINDS = `${DEFINITION_TYPES.slice(0, -1).join(', ')} or ${DEFINITION_TYPES.at(-1)}`;
