import { resolve } from 'node:path';
import { isObject, own } from '../../lens/json.js';
import { type JsonNode, jsonNode } from '../../read/jsonText.js';
import type { Value } from '../../read/jsonValues.js';
import { parseJson } from '../../read/parseJson.js';
import { type Fix, type RawRecord, type Replacing, recordsOf } from '../../read/recordsOfValue.js';
import { type Source, sourceOf, withId } from '../../read/source.js';
import { findLens } from '../../resources/registry.js';
import { type FixFault, faultOf, type PlacedFix } from './fix.js';

/** Puts fixes in the place of records while these are read. */
export interface InPlace extends Replacing {
  /** What was found to be wrong, and the fixes of which no record was read. To be asked for once all files were read. */
  faults(): FixFault[];
}

/** A fix, and what is known of it once its record was read. */
interface State {
  readonly placed: PlacedFix;
  readonly fix: Fix;
  /** What it has come to: its record was not read yet, was, or is another one. */
  fate?: 'met' | 'none' | 'empty' | 'more';
}

/** Of versions of a record a fix counts before one that somebody left there, and that before all others. */
const PRECEDENCE = { fix: 2, left: 1 } as const;

/** The records of a value, with fixes in the place of some of them: the text of the value is made anew, and read as any other. */
export function inPlace(fixes: readonly PlacedFix[]): InPlace {
  const states = fixes.map((placed): State => ({ placed, fix: fixOf(placed) }));
  const files = new Map<string, Map<number, State[]>>();
  for (const state of states) {
    const { file, line } = state.placed.of;
    const lines = files.get(resolve(file)) ?? new Map<number, State[]>();
    files.set(resolve(file), lines);
    lines.set(line, [...(lines.get(line) ?? []), state]);
  }
  const named = new Map<string, ReadonlyMap<number, readonly State[]> | undefined>();
  const at = (file: string, line: number): readonly State[] | undefined => {
    if (!named.has(file)) named.set(file, files.get(resolve(file)));
    return named.get(file)?.get(line);
  };
  return {
    isAt: (file, line) => at(file, line) !== undefined,
    recordsOf(file, value) {
      const its = at(file, value.line);
      return its === undefined ? recordsOf(file, value) : replaced(file, value, its);
    },
    faults: () => states.flatMap(({ placed, fate = 'none' }) => (fate === 'met' ? [] : [faultOf(placed, fate)])),
  };
}

function fixOf({ keptIn, value, of }: PlacedFix): Fix {
  const bytes = 'text' in value ? Buffer.from(jsonNode(value.text).line()) : value.bytes;
  return { keptIn, bytes: Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0), of };
}

/** What stands at a place: the text of a fix as a part of its document, or a record of its own. */
interface Put {
  readonly state: State;
  readonly record?: RawRecord;
  readonly isChanged: boolean;
}

function* replaced(file: string, value: Value, states: readonly State[]): Generator<RawRecord> {
  const puts = new Map<string, Put>();
  let current = value;
  // What a run refused of a text that it took may be corrected once more.
  for (const isEarlier of [true, false]) {
    const its = states.filter(({ placed }) => placed.isEarlier === isEarlier);
    for (const isWhole of [true, false]) current = put(file, current, its.filter(isOf(isWhole)), puts);
  }
  const seen = new Set<State>();
  const records: RawRecord[] = [];
  for (const record of recordsOf(file, current)) {
    const found = putAt(puts, record.source.entry);
    if (found !== undefined) seen.add(found.state);
    records.push(found === undefined ? record : marked(record, found));
  }
  for (const { state } of puts.values()) if (!seen.has(state)) state.fate = 'empty';
  yield* records;
}

const isOf =
  (isWhole: boolean) =>
  ({ placed }: State): boolean =>
    (placed.of.entry === undefined) === isWhole;

/** The one at an entry, or around it. */
function putAt(puts: ReadonlyMap<string, Put>, entry: string | undefined): Put | undefined {
  for (let path = entry ?? ''; path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('.'), 0))) {
    const found = puts.get(path);
    if (found !== undefined) return found;
  }
  return puts.get('');
}

function marked(record: RawRecord, { state, record: own, isChanged }: Put): RawRecord {
  const { fix, placed } = state;
  if (isChanged) return { ...(own ?? record), fix, precedence: PRECEDENCE.fix };
  return placed.isUnclear ? { ...record, precedence: PRECEDENCE.left } : record;
}

/** Puts fixes of one kind into a value; gives the value that has them. */
function put(file: string, value: Value, states: readonly State[], puts: Map<string, Put>): Value {
  if (states.length === 0) return value;
  const all = [...recordsOf(file, value)];
  const records = new Map(all.map((record) => [record.source.entry ?? '', record]));
  const parts: Part[] = [];
  let current = value;
  for (const state of states) {
    const { placed, fix } = state;
    const path = placed.of.entry ?? '';
    const record = records.get(path);
    if (record === undefined || !isSame(record, placed.of)) {
      state.fate = 'none';
      continue;
    }
    const keys = keysOf(record);
    const isWhole = all.length === 1 && keys.length === 0;
    const node = keys.length > 0 && 'text' in value ? nodeAt(value.text, keys) : undefined;
    const isByItself =
      isWrapped(record, placed.value) || (!isWhole && (node === undefined || !('value' in placed.value)));
    const own = isByItself ? ownRecord(record, placed) : undefined;
    if (own === 'empty' || own === 'more') {
      state.fate = own;
      continue;
    }
    state.fate = 'met';
    if (own !== undefined) puts.set(path, { state, record: own, isChanged: isChanged(record, placed) });
    else if (node === undefined) {
      puts.set(path, { state, isChanged: !sameBytes(value, fix.bytes) });
      current = { ...placed.value, line: value.line };
    } else {
      puts.set(path, { state, isChanged: node.line() !== fix.bytes.toString() });
      parts.push({ node, text: fix.bytes.toString() });
    }
  }
  return parts.length === 0 || !('text' in current) ? current : withParts(current.text, current, parts);
}

/** The input has to be the one that the fixes are of: a record by another name is another record. */
function isSame(record: RawRecord, { resourceType, id }: Source): boolean {
  const { source } = record;
  const known = 'value' in record ? withId(source, record.value) : source;
  if (id !== source.id && id !== known.id) return false;
  return resourceType === undefined || source.resourceType === undefined || resourceType === source.resourceType;
}

/** True for a Bundle that was kept around a record, which tells what lies around it itself. */
function isWrapped(record: RawRecord, value: Value): boolean {
  if (!('value' in value) || !isObject(value.value) || own(value.value, 'resourceType') !== 'Bundle') return false;
  if (record.source.resourceType === 'Bundle') return false;
  const isResource = 'value' in record && own(record.value, 'resourceType') !== undefined;
  return isResource || 'empty' in record || record.version !== undefined;
}

/** What is put in the place of a record without its document, which it has no place in, or would spoil as it is no JSON. */
function ownRecord(record: RawRecord, { file, value }: PlacedFix): RawRecord | 'empty' | 'more' {
  const { file: inFile, line, entry } = record.source;
  const [first, ...others] = recordsOf(file, value);
  if (first === undefined) return 'empty';
  if (others.some(({ source: { resourceType } }) => resourceType !== undefined && findLens(resourceType) !== undefined))
    return 'more';
  const { resourceType, id } = first.source;
  return {
    ...first,
    source: sourceOf({ file: inFile, line, ...(entry === undefined ? {} : { entry }) }, resourceType, id),
  };
}

/** A record that was kept with what it refers to counts as changed, for what it refers to may be. */
function isChanged(record: RawRecord, { file, value }: PlacedFix): boolean {
  const [first, ...others] = recordsOf(file, value);
  const [one, other] = [first?.bytes(), record.bytes()];
  if (others.length > 0 || !Buffer.isBuffer(one) || !Buffer.isBuffer(other) || !one.equals(other)) return true;
  const around = (of: RawRecord | undefined): string =>
    (of !== undefined && 'value' in of && of.within?.bundle([]).toString()) ||
    `{"resourceType":"Bundle","entry":[{"resource":${other.toString()}}]}`;
  return around(first) !== around(record);
}

function sameBytes(value: Value, bytes: Buffer): boolean {
  const one = 'text' in value ? Buffer.from(jsonNode(value.text).line()) : value.bytes;
  return Buffer.isBuffer(one) && one.equals(bytes);
}

interface Part {
  readonly node: JsonNode;
  readonly text: string;
}

function nodeAt(text: string, keys: readonly (string | number)[]): JsonNode | undefined {
  let node: JsonNode | undefined = jsonNode(text);
  for (const key of keys) node = node?.child(key);
  return node;
}

function keysOf(record: RawRecord): readonly (string | number)[] {
  if ('value' in record) return record.text.keys;
  return ('unreadable' in record && record.keys) || [];
}

/** A value with other texts in the place of parts of it, none of which is inside of another. */
function withParts(text: string, value: Value, parts: readonly Part[]): Value {
  const spans = parts
    .map(({ node, text: other }) => ({ span: node.span(), other }))
    .sort((one, other) => one.span[0] - other.span[0]);
  const pieces: string[] = [];
  let from = 0;
  for (const {
    span: [start, end],
    other,
  } of spans) {
    pieces.push(text.slice(from, start), other);
    from = end;
  }
  const bytes = Buffer.from([...pieces, text.slice(from)].join(''));
  return { ...parseJson(bytes), line: value.line, bytes, isDocument: value.isDocument };
}
