import { basename, dirname } from 'node:path';
import type { BulkExport, ExportFile } from './bulkExport.js';

/** A file that may be one of an export. */
export interface Candidate {
  readonly path: string;
  /** True where an option of the run leaves it out. */
  readonly isLeftOut: boolean;
}

interface Claim {
  readonly by: BulkExport;
  readonly url: string | undefined;
}

/** Whether a file of the input may be the one that a manifest lists. */
type MayBe = (candidate: Candidate, file: ExportFile) => boolean;

/**
 * Finds the files of exports by their names, each once: in the folder of the manifest and below, or, where there is none of them, anywhere, but
 * not in the folder of another manifest. No file stands for two exports; copies of a manifest, one in or below the folder of the other, are one.
 * Files of the lists `deleted` and `error` are looked for in folders of that name first.
 */
export function withFiles(exports: readonly BulkExport[], candidates: readonly Candidate[]): BulkExport[] {
  const claims = new Map<string, Claim[]>();
  const folders = new Set(exports.map(folderOf));
  const known = new Map<BulkExport, BulkExport>();
  const take = (one: BulkExport, among: readonly Candidate[]): void => {
    const mayBe: MayBe = ({ path }, { url }) =>
      (claims.get(path) ?? []).every((claim) => claim.by === one || isCopy(claim, one, url));
    const found = find(one.files, among, mayBe);
    if (found.size === 0) return;
    for (const [{ url }, { path }] of found) claims.set(path, [...(claims.get(path) ?? []), { by: one, url }]);
    known.set(one, { ...one, files: one.files.map((file) => foundAs(file, found.get(file))) });
  };
  // The innermost manifest has its files first: what lies below it lies below those around it, too.
  const inwards = [...exports].sort((a, b) => depthOf(b) - depthOf(a));
  for (const one of inwards)
    take(
      one,
      candidates.filter(({ path }) => isIn(path, folderOf(one))),
    );
  for (const one of inwards)
    if (!known.has(one))
      take(
        one,
        // What another manifest has by it may be taken by a copy of that one alone.
        candidates.filter(({ path }) => !folders.has(dirname(path)) || claims.has(path)),
      );
  return exports.map((one) => known.get(one) ?? one);
}

const folderOf = ({ path }: BulkExport): string => dirname(path);

const depthOf = (one: BulkExport): number => (folderOf(one) === '.' ? 0 : folderOf(one).split(/[/\\]/).length);

/** True for a folder and what is in it at any depth. */
function isIn(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(folder.replace(/[/\\]?$/, '/')) || dirname(path) === folder;
}

/** True where another manifest has a file by the same address, of the same time, and stands around this one or below it. */
function isCopy({ by, url }: Claim, one: BulkExport, address: string | undefined): boolean {
  const isSame = url !== undefined && url === address && by.time === one.time;
  return isSame && (isIn(by.path, folderOf(one)) || isIn(one.path, folderOf(by)));
}

function foundAs(file: ExportFile, candidate: Candidate | undefined): ExportFile {
  if (candidate === undefined) return file;
  return { ...file, found: candidate.isLeftOut ? 'left out' : { path: candidate.path } };
}

function find(
  files: readonly ExportFile[],
  candidates: readonly Candidate[],
  mayBe: MayBe,
): ReadonlyMap<ExportFile, Candidate> {
  const byName = new Map<string, Candidate[]>();
  for (const one of candidates) {
    const name = basename(one.path).replace(/\.gz$/i, '');
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [one]);
    else others.push(one);
  }
  const found = new Map<ExportFile, Candidate>();
  const used = new Set<Candidate>();
  const byAddress = new Map<string, Candidate>();
  for (const file of files) {
    const address = file.url === undefined ? undefined : `${file.list} ${file.url}`;
    // What is listed twice is fetched to the same place.
    const before = address === undefined ? undefined : byAddress.get(address);
    const all = file.names
      .flatMap((name) => byName.get(name) ?? [])
      .filter((one) => !used.has(one) && mayBe(one, file));
    const chosen = before ?? all.find((one) => listOf(one) === file.list) ?? all[0];
    if (chosen === undefined) continue;
    used.add(chosen);
    found.set(file, chosen);
    if (address !== undefined) byAddress.set(address, chosen);
  }
  return found;
}

/** The list that a file is of, by the name of its folder. */
function listOf({ path }: Candidate): ExportFile['list'] {
  const folder = basename(dirname(path)).toLowerCase();
  return folder === 'deleted' ? 'deleted' : /^errors?$/.test(folder) ? 'error' : 'output';
}
