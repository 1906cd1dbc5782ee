import { otherVersion } from '../fhir/otherVersion.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { type Issue, isFailure } from '../lens/issue.js';
import { type JsonObject, own } from '../lens/json.js';
import type { Bytes } from '../read/jsonValues.js';
import { payloadPath } from '../read/payloadPath.js';
import { refusals } from '../read/recordRefusals.js';
import type { RawRecord, RecordText } from '../read/recordsOfValue.js';
import { type Source, sourceOf, typeName, withId } from '../read/source.js';
import { findLens, type Path } from '../resources/registry.js';
import { withoutNulls } from '../response/flatRecord.js';
import { type ValidateOptions, validationIssues } from '../validate/validate.js';
import type { RuleWatch } from '../validate/walk.js';
import { writtenIntegers } from './writtenIntegers.js';

/** How records are validated. */
export interface RecordChecks extends ValidateOptions, Pick<ConvertOptions, 'edition' | 'partialDates' | 'overflow'> {
  /** The path of the payloads in files whose names do not say it. */
  readonly resource?: Path;
}

/** What there is to say of a record; nothing where all is well. */
export interface Validation {
  readonly kind: 'validated';
  readonly source: Source;
  readonly issues: readonly Issue[];
  /** The record, and where it stands in its file; undefined for what is no JSON. */
  readonly record: { readonly value: JsonObject; readonly text: RecordText } | undefined;
  /** The record as it came. A stream is to be read at once. */
  readonly bytes: () => Bytes;
}

/**
 * Validates a record: a resource or Bundle against R4, a payload against ClinikAPI's contract. Of what a record is, its content
 * and its file's name tell the same as in a conversion. `watch` is told of the caller's rules. Never throws.
 */
export function validateRecord(record: RawRecord, checks: RecordChecks, watch?: RuleWatch): Validation {
  const { source, bytes } = record;
  const said = (issues: readonly Issue[], of: Source = source): Validation => ({
    kind: 'validated',
    source: of,
    issues,
    record: 'value' in record ? record : undefined,
    bytes,
  });
  // An entry of a Bundle without a resource; a Bundle is looked at as a whole.
  if ('empty' in record) return said([]);
  if ('unreadable' in record) return said([record.unreadable]);
  const { value } = record;
  try {
    const repeated = record.hasDuplicateKeys() ? [refusals.duplicateKey] : [];
    if (own(value, 'resourceType') === undefined) {
      const path = record.response?.path ?? payloadPath(source.file) ?? checks.resource;
      return path === undefined
        ? said([refusals.unknown])
        : said([...repeated, ...payloadIssues(path, flatOf(record), checks)], payloadSource(path, source));
    }
    const type = typeName(value);
    const found = validationIssues(value, checks, watch);
    const plain = found[0]?.id === 'valid' ? [] : found;
    const text = record.decimalsIn();
    const issues = text === undefined ? plain : [...plain, ...unsaid(writtenIntegers(value, text), plain)];
    // What is no R4 may be another version of FHIR, which explains more than all of its faults.
    const version = type !== undefined && issues.some(isFailure) ? otherVersion(value, type) : undefined;
    const first = version === undefined ? repeated : [...repeated, version];
    return said(
      first.length === 0 ? issues : [...first, ...issues],
      issues.length === 0 ? source : withId(source, value),
    );
  } catch {
    return said([refusals.defect]);
  }
}

/** In a response `null` says that there is nothing. */
const flatOf = ({ value, response }: Extract<RawRecord, { value: JsonObject }>): JsonObject =>
  response === undefined ? value : withoutNulls(value);

/** The issues that others do not say already: -0 is no positiveInt, however it is written. */
function unsaid(issues: readonly Issue[], said: readonly Issue[]): readonly Issue[] {
  const keyOf = ({ id, expression }: Issue): string => `${id} ${expression[0]}`;
  const before = new Set(said.map(keyOf));
  return issues.filter((issue) => !before.has(keyOf(issue)));
}

function payloadIssues(path: Path, value: JsonObject, checks: RecordChecks): readonly Issue[] {
  return findLens(path)?.validatePayload(value, { ...checks, shape: value.id === undefined ? 'create' : 'flat' }) ?? [];
}

function payloadSource(path: Path, { file, line, entry, id }: Source): Source {
  return sourceOf({ file, line, ...(entry === undefined ? {} : { entry }) }, findLens(path)?.resourceType, id);
}
