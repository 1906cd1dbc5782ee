import { recordName } from '../../bundle/versions.js';
import type { InputFile } from '../../read/findInputs.js';
import type { ReadRun } from '../../read/inputBatches.js';
import { type RawRecord, recordsOf } from '../../read/recordsOfValue.js';
import type { Source } from '../../read/source.js';
import { skimFiles } from '../set/skimFiles.js';
import { type FixFault, faultOf, type GivenFix, type PlacedFix } from './fix.js';

/**
 * Finds by its server, type and id the one record of the input that each fix is in the place of. Reads the files once, but no pipes.
 * @throws the signal's reason.
 */
export async function findByName(
  fixes: readonly GivenFix[],
  files: readonly InputFile[],
  { baseUrl, ...run }: Pick<ReadRun, 'recordLimit' | 'signal'> & { readonly baseUrl?: string | undefined },
): Promise<(PlacedFix | FixFault)[]> {
  const nameOf = (record: RawRecord | undefined): string | undefined => {
    const alone =
      record !== undefined && 'value' in record ? { fullUrl: undefined, resource: record.value } : undefined;
    const version = record?.version ?? alone;
    return version === undefined ? undefined : recordName(version, baseUrl);
  };
  const names = fixes.map(({ file, value }) => {
    const [first] = recordsOf(file, value);
    return nameOf(first);
  });
  const found = new Map<string, Source[]>(names.flatMap((name) => (name === undefined ? [] : [[name, []]])));
  const types = new Set([...found.keys()].map((name) => /(?:^| )([A-Za-z]+)\//.exec(name)?.[1]));
  const take = (name: string | undefined, sourceOf: () => Source | undefined): void => {
    const places = name === undefined ? undefined : found.get(name);
    const source = places === undefined ? undefined : sourceOf();
    if (source !== undefined) places?.push(source);
  };
  if (found.size > 0)
    await skimFiles(
      files.filter(({ size }) => size > 0),
      { ...run, isChecked: () => true },
      {
        isAskedFor: (type) => types.has(type),
        skimmed(_, { type, id }, parse) {
          if (type === undefined || id === undefined) return;
          take(
            recordName({ fullUrl: undefined, resource: { resourceType: type, id } }, baseUrl),
            () => parse()?.source,
          );
        },
        read: (record) => take(nameOf(record), () => record.source),
      },
    );
  return fixes.map((fix, index) => {
    const name = names[index];
    const [source, ...others] = (name === undefined ? undefined : found.get(name)) ?? [];
    if (source === undefined) return faultOf(fix, 'none');
    return others.length > 0 ? faultOf(fix, 'several') : { ...fix, of: source, isUnclear: false };
  });
}
