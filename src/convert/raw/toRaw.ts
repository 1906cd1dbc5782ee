import { certainId } from '../../bundle/clinikIds.js';
import type { Fate } from '../../bundle/versions.js';
import { enteredInError } from '../../fhir/datatypes/code.js';
import { isTooDeep, MAX_DEPTH } from '../../fhir/safety.js';
import type { ConvertOptions } from '../../fhir/scope.js';
import type { Issue } from '../../lens/issue.js';
import { refusals } from '../../read/recordRefusals.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { sourceOf } from '../../read/source.js';
import { readId } from '../../resources/id.js';
import type { Conversion, RawCopy, Waits } from '../conversion.js';
import { fhirFaults } from '../fhirFaults.js';
import { guarded, leftOut, rejected } from '../notConverted.js';
import { type Reading, readingOf } from '../readingOptions.js';
import { rawRoute } from '../waves/routes.js';
import { otherVersion } from './otherVersions.js';
import { type Barred, rawText } from './rawCopy.js';
import type { RawOptions } from './rawTypes.js';
import { enteredInErrorAt } from './retracted.js';
import { linksOf, namesOf } from './uploadNames.js';

type Options = ConvertOptions & RawOptions;

type Readable = Extract<RawRecord, { value: object }>;

const tooDeep: Issue = {
  severity: 'error',
  code: 'structure',
  id: 'too-deep',
  expression: [],
  diagnostics: `The record is nested more than ${MAX_DEPTH} levels deep.`,
};

/** A record of a type that goes to ClinikAPI as it is. */
export function toRaw(record: Readable, type: string, options: Options, inSet: Options, fate: Fate): Conversion {
  if (fate === 'older' || fate === 'copy') return leftOut(record, fate);
  if (record.forbidden !== undefined) return rejected(record, [record.forbidden], type);
  const { value } = record;
  const told = record.source.id ?? readId(value, type);
  const from = { ...record, source: sourceOf(record.source, type, told) };
  const { source, bytes } = from;
  if (record.hasDuplicateKeys()) return rejected(from, [refusals.duplicateKey], type);
  const version = otherVersion(value, type);
  const element = enteredInErrorAt(value, type);
  const retracted = element !== undefined && fate === 'newest' ? { retracted: true as const } : {};
  if (version !== undefined) return rejected(from, [version], type, retracted);
  if (fate === 'unclear') return rejected(from, [refusals.unclearVersion], type);
  if (element !== undefined)
    return rejected(from, [{ ...enteredInError, expression: [`${type}.${element}`] }], type, retracted);
  if (isTooDeep(value)) return rejected(from, [tooDeep], type);
  const faults = fhirFaults(value, options);
  if (faults.length > 0) return rejected(from, faults, type);
  return guarded(from, type, () => {
    const made = rawCopy(from, type, options, readingOf(value, record.within, options, inSet));
    if ('barred' in made)
      return rejected(from, made.barred, type, made.waits === undefined ? {} : { waits: made.waits });
    return { kind: 'raw', source, bytes, raw: made, issues: made.issues };
  });
}

/** A record as it goes to ClinikAPI's raw route, with its place in the upload; or why it does not. */
export function rawCopy(
  { value, bytes, source, within }: Readable,
  type: string,
  options: Options,
  reading: Reading,
): (RawCopy & { readonly issues: readonly Issue[] }) | (Omit<Barred, 'waits'> & { readonly waits?: Waits }) {
  const resolve = linksOf(within?.resolve, reading, options.rawTypes);
  const surroundings = { resolve, baseUrl: options.baseUrl, resolveId: reading.idOf };
  const made = rawText({ type, value, bytes, reading, surroundings }, options);
  if ('barred' in made) {
    const { barred, waits } = made;
    if (waits === undefined) return { barred };
    return { barred, waits: { ...waits, names: namesOf(value, source, type, surroundings), route: rawRoute(type) } };
  }
  const entry = within?.entry ?? { fullUrl: undefined, resource: value };
  const isKnown = reading.idOf !== undefined && certainId(entry, options) !== undefined;
  const upload = { names: namesOf(value, source, type, surroundings), isKnown, links: made.links, size: 0 };
  return { type, bytes: made.bytes, upload, issues: made.issues };
}

/** True for a resource that may go there though it is not converted: nobody says that it was entered in error. */
export function isSendable({ value }: Readable, type: string): boolean {
  return enteredInErrorAt(value, type) === undefined && !isTooDeep(value);
}
