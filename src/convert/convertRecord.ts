import { certainId } from '../bundle/clinikIds.js';
import type { Resolve } from '../bundle/references.js';
import { nothingSurveyed } from '../bundle/survey.js';
import type { Fate } from '../bundle/versions.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { otherVersion } from '../fhir/otherVersion.js';
import { readLiteral } from '../fhir/references/literal.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { type Issue, isFailure } from '../lens/issue.js';
import { type JsonObject, own } from '../lens/json.js';
import { payloadPath } from '../read/payloadPath.js';
import { refusals } from '../read/recordRefusals.js';
import type { RawRecord } from '../read/recordsOfValue.js';
import { sourceOf, withId } from '../read/source.js';
import { resourceLanguage } from '../resources/language.js';
import { findLens, type Lenses, type Path } from '../resources/registry.js';
import { isRetraction, retraction, withoutNulls } from '../response/flatRecord.js';
import { asItCame } from './asItCame.js';
import type { Conversion, Rejection, Upload } from './conversion.js';
import { fhirFaults } from './fhirFaults.js';
import { overBody, sizeInBody } from './layout/body.js';
import { forbiddenLosses } from './losses/forbiddenLosses.js';
import { guarded, keptWhole, leftOut, rejected, withoutResource } from './notConverted.js';
import { isRawType, type RawOptions } from './raw/rawTypes.js';
import { enteredInErrorAt } from './raw/retracted.js';
import { isSendable, rawCopy, toRaw } from './raw/toRaw.js';
import { linksOf, namesOf } from './raw/uploadNames.js';
import { type Inside, readingOf } from './readingOptions.js';
import { rejectedBytes } from './rejectedBytes.js';
import type { SetOptions } from './set/withSet.js';
import { waitsFor } from './waitsFor.js';
import { recordLinks } from './waves/recordLinks.js';

/** How records are converted, besides what a lens takes. */
export interface RecordOptions extends ConvertOptions, RawOptions {
  /** Convert in this direction only, and skip what is in the asked form already. */
  readonly to?: 'payload' | 'fhir';
  /** The path of the payloads in files whose names do not say it. */
  readonly resource?: Path;
  /** Refuse a resource that would lose content. */
  readonly strict?: boolean;
  /** Locations without indexes whose loss, and that of all below them, `strict` allows. */
  readonly allowLoss?: readonly string[];
  /** Also give the patch that leads from a payload back to its resource. It holds values. */
  readonly residue?: boolean;
  /** Reject a payload that alone takes a bulk import body of more bytes than this, from 1,000 to 104,857,600. */
  readonly maxBody?: number;
}

/** The same options, with all that references lead to in the set. */
type InSet = RecordOptions & Pick<SetOptions, 'finds'>;

/**
 * Converts a record: a FHIR resource into a payload, a payload into a FHIR resource. That a record is a payload, and of
 * which resource, its file's name says: ClinikAPI's path, alone or in front (`labs.ndjson`, `labs-2024.ndjson.gz`), or else
 * the options. `inSet` are the options with all that references lead to in the set, `fate` what it is among the versions of its
 * record. Never throws.
 */
export function convertRecord(
  record: RawRecord,
  options: RecordOptions,
  inSet: InSet = options,
  fate: Fate = 'newest',
): Conversion {
  if ('empty' in record) return withoutResource(record, fate, options.rawTypes);
  const conversion = convertKnown(record, options, inSet, fate);
  if (conversion.kind !== 'rejected') return conversion;
  // The entry tells the server of a record and when it was made, without which it could be another one or no version of it.
  const isKeptWhole = fate === 'unclear' || (conversion.kept === record.bytes && isAway(record, options));
  return isKeptWhole ? { ...conversion, kept: keptWhole(record) } : conversion;
}

/** True for a record of another server than the one that a record by itself is of. */
function isAway({ version }: RawRecord, { baseUrl }: RecordOptions): boolean {
  const base = version?.fullUrl === undefined ? undefined : readLiteral(version.fullUrl)?.base;
  return base !== undefined && base !== baseUrl?.replace(/\/$/, '');
}

/** Converts a record of which it is known what it is among its versions. */
function convertKnown(
  record: Exclude<RawRecord, { empty: true }>,
  options: RecordOptions,
  inSet: InSet,
  fate: Fate,
): Conversion {
  const { source, bytes } = record;
  const told = 'value' in record ? record.response?.path : undefined;
  const path = told ?? payloadPath(source.file) ?? options.resource;
  if ('unreadable' in record) {
    const keptIn = record.version === undefined ? (source.resourceType ?? path ?? 'Unknown') : 'Bundle';
    return rejected(record, [record.unreadable], keptIn);
  }
  const { value, forbidden } = record;
  const type = own(value, 'resourceType');
  if (type === undefined && forbidden === undefined) return fromPayload(record, path, options);
  const name = typeof type === 'string' && RESOURCE_TYPES.has(type) ? type : undefined;
  const lens = name === undefined ? undefined : findLens(name);
  if (name !== undefined && name !== 'Bundle' && isRawType(name, options.rawTypes))
    return toRaw(record, name, options, inSet, fate);
  if (lens !== undefined && options.to !== 'fhir' && (fate === 'older' || fate === 'copy'))
    return leftOut(record, fate);
  if (forbidden !== undefined && (lens !== undefined || name === undefined || name === 'Bundle'))
    return rejected(record, [forbidden], name ?? 'Unknown');
  if (name === undefined)
    return rejected(record, [typeof type === 'string' ? refusals.notR4 : refusals.noType], 'Unknown');
  if (lens === undefined) return { kind: 'skipped', source, bytes, reason: 'other-type' };
  if (options.to === 'fhir') return { kind: 'skipped', source, bytes, reason: 'same-form' };
  return fromFhir({ ...record, source: withId(source, value) }, lens, options, inSet, fate);
}

/** True for what only a row of the id map is wanting for. */
const isUnmapped = ({ id }: Issue): boolean => id === 'reference-unmapped';

type Readable = Extract<RawRecord, { value: JsonObject }>;

function fromFhir(record: Readable, lens: Lenses[Path], options: RecordOptions, inSet: InSet, fate: Fate): Conversion {
  const { source, bytes, value, within } = record;
  const { resourceType, path } = lens;
  if (record.hasDuplicateKeys()) return rejected(record, [refusals.duplicateKey], resourceType);
  const retracted =
    fate === 'newest' && enteredInErrorAt(value, resourceType) !== undefined ? { retracted: true as const } : {};
  // The lens refuses it as well; but it is not to be listed with all its faults, nor sent the raw way, which speaks R4, too.
  const version = otherVersion(value, resourceType);
  if (version !== undefined) return rejected(record, [version], resourceType, retracted);
  if (fate === 'unclear') return rejected(record, [refusals.unclearVersion], resourceType);
  const faults = fhirFaults(value, options);
  if (faults.length > 0) return rejected(record, faults, resourceType, retracted);
  const attempt = (inside: Inside | undefined, outside: RecordOptions): Conversion => {
    const read = readingOf(value, inside, options, outside);
    const result = lens.safeFromFhir(read.resource, read.options);
    const refuse = (issues: readonly Issue[], more: Pick<Rejection, 'waits' | 'wanting'> = {}): Conversion =>
      rejected(record, issues, resourceType, { ...retracted, ...more });
    const { maxBody, baseUrl } = options;
    const resolve = linksOf(inside?.resolve, read, options.rawTypes);
    const surroundings = { resolve, baseUrl, resolveId: read.idOf, placed: read.placed };
    const place = (): Pick<Upload, 'names' | 'links'> => ({
      names: namesOf(value, source, resourceType, surroundings),
      links: recordLinks(value, lens, surroundings),
    });
    if (!result.ok) {
      if (!result.issues.filter(isFailure).every(isUnmapped)) return refuse(result.issues);
      const wanting = place();
      const names = options.unmapped === 'refuse' ? waitsFor(value, result.issues, lens, surroundings) : undefined;
      if (names === undefined) return refuse(result.issues, { wanting });
      return refuse(result.issues, { wanting, waits: { ...wanting, route: path, waitsFor: names } });
    }
    const { payload, issues } = result;
    const { losses, residue } = asItCame(value, read.resource, result, resourceLanguage(resourceType));
    const forbidden = options.strict === true ? forbiddenLosses(losses, options.allowLoss ?? []) : [];
    if (forbidden.length > 0)
      return refuse([...forbidden, ...issues], read.idOf === undefined ? {} : { wanting: place() });
    const size = maxBody === undefined ? 0 : sizeInBody(payload);
    const tooLarge = maxBody === undefined ? undefined : overBody(lens, size, maxBody);
    if (tooLarge !== undefined) return refuse([tooLarge, ...issues]);
    const isKnown = read.idOf !== undefined && certainId(within?.entry ?? alone(value).entry, options) !== undefined;
    const upload = { ...place(), isKnown, size };
    const made = { kind: 'converted', source, bytes, name: path, output: payload, losses, issues, upload } as const;
    return residue === undefined ? made : { ...made, residue };
  };
  return guarded(record, resourceType, () => {
    const before = inSet.finds?.();
    const attempted = attempt(within, inSet);
    const isWhole = attempted.kind === 'converted' && !attempted.losses.some((loss) => loss.class === 'content');
    const conversion = isWhole ? attempted : withCopy(attempted, record, resourceType, options, inSet);
    if (conversion.kind !== 'rejected') return conversion;
    const { resolve } = readingOf(value, within, options, inSet);
    if (resolve === undefined) return conversion;
    // Where nothing of a Bundle or of the set was read, it is converted by itself as it was.
    const isByItself = within === undefined && inSet.finds?.() === before;
    const isRefused = (spy: Resolve | undefined): boolean =>
      (isByItself && spy === undefined) ||
      attempt(spy && { ...(within ?? alone(value)), resolve: spy }, options).kind === 'rejected';
    const byItself = isAway(record, options) ? keptWhole(record) : bytes;
    return { ...conversion, kept: rejectedBytes(byItself, resolve, isRefused, within) };
  });
}

/** What became of a record, and with `raw` the record as it came, where that may be sent. */
function withCopy(
  conversion: Conversion,
  record: Readable,
  resourceType: string,
  options: RecordOptions,
  inSet: RecordOptions,
): Conversion {
  if (options.raw !== true || conversion.kind === 'skipped' || !isSendable(record, resourceType)) return conversion;
  const made = rawCopy(record, resourceType, options, readingOf(record.value, record.within, options, inSet));
  if ('barred' in made) return conversion;
  const { type, bytes, upload } = made;
  return { ...conversion, raw: { type, bytes, upload } };
}

/** A record as what is kept of it has it: in a Bundle that says nothing of it. */
function alone(resource: JsonObject): Omit<Inside, 'resolve'> {
  return { entry: { fullUrl: undefined, resource }, survey: nothingSurveyed };
}

function fromPayload(record: Readable, path: Path | undefined, options: RecordOptions): Conversion {
  const lens = path === undefined ? undefined : findLens(path);
  if (lens === undefined) return rejected(record, [{ ...refusals.unknown, options: ['resource'] }], 'Unknown');
  const { file, line, entry } = record.source;
  const source = sourceOf(
    { file, line, ...(entry === undefined ? {} : { entry }) },
    lens.resourceType,
    record.source.id,
  );
  const from = { ...record, source };
  const { bytes, value } = from;
  if (options.to === 'payload') return { kind: 'skipped', source, bytes, reason: 'same-form' };
  if (record.hasDuplicateKeys()) return rejected(from, [refusals.duplicateKey], lens.path);
  if (record.source.id !== undefined && isRetraction(value))
    return rejected(from, [retraction()], lens.path, { retracted: true });
  return guarded(from, lens.path, () => {
    const result = lens.safeToFhir(record.response === undefined ? value : withoutNulls(value), options);
    if (!result.ok) return rejected(from, result.issues, lens.path);
    const { resource, issues } = result;
    const faults = fhirFaults(resource, options);
    if (faults.length > 0) return rejected(from, faults, lens.path);
    return { kind: 'converted', source, bytes, name: lens.resourceType, output: resource, losses: [], issues };
  });
}
