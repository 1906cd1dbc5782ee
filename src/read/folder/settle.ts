import { stat } from 'node:fs/promises';
import type { InputFile } from '../inputs.js';
import { pauses } from '../pause.js';
import type { AsideList } from './aside.js';
import type { BulkExport } from './bulkExport.js';
import { withFiles } from './exportFiles.js';
import { noInput } from './jsonKinds.js';
import { formatOf, type OtherFormat } from './otherFormat.js';
import { startOfFile } from './startOfFile.js';

/** How many files whose names are those of no input are opened to see what they are. */
const MOST_SNIFFED = 1000;

/** What was found in the folders, by names alone. */
export interface ByName {
  readonly files: readonly InputFile[];
  /** Paths of regular files whose names are those of no input. */
  readonly otherNames: readonly string[];
  /** Paths of what an option leaves out. */
  readonly excluded: readonly string[];
}

/** What there is to read, as the files say themselves. */
export interface Settled {
  readonly files: readonly InputFile[];
  readonly exports: readonly BulkExport[];
}

/**
 * Sets aside what is no input though its name is one's, such as the manifest of a bulk export, and takes what a manifest lists whatever
 * its name. Looks at the first bytes of each file; at most 1,000 of other names are opened.
 */
export async function settle({ files, otherNames, excluded }: ByName, aside: AsideList): Promise<Settled> {
  const kinds = await inTurns(files, noInput);
  const records: InputFile[] = [];
  const manifests: BulkExport[] = [];
  for (const [index, file] of files.entries()) {
    const kind = kinds[index];
    if (kind === undefined) records.push(file);
    else aside.add(file.path, kind.kind);
    if (kind?.kind === 'export-manifest') manifests.push(kind.export);
  }
  const formats = await inTurns(otherNames.slice(0, MOST_SNIFFED), formatOfFile);
  const mayBeRead = (index: number): boolean => formats[index] === undefined || formats[index]?.isJson === true;
  const unknown = otherNames.filter((_, index) => mayBeRead(index));
  const candidates = [
    ...[...records.map(({ path }) => path), ...unknown].map((path) => ({ path, isLeftOut: false })),
    ...excluded.map((path) => ({ path, isLeftOut: true })),
  ];
  const exports = withFiles(manifests, candidates);
  const listed = new Set(
    exports.flatMap((one) => one.files.flatMap(({ found }) => (typeof found === 'object' ? [found.path] : []))),
  );
  for (const [index, path] of otherNames.entries()) {
    if (listed.has(path)) records.push({ path, size: await sizeOf(path) });
    else aside.addByName(path, formats[index]?.id ?? 'other-name');
  }
  return { files: records, exports };
}

/** The format of a file, where it is known and no input's. */
export async function formatOfFile(path: string): Promise<OtherFormat | undefined> {
  return formatOf(startOfFile(path), path);
}

/** What cannot be looked at is found out by whoever reads it. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 1,
  );
}

async function inTurns<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const due = pauses();
  const answers: R[] = [];
  for (const item of items) {
    const pausing = due();
    if (pausing !== undefined) await pausing;
    answers.push(await ask(item));
  }
  return answers;
}
