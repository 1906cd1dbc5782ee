import type { Resource } from 'fhir/r4.js';
import { MAX_NESTING, type OpenBundle, openBundle } from '../bundle/entries.js';
import { type BundleEntry, idInBundle, type Resolve } from '../bundle/references.js';
import { type Survey, survey } from '../bundle/survey.js';
import type { Version } from '../bundle/versions.js';
import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Path } from '../resources/registry.js';
import { envelopeOf } from '../response/envelopeOf.js';
import { type PatientRead, patientRead } from '../response/patientRead.js';
import { hasDuplicateKeys, type JsonNode, jsonNode, scanText } from './jsonText.js';
import type { Bytes, Value } from './jsonValues.js';
import { refusals } from './recordRefusals.js';
import { type Source, sourceOf, typeName } from './source.js';

/** One record of a file. */
export type RawRecord = {
  readonly source: Source;
  /** The record's own bytes; of one in a Bundle or a list the part of the text that it is, in one line. */
  readonly bytes: () => Bytes;
  /** True where the bytes are several lines: a document that cannot be read. */
  readonly isDocument?: boolean;
  /** In a Bundle, the version of a record that it is, or that record's deletion; its history is called differently in each value. */
  readonly version?: Version;
  /** Where it was given in the place of one that stands in the file. */
  readonly fix?: Fix;
  /** Of versions of a record those that somebody chose go before the others, the higher number first. Default: 0. */
  readonly precedence?: number;
} & (
  | {
      readonly value: JsonObject;
      /** True where an object of it has a key twice. */
      readonly hasDuplicateKeys: () => boolean;
      /** The record where it stands in its text, if that has numbers that could be integers and are not written as such. */
      readonly decimalsIn: () => JsonNode | undefined;
      /** The JSON text that the record is in, the line on which that begins, and the keys that lead to the record. */
      readonly text: RecordText;
      readonly within?: Within;
      /** Where it stands in a response of ClinikAPI: the path of the list that it is in, where that says it. */
      readonly response?: { readonly path: Path | undefined };
      /** Why it may not be converted, though it could be by itself. */
      readonly forbidden?: Issue;
    }
  | {
      readonly unreadable: Issue;
      /** The keys that lead to it, where the JSON text that it is in could be read. */
      readonly keys?: readonly (string | number)[];
      /** What is refused again for the same reason, where the bytes by themselves are not. */
      readonly kept?: () => Bytes;
    }
  /** An entry of a Bundle that holds no resource: a request, or the answer to one. `kept` is what says of a deletion the same again. */
  | { readonly empty: true; readonly kept?: () => Bytes }
);

/** The text of a record that was given in the place of one in a file; one text may be that of several records, in a Bundle. */
export interface Fix {
  /** What the file is called that keeps such records: a FHIR type, the path of a payload, `Bundle` or `Unknown`. */
  readonly keptIn: string;
  /** In one line. */
  readonly bytes: Buffer;
  /** The record in whose place it is. */
  readonly of: Source;
}

/** Gives the records of some files others in their place. */
export interface Replacing {
  /** True for a line that has such records, which is to be parsed then. */
  isAt(file: string, line: number): boolean;
  /** The records of a value, as `recordsOf` gives them, or those in their place. */
  recordsOf(file: string, value: Value): Iterable<RawRecord>;
}

/** Where a record stands in its file. */
export interface RecordText {
  readonly text: string;
  readonly line: number;
  readonly keys: readonly (string | number)[];
}

/** What the Bundle around a record says of it. */
export interface Within {
  readonly entry: BundleEntry;
  readonly resolve: Resolve;
  /** What there is to know of the outermost Bundle, and of those in it. */
  readonly survey: () => Survey;
  /** A Bundle, in one line, of the record's entry alone, and of others that are given as JSON. */
  readonly bundle: (others: readonly string[]) => Buffer;
  /** The entry of a resource that references lead to, as it stands there in one line; undefined where it is in no Bundle around. */
  readonly entryText: (resource: Resource) => string | undefined;
}

/** The file and the text that records stand in. */
interface Document {
  readonly file: string;
  readonly value: Value;
  readonly text: string;
  /** True where a Bundle is a record itself, and its entries are none. */
  readonly isWhole: boolean;
  readonly root: () => JsonNode;
  /** True where any object of the whole document has a key twice. */
  readonly hasDuplicateKeys: () => boolean;
  /** True where any number of the whole document is no plain integer. */
  readonly hasDecimals: () => boolean;
}

/** Where a value stands, and what its surroundings say of it. */
interface Place {
  readonly document: Document;
  readonly keys: readonly (string | number)[];
  /** The indexes of the Bundles and lists around it. */
  readonly entry: readonly number[];
  readonly within?: Within & { readonly nested: OpenBundle | undefined; readonly version: Version | undefined };
  readonly response?: { readonly path: Path | undefined };
  readonly forbidden?: Issue;
}

/**
 * The records of a JSON value: itself, or those of a Bundle, a list or a response of ClinikAPI at any depth. With `wholeBundles` a
 * Bundle is a record itself.
 */
export function* recordsOf(file: string, value: Value, wholeBundles = false): Generator<RawRecord> {
  if ('unreadable' in value) {
    const { unreadable, bytes, isDocument, line } = value;
    yield { source: sourceOf({ file, line }), bytes: () => bytes, isDocument, unreadable };
    return;
  }
  const root = once(() => jsonNode(value.text));
  const scan = once(() => scanText(value.text));
  const duplicates = once(() => hasDuplicateKeys(value.text, value.value, scan()));
  const hasDecimals = (): boolean => scan().hasDecimals;
  yield* unfold(value.value, {
    document: { file, value, text: value.text, isWhole: wholeBundles, root, hasDuplicateKeys: duplicates, hasDecimals },
    keys: [],
    entry: [],
  });
}

function* unfold(value: unknown, place: Place): Generator<RawRecord> {
  if (place.entry.length > MAX_NESTING || place.keys.length > 4 * MAX_NESTING)
    yield { ...unreadable(place, refusals.tooDeep), kept: () => nested(nodeAt(place).line()) };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* unfold(item, below(place, index, [index]));
  } else if (!isObject(value)) yield unreadable(place, refusals.notAnObject);
  // Whatever is in there is forbidden too, and cannot be told from what is not once it is taken out.
  else if (place.forbidden !== undefined) yield record(value, place);
  else if (own(value, 'resourceType') === 'Bundle' && !place.document.isWhole) yield* unfoldBundle(value, place);
  else yield* unfoldEnvelope(value, place);
}

function* unfoldEnvelope(value: JsonObject, place: Place): Generator<RawRecord> {
  const envelope = envelopeOf(value);
  const read = envelope === undefined ? patientRead(value) : undefined;
  if (envelope === undefined && read === undefined) yield record(value, place);
  else if (envelope?.kind === 'error') yield unreadable(place, refusals.errorResponse);
  else if (repeats(value, place)) yield unreadable(place, refusals.duplicateKey);
  else if (read !== undefined) yield* unfoldRead(read, place);
  else if (envelope !== undefined) {
    const response = place.response ?? { path: undefined };
    yield* unfold(envelope.data, { ...place, response, keys: [...place.keys, ...envelope.keys] });
  }
}

/** The patient that was read, and what was included, list by list. */
function* unfoldRead({ patient, lists }: PatientRead, place: Place): Generator<RawRecord> {
  const at = (key: string, path?: Path): Place => ({ ...place, response: { path }, keys: [...place.keys, key] });
  yield* unfold(patient, at('patient'));
  for (const [index, { key, path, items }] of lists.entries())
    yield* unfold(items, { ...at(key, path), entry: [...place.entry, index] });
}

function record(value: JsonObject, place: Place): RawRecord {
  const { document, within, response, forbidden } = place;
  const id = within === undefined ? own(value, 'id') : idInBundle(within.entry);
  const duplicates = (): boolean =>
    document.hasDuplicateKeys() && (place.keys.length === 0 || hasDuplicateKeys(nodeAt(place).line(), value));
  return {
    source: sourceAt(place, typeName(value), id),
    bytes: () => bytesAt(place),
    value,
    hasDuplicateKeys: duplicates,
    decimalsIn: () => (document.hasDecimals() ? nodeAt(place) : undefined),
    text: { text: document.text, line: document.value.line, keys: place.keys },
    ...(within?.version === undefined ? {} : { version: within.version }),
    ...(within === undefined ? {} : { within }),
    ...(response === undefined ? {} : { response }),
    ...(forbidden === undefined ? {} : { forbidden }),
  };
}

function* unfoldBundle(bundle: JsonObject, place: Place): Generator<RawRecord> {
  const open = place.within?.nested ?? openBundle(bundle, undefined, place.within?.resolve);
  const surveyed = place.within?.nested === undefined ? once(() => survey(open)) : place.within.survey;
  const { items } = open;
  const type = 'Bundle';
  if (items === undefined || repeats(bundle, place)) {
    const issue = items === undefined ? refusals.noEntries : refusals.duplicateKey;
    yield { ...unreadable(place, issue), source: sourceAt(place, type, own(bundle, 'id')) };
    return;
  }
  const isRuled = own(bundle, 'implicitRules') !== undefined;
  const entryText = (resource: Resource): string | undefined => {
    const found = surveyed().entries.get(resource);
    const at = items.findIndex(({ entry }) => entry !== undefined && entry === found);
    return at < 0 ? place.within?.entryText(resource) : nodeAt(below(place, at, ['entry', at])).line();
  };
  for (const { value: item, index, entry, resolve, nested, version: inBundle } of items) {
    const at = below({ ...place, within: undefined }, index, ['entry', index]);
    if (!isObject(item)) yield unreadable(at, refusals.notAnObject);
    else if (repeats(item, at)) yield unreadable(at, refusals.duplicateKey);
    else {
      const isModified = own(item, 'modifierExtension') !== undefined;
      const barred = isRuled ? refusals.implicitRules : isModified ? refusals.modifiedEntry : undefined;
      const version = inBundle && placed(inBundle, place);
      const alone = (others: readonly string[]): Buffer => bundleAround(place, at, isRuled, others);
      if (entry === undefined) {
        yield version === undefined ? unfilled(item, at) : deletion(version, at, barred, () => alone([]));
        continue;
      }
      const inside: Place = {
        ...at,
        keys: [...at.keys, 'resource'],
        within: { entry, resolve, survey: surveyed, nested: nested?.bundle, version, bundle: alone, entryText },
      };
      yield* unfold(entry.resource, barred === undefined ? inside : { ...inside, forbidden: barred });
    }
  }
}

/** A version whose history has a name that no other has in the run. */
function placed(version: Version, { document, entry }: Place): Version {
  const { history } = version;
  if (history === undefined) return version;
  return { ...version, history: { ...history, bundle: `${document.file}:${document.value.line}:${entry.join('.')}` } };
}

/** The deletion of a record; one that something around it forbids to believe is refused. */
function deletion(version: Version, at: Place, barred: Issue | undefined, kept: () => Buffer): RawRecord {
  const { resourceType, id } = version.resource;
  const source = sourceAt(at, String(resourceType), id);
  const deleted = { source, bytes: () => bytesAt(at), version, kept };
  return barred === undefined ? { ...deleted, empty: true } : { ...deleted, unreadable: barred };
}

/** A Bundle of one entry as it stands in the text, with the rules of its own Bundle. */
function bundleAround(place: Place, at: Place, isRuled: boolean, others: readonly string[]): Buffer {
  const rules = isRuled ? `"implicitRules":${nodeAt(place).child('implicitRules')?.line() ?? 'null'},` : '';
  return Buffer.from(`{"resourceType":"Bundle",${rules}"entry":[${[nodeAt(at).line(), ...others].join(',')}]}`);
}

/** What stands too deep, just as deep again. */
function nested(text: string): Buffer {
  return Buffer.from('['.repeat(MAX_NESTING + 1) + text + ']'.repeat(MAX_NESTING + 1));
}

function unfilled(item: JsonObject, at: Place): RawRecord {
  if (own(item, 'resource') === undefined) return { source: sourceAt(at), bytes: () => bytesAt(at), empty: true };
  return unreadable({ ...at, keys: [...at.keys, 'resource'] }, refusals.notAnObject);
}

function unreadable(place: Place, issue: Issue): Extract<RawRecord, { unreadable: Issue }> {
  return { source: sourceAt(place), bytes: () => bytesAt(place), keys: place.keys, unreadable: issue };
}

/** True where an object that records are in has a key twice, so that some of them cannot be seen. */
function repeats(value: JsonObject, place: Place): boolean {
  return place.document.hasDuplicateKeys() && nodeAt(place).keys !== Object.keys(value).length;
}

function below(place: Place, index: number, keys: readonly (string | number)[]): Place {
  return { ...place, entry: [...place.entry, index], keys: [...place.keys, ...keys] };
}

function sourceAt({ document: { file, value }, entry }: Place, resourceType?: string, id?: unknown): Source {
  const at = { file, line: value.line, ...(entry.length === 0 ? {} : { entry: entry.join('.') }) };
  return sourceOf(at, resourceType, id);
}

/** A line as it came; whatever is a part of it, or stands in several lines, cut out of its text. */
function bytesAt(place: Place): Bytes {
  const { value } = place.document;
  return place.keys.length === 0 && !value.isDocument ? value.bytes : Buffer.from(nodeAt(place).line());
}

function nodeAt({ document, keys }: Place): JsonNode {
  let node = document.root();
  for (const key of keys) {
    const child = node.child(key);
    if (child === undefined) throw new RangeError('There is no such place in the text.');
    node = child;
  }
  return node;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
