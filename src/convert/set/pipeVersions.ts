import { grown } from '../../bundle/growing.js';
import { type Age, type Fate, fatesOf } from '../../bundle/versions.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { UsageError } from '../../read/usageError.js';
import { names } from '../waves/nameTable.js';
import type { RecordNames } from './recordNames.js';
import { type NumberedAge, numberedAge } from './versionAge.js';

/** The versions in pipes, which are read once, so that the newest has to come first. */
export interface PipeVersions {
  /**
   * What the records of one value are; those of a Bundle are at hand together.
   * @throws UsageError where one is a newer version of a record that came before, or may be.
   */
  fates(file: string, records: readonly RawRecord[]): Fate[];
}

const FIRST_SIZE = 1024;

/** Knows of no record but, by name, of those in files: 40 bytes for each record. */
export function pipeVersions(recordsNames: RecordNames, isInFiles: (name: string) => boolean): PipeVersions {
  const table = names();
  let seconds = new Float64Array(FIRST_SIZE);
  let nanoseconds = new Uint32Array(FIRST_SIZE);
  let contents = new Float64Array(FIRST_SIZE);
  let size = 0;

  const keep = (number: number, age: NumberedAge): void => {
    size = Math.max(size, number + 1);
    seconds = grown(seconds, size, Float64Array);
    nanoseconds = grown(nanoseconds, size, Uint32Array);
    contents = grown(contents, size, Float64Array);
    seconds[number] = age.seconds ?? Number.NaN;
    nanoseconds[number] = age.nanoseconds;
    contents[number] = age.content;
  };
  const keptOf = (number: number): Age | undefined => {
    if (number >= size) return undefined;
    const made = seconds[number] ?? Number.NaN;
    return {
      seconds: Number.isNaN(made) ? undefined : made,
      nanoseconds: nanoseconds[number] ?? 0,
      history: undefined,
      content: contents[number] ?? Number.NaN,
    };
  };

  return {
    fates(file, records) {
      const found = records.map((): Fate => 'newest');
      const groups = new Map<string, number[]>();
      const ages = records.map((record, index) => {
        const named = recordsNames.of(record);
        if (named === undefined) return undefined;
        groups.set(named.name, [...(groups.get(named.name) ?? []), index]);
        return numberedAge(record, named);
      });
      for (const [name, group] of groups) {
        if (isInFiles(name)) throw severalVersions(file);
        const number = table.numberOf(name);
        const before = keptOf(number);
        const its = group.flatMap((index) => ages[index] ?? []);
        const fates = before === undefined ? fatesOf(its) : after(before, its, file);
        const newest = its[Math.max(0, fates.indexOf('newest'))];
        if (before === undefined && newest !== undefined) keep(number, newest);
        group.forEach((index, at) => {
          found[index] = fates[at] ?? 'newest';
        });
      }
      return found;
    },
  };
}

/** The fates of versions that come after one that was converted. */
function after(before: Age, its: readonly Age[], file: string): Fate[] {
  const [first, ...fates] = fatesOf([before, ...its]);
  if (first !== 'newest' && first !== 'copy') throw severalVersions(file);
  return fates.map((fate) => (fate === 'newest' ? 'copy' : fate));
}

function severalVersions(file: string): UsageError {
  return new UsageError(
    `${file}: there are several versions of a record, and what comes through a pipe is read once, so that the newest cannot be chosen; save it as a file first.`,
  );
}
