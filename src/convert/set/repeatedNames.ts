import { grown } from '../../bundle/growing.js';
import type { InputFile } from '../../read/findInputs.js';
import type { ReadRun } from '../../read/inputBatches.js';
import { type Names, names } from '../waves/nameTable.js';
import type { RecordNames } from './recordNames.js';
import { skimFiles } from './skimFiles.js';

/** Stands among the types of a file's records where some of these are known by the `fullUrl` of a Bundle. */
export const URLS = 'fullUrl';

/** What a first look at all files finds. */
export interface FirstLook {
  readonly names: Names;
  /** How many names there are. */
  readonly size: number;
  /** True for the number of a name that several records seem to have. */
  isRepeated(number: number): boolean;
  /** The files that have records of such names. */
  readonly repeatedIn: ReadonlySet<InputFile>;
  /** The types of the records in each file, and `URLS`. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
  /** The files that could be read; of gzip, the ones whose checksum is right, or that were cut off. */
  readonly whole: ReadonlySet<string>;
  /** The files that are one document of JSON over several lines. */
  readonly documents: ReadonlySet<string>;
}

const FIRST_SIZE = 1024;

/** Looks which names several records have: 24 bytes for each name. */
export async function lookForRepeated(
  files: readonly InputFile[],
  options: Pick<ReadRun, 'recordLimit' | 'signal' | 'replacing'>,
  recordsNames: RecordNames,
): Promise<FirstLook> {
  const table = names();
  let repeated = new Uint8Array(FIRST_SIZE);
  let firstIn = new Int32Array(FIRST_SIZE);
  let size = 0;
  let isAll = true;
  const repeatedIn = new Set<InputFile>();
  const kinds = new Map<string, Set<string>>(files.map(({ path }) => [path, new Set()]));
  const indexes = new Map(files.map(({ path }, index) => [path, index]));
  const whole = new Set(files.map(({ path }) => path));
  const documents = new Set<string>();

  const note = (file: string, name: string | undefined): void => {
    if (name === undefined) return;
    const index = indexes.get(file) ?? 0;
    const number = table.numberOf(name);
    if (number === size) {
      size += 1;
      repeated = grown(repeated, size, Uint8Array);
      firstIn = grown(firstIn, size, Int32Array);
      firstIn[number] = index;
      return;
    }
    repeated[number] = 1;
    for (const one of [files[index], files[firstIn[number] ?? 0]]) if (one !== undefined) repeatedIn.add(one);
  };
  // The checksum of gzip is read once: here, at the end.
  await skimFiles(
    files,
    { ...options, isChecked: () => true },
    {
      isAskedFor: recordsNames.isWanted,
      skimmed(file, seen) {
        if (seen.type !== undefined) kinds.get(file)?.add(seen.type);
        note(file, recordsNames.ofSkimmed(seen));
      },
      read(record) {
        const { file, resourceType } = record.source;
        const { isDeleted, fullUrl } = record.version ?? {};
        if (fullUrl !== undefined) kinds.get(file)?.add(URLS);
        if (resourceType !== undefined) kinds.get(file)?.add(resourceType);
        if (isDeleted === true && resourceType !== undefined && !recordsNames.isWanted(resourceType)) {
          recordsNames.want(resourceType);
          isAll = false;
        }
        note(file, recordsNames.of(record)?.name);
      },
      document(file) {
        documents.add(file);
      },
      failed({ source: { file }, issue: { id } }) {
        if (id !== 'gzip-truncated') whole.delete(file);
      },
    },
  );
  // What was deleted may be of a type that nobody asked for before.
  if (!isAll) return lookForRepeated(files, options, recordsNames);
  return { names: table, size, isRepeated: (number) => repeated[number] === 1, repeatedIn, kinds, whole, documents };
}
