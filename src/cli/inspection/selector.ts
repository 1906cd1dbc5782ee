import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import type { Source } from '../../read/source.js';
import { UsageError } from '../../read/usageError.js';

/** Which record is meant. */
export interface Selector {
  isMeant(source: Source): boolean;
  /** True where the first record that is meant is the only one, but for other versions of it. */
  readonly isUnique: boolean;
  /** What is said where there is none. */
  readonly missing: string;
  several(count: number): string;
}

const PLACE = /^(.+):([1-9]\d{0,9})$/s;
const NAME = /^([A-Z][A-Za-z]*)\/([A-Za-z0-9\-.]{1,64})$/;

/**
 * What the arguments mean: inputs and `Type/id`, inputs and `FILE:LINE`, or `FILE:LINE` alone.
 * @throws UsageError for anything else.
 */
export function selectorOf(args: readonly string[]): { files: readonly string[]; selector: Selector } {
  const last = args.at(-1) ?? '';
  const files = args.slice(0, -1);
  const [, type, id] = NAME.exec(last) ?? [];
  if (type !== undefined && RESOURCE_TYPES.has(type) && files.length > 0) return { files, selector: byName(type, id) };
  const [, file, line] = PLACE.exec(last) ?? [];
  if (file === undefined)
    throw new UsageError(
      'Name the record last: its type and id after the input (export Encounter/enc-1), or its file and line (export/Encounter.ndjson:12).',
    );
  return { files: files.length === 0 ? [file] : files, selector: byPlace(file, Number(line)) };
}

function byName(type: string, id: string | undefined): Selector {
  return {
    isMeant: (source) => source.resourceType === type && source.id === id,
    isUnique: true,
    missing: 'There is no record of this type and id in the input.',
    several: () => '',
  };
}

function byPlace(file: string, line: number): Selector {
  return {
    isMeant: (source) => source.file === file && source.line === line,
    isUnique: false,
    missing: 'No record begins in this line of this file.',
    several: (count) => `${count} records begin in this line; name one by its type and id.`,
  };
}
