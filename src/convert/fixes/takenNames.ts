import { resolve } from 'node:path';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import type { InputFile } from '../../read/findInputs.js';
import type { ReadRun } from '../../read/inputBatches.js';
import { type RawRecord, recordsOf } from '../../read/recordsOfValue.js';
import type { Source } from '../../read/source.js';
import { readId } from '../../resources/id.js';
import { findLens } from '../../resources/registry.js';
import { skimFiles } from '../set/skimFiles.js';
import { type FixFault, faultOf, type PlacedFix } from './fix.js';

/**
 * The fixes that are another record than the one that they are in the place of: of another type, or by a type and id that another record of
 * the input, or another fix, has. An id that nobody has is one that was mended. Reads the files once where there is such an id, but no pipes.
 * @throws the signal's reason.
 */
export async function takenNames(
  fixes: readonly PlacedFix[],
  files: readonly InputFile[],
  run: Pick<ReadRun, 'recordLimit' | 'signal'>,
): Promise<FixFault[]> {
  const faults = new Map<PlacedFix, FixFault>();
  const renamed = new Map<string, PlacedFix[]>();
  for (const fix of fixes) {
    if (isOfOtherType(fix)) faults.set(fix, faultOf(fix, 'type'));
    else for (const name of newNames(fix)) renamed.set(name, [...(renamed.get(name) ?? []), fix]);
  }
  const clash = (name: string, source: Source): void => {
    for (const fix of renamed.get(name) ?? []) if (!isIn(source, fix.of)) faults.set(fix, faultOf(fix, 'other'));
  };
  for (const [name, its] of renamed)
    for (const { of } of its) if (its.some((fix) => !isSameRecord(fix.of, of))) clash(name, of);
  const types = new Set([...renamed.keys()].map((name) => name.slice(0, name.indexOf('/'))));
  if (renamed.size > 0)
    await skimFiles(
      files.filter(({ size }) => size > 0),
      { ...run, isChecked: () => true },
      {
        isAskedFor: (type) => types.has(type),
        skimmed(_, { type, id }, parse) {
          const name = `${type}/${id}`;
          const source = renamed.has(name) ? parse()?.source : undefined;
          if (source !== undefined) clash(name, source);
        },
        read(record) {
          const name = nameOf(record);
          if (name !== undefined) clash(name, record.source);
        },
      },
    );
  return fixes.flatMap((fix) => faults.get(fix) ?? []);
}

/** The types and ids of a fix that are not those of its record. What could not be read may come to be several records. */
function newNames({ file, value, of }: PlacedFix): string[] {
  const [first, ...others] = recordsOf(file, value);
  const known = of.resourceType === undefined || of.id === undefined ? undefined : `${of.resourceType}/${of.id}`;
  const isSeveral = of.resourceType === undefined || of.resourceType === 'Bundle';
  const its = [first, ...(isSeveral ? others : [])].map(nameOf);
  return [...new Set(its.filter((name) => name !== undefined))].filter((name) => name !== known);
}

function isOfOtherType({ file, value, of: { resourceType: known } }: PlacedFix): boolean {
  if (known === undefined || known === 'Bundle' || !RESOURCE_TYPES.has(known)) return false;
  const [first] = recordsOf(file, value);
  const type = first?.source.resourceType;
  return type !== undefined && RESOURCE_TYPES.has(type) && type !== known;
}

function nameOf(record: RawRecord | undefined): string | undefined {
  if (record === undefined || !('value' in record)) return undefined;
  const { resourceType, id } = record.source;
  if (resourceType === undefined) return undefined;
  const told = id ?? (findLens(resourceType) === undefined ? undefined : readId(record.value, resourceType));
  return told === undefined ? undefined : `${resourceType}/${told}`;
}

/** True for the record that a fix is in the place of, and what is in it. */
function isIn({ file, line, entry = '' }: Source, { file: ofFile, line: ofLine, entry: around = '' }: Source): boolean {
  if (line !== ofLine || resolve(file) !== resolve(ofFile)) return false;
  return around === '' || entry === around || entry.startsWith(`${around}.`);
}

/** True for the same place, and for versions of one record, which may be mended alike. */
function isSameRecord(one: Source, other: Source): boolean {
  if (isIn(one, other)) return true;
  return one.id !== undefined && one.id === other.id && one.resourceType === other.resourceType;
}
