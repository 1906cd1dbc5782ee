import { isClinikId } from '../fhir/references/identity.js';
import { readLiteral } from '../fhir/references/literal.js';
import { parseSearch, searchText } from '../fhir/references/search.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { ClinikFhirError, type Issue } from '../lens/issue.js';
import { isObject } from '../lens/json.js';
import { grown } from './growing.js';
import { refusal } from './refusals.js';
import { textTable } from './textTable.js';

/** A row of an id map. */
export interface IdMapRow {
  /**
   * The reference that the source has: `Patient/123`, an absolute one, `urn:uuid:…`, or the search for an identifier,
   * `Practitioner?identifier=system|value`, which also stands for a logical reference with that identifier.
   */
  readonly reference: string;
  /** The id that ClinikAPI gave the record. */
  readonly id: string;
}

/** The two ways of an id map, as options of a conversion. */
export type IdMap = Required<Pick<ConvertOptions, 'resolveId' | 'resolveReference'>>;

/** What is wrong with a row: an issue without location, and the place of the earlier row that it contradicts. */
export interface RowFault {
  readonly issue: Issue;
  readonly earlier?: number;
}

/** An id map that is made row by row. */
export interface IdMapBuilder extends IdMap {
  /** Adds the row that stands at a place, a line or an index; gives what is wrong with it, and then it is not added. */
  add(row: IdMapRow, place: number): RowFault | undefined;
  /** True where a record of the type is known by an identifier. */
  knowsIdentifiers(resourceType: string): boolean;
  /** Gives back the memory of all rows, of which nothing is known from then on. */
  forget(): void;
  readonly size: number;
}

/** Why a row cannot be in an id map. */
const faults = {
  reference: refusal('value', 'id-map-reference', 'The reference of a row is none that a record can be known by.'),
  id: refusal('value', 'id-map-id', 'An id of ClinikAPI has letters, digits, -, _ and . only.'),
  repeated: refusal('value', 'id-map-repeated', 'Two rows are the same.'),
  contradiction: refusal('value', 'id-map-contradiction', 'Two rows give one reference two ids.'),
  shared: refusal('value', 'id-map-shared', 'Two rows give two records of a type one id.'),
} as const satisfies { readonly [name: string]: Issue };

/**
 * The options that translate between the references of a source and ClinikAPI's ids, both ways, by a table: spread them into the
 * options of `fromFhir`, `toFhir`, `bundleToPayloads` and all the others. A record may have several references; on the way back
 * it is called by `Type/id`, or by the first of its rows that has another form.
 * @throws ClinikFhirError with an issue for each row that is malformed, that is there twice, or that contradicts an earlier one: one
 * reference with two ids, or two `Type/id` of a type with one. Its expression is `rows[i]`, after it that of the earlier row.
 */
export function idMap(rows: Iterable<IdMapRow>): IdMap {
  const map = idMapBuilder();
  const issues: Issue[] = [];
  let place = 0;
  for (const row of rows) {
    const fault = map.add(row, place);
    if (fault !== undefined) {
      const places = fault.earlier === undefined ? [place] : [place, fault.earlier];
      issues.push({ ...fault.issue, expression: places.map((at) => `rows[${at}]`) });
    }
    place += 1;
  }
  if (issues.length > 0) throw new ClinikFhirError(issues);
  return { resolveId: map.resolveId, resolveReference: map.resolveReference };
}

/** What a reference is called by, whatever its spelling, and the type that it tells. */
interface Key {
  readonly text: string;
  readonly type?: string;
  readonly isRelative?: boolean;
  readonly isSearch?: boolean;
}

function keyOf(reference: string): Key | undefined {
  const search = parseSearch(reference);
  const literal = readLiteral(search === undefined ? reference : `${search.type}?`);
  if (literal === undefined || literal.kind === 'contained') return undefined;
  if (search !== undefined) return { text: searchText(search), type: search.type, isSearch: true };
  const { kind, type } = literal;
  if (kind === 'urn') return { text: literal.reference.toLowerCase() };
  return { text: literal.reference, ...(type === undefined ? {} : { type }), isRelative: kind === 'relative' };
}

/** True for a reference that a row of an id map can have. */
export function isMapReference(reference: string): boolean {
  return keyOf(reference) !== undefined;
}

/** What stands in for a row that is no object. */
const noRow: { readonly reference?: unknown; readonly id?: unknown } = {};

const FIRST_SIZE = 64;

/** An empty id map. There may be tens of millions of rows, which take 45 to 60 bytes each besides the characters of both texts. */
export function idMapBuilder(): IdMapBuilder {
  // A reference's number is that of its row.
  let references = textTable();
  // An id behind its type, as a letter: one that no type is told of is behind that of ''.
  let ids = textTable();
  const types = new Map<string, string>();
  // By row.
  let idsOf = new Int32Array(FIRST_SIZE);
  let places = new Int32Array();
  /** Rows up to this one, whose places are one after the other, have none in the list. */
  let plain = 0;
  let firstPlace = 0;
  let relative = new Uint8Array(FIRST_SIZE);
  // By id, the row that it leads back to.
  let rows = new Int32Array(FIRST_SIZE);
  const searched = new Set<string>();

  const idAt = (row: number): string => ids.at(idsOf[row] ?? 0).slice(1);
  const placeAt = (row: number): number => (row < plain ? firstPlace + row : (places[row - plain] ?? 0));
  const rowOf = (id: string, type: string): number | undefined => {
    const letter = types.get(type);
    const known = letter === undefined ? undefined : ids.find(letter + id);
    return known === undefined ? undefined : rows[known];
  };

  return {
    add(row, place) {
      const { reference, id } = isObject(row) ? row : noRow;
      const key = typeof reference === 'string' ? keyOf(reference) : undefined;
      if (key === undefined) return { issue: faults.reference };
      if (!isClinikId(id)) return { issue: faults.id };
      const known = references.find(key.text);
      if (known !== undefined)
        return { issue: idAt(known) === id ? faults.repeated : faults.contradiction, earlier: placeAt(known) };
      const { type = '', isRelative = false } = key;
      const other = rowOf(id, type);
      if (isRelative && other !== undefined && relative[other] === 1)
        return { issue: faults.shared, earlier: placeAt(other) };
      const letter = types.get(type) ?? String.fromCharCode(types.size);
      types.set(type, letter);
      const at = references.numberOf(key.text);
      const number = ids.numberOf(letter + id);
      idsOf = grown(idsOf, at + 1, Int32Array);
      if (at === 0) firstPlace = place;
      if (at === plain && place === firstPlace + at) plain += 1;
      else {
        places = grown(places, at - plain + 1, Int32Array);
        places[at - plain] = place;
      }
      relative = grown(relative, at + 1, Uint8Array);
      rows = grown(rows, number + 1, Int32Array);
      idsOf[at] = number;
      places[at] = place;
      relative[at] = isRelative ? 1 : 0;
      if (other === undefined || isRelative) rows[number] = at;
      if (key.isSearch === true) searched.add(type);
      return undefined;
    },
    knowsIdentifiers: (resourceType) => searched.has(resourceType),
    forget() {
      references = textTable();
      ids = textTable();
      idsOf = new Int32Array(FIRST_SIZE);
      places = new Int32Array();
      relative = new Uint8Array(FIRST_SIZE);
      rows = new Int32Array(FIRST_SIZE);
      [plain, firstPlace] = [0, 0];
    },
    get size() {
      return references.size;
    },
    resolveId(reference) {
      const row = references.find(reference) ?? references.find(keyOf(reference)?.text ?? '');
      return row === undefined ? undefined : idAt(row);
    },
    resolveReference(id, type) {
      const row = rowOf(id, type) ?? rowOf(id, '');
      return row === undefined ? undefined : references.at(row);
    },
  };
}
