import { basename, dirname } from 'node:path';
import { isObject, type JsonObject, own } from '../../lens/json.js';

/** The lists of a manifest, in the order in which clients fetch their files. */
const LISTS = ['output', 'deleted', 'error'] as const;

/** What a manifest says of a file, and where that was found. */
export interface ExportFile {
  readonly list: (typeof LISTS)[number];
  /** How the file may be called, the likeliest name first; without `.gz`. */
  readonly names: readonly string[];
  /** Where the server has it. */
  readonly url?: string;
  /** How many resources are in it, where that is said. */
  readonly count?: number;
  readonly found: { readonly path: string } | 'left out' | undefined;
}

/** A bulk export, as its manifest says (https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---output-manifest). */
export interface BulkExport {
  /** Of the manifest. */
  readonly path: string;
  readonly files: readonly ExportFile[];
}

/** True for the manifest of a bulk export. Drafts of the guide give it a type, the address of a logical model. */
export function isManifest(value: JsonObject): boolean {
  const type = own(value, 'resourceType');
  const isOne = type === undefined || (typeof type === 'string' && /\/bulkdata\/StructureDefinition\/\w+$/.test(type));
  if (!isOne || typeof own(value, 'transactionTime') !== 'string') return false;
  const isAnswer = typeof own(value, 'request') === 'string' && own(value, 'requiresAccessToken') !== undefined;
  return Array.isArray(own(value, 'output')) || isAnswer;
}

/** The files that a manifest lists; none of them is looked for yet. */
export function readManifest(path: string, manifest: JsonObject): BulkExport {
  const numbers = new Map<string, number>();
  const files = LISTS.flatMap((list) => {
    const items = own(manifest, list);
    if (!Array.isArray(items)) return [];
    return items.map((item: unknown, index): ExportFile => {
      const [type, url, count, destination] = ['type', 'url', 'count', 'destination'].map((key) =>
        isObject(item) ? own(item, key) : undefined,
      );
      const names = namesOf(url, destination);
      // The name that the client of SMART gives a file with forceStandardFileNames: by type, over all the lists.
      if (typeof type === 'string') {
        const number = (numbers.get(type) ?? 0) + 1;
        numbers.set(type, number);
        if (/^[A-Za-z]+$/.test(type)) names.push(`${number}.${type}.ndjson`);
      }
      if (names.length === 0) names.push(`${list}[${index}]`);
      const isCount = typeof count === 'number' && Number.isSafeInteger(count) && count >= 0;
      const address = typeof url === 'string' ? { url } : {};
      return { list, names, ...address, ...(isCount ? { count } : {}), found: undefined };
    });
  });
  return { path, files };
}

/** No file system has longer names. */
const LONGEST_NAME = 255;

/** What an address and the place of a download call a file. */
function namesOf(url: unknown, destination: unknown): string[] {
  const names: string[] = [];
  const add = (name: string): void => {
    const plain = name.replace(/\.gz$/i, '');
    if (plain !== '' && plain.length <= LONGEST_NAME && !names.includes(plain)) names.push(plain);
  };
  if (typeof url === 'string') {
    const last = (text: string): string => text.split('/').at(-1) ?? '';
    const bare = last(url.replace(/[?#].*$/s, ''));
    add(decoded(bare));
    add(bare);
    // So called by a client that takes the name from the whole address.
    add(last(url));
  }
  if (typeof destination === 'string') add(destination.split(/[/\\]/).at(-1) ?? '');
  return names;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll(/[/\\\0]/g, '');
  } catch {
    return text;
  }
}

/** A file that may be one of an export. */
export interface Candidate {
  readonly path: string;
  /** True where an option of the run leaves it out. */
  readonly isLeftOut: boolean;
}

/**
 * Finds the files of an export by their names, each once: in the folder of its manifest and below, or, where there is none of them, anywhere. Files of the
 * lists `deleted` and `error` are looked for in folders of that name first.
 */
export function withFiles({ path, files }: BulkExport, candidates: readonly Candidate[]): BulkExport {
  const folder = dirname(path);
  const near = candidates.filter(
    (one) => folder === '.' || one.path.startsWith(folder.replace(/[/\\]?$/, '/')) || dirname(one.path) === folder,
  );
  const here = find(files, near);
  const isHere = here.some(({ found }) => found !== undefined);
  return { path, files: isHere ? here : find(files, candidates) };
}

function find(files: readonly ExportFile[], candidates: readonly Candidate[]): ExportFile[] {
  const byName = new Map<string, Candidate[]>();
  for (const one of candidates) {
    const name = basename(one.path).replace(/\.gz$/i, '');
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [one]);
    else others.push(one);
  }
  const used = new Set<Candidate>();
  const byAddress = new Map<string, ExportFile['found']>();
  return files.map((file) => {
    const address = file.url === undefined ? undefined : `${file.list} ${file.url}`;
    // What is listed twice is fetched to the same place.
    const before = address === undefined ? undefined : byAddress.get(address);
    if (before !== undefined) return { ...file, found: before };
    const all = file.names.flatMap((name) => byName.get(name) ?? []).filter((one) => !used.has(one));
    const chosen = all.find((one) => listOf(one) === file.list) ?? all[0];
    if (chosen === undefined) return file;
    used.add(chosen);
    const found = chosen.isLeftOut ? 'left out' : { path: chosen.path };
    if (address !== undefined) byAddress.set(address, found);
    return { ...file, found };
  });
}

/** The list that a file is of, by the name of its folder. */
function listOf({ path }: Candidate): ExportFile['list'] {
  const folder = basename(dirname(path)).toLowerCase();
  return folder === 'deleted' ? 'deleted' : /^errors?$/.test(folder) ? 'error' : 'output';
}
