import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../src/lens/json.js';
import type { lenses, Path } from '../../src/resources/registry.js';
import { ensure, fail } from './ensure.js';
import { type DeclaredField, type DeclaredInterface, fieldsOf, interfacesOf } from './interfaces.js';

type Lens = (typeof lenses)[Path];
type Declared = ReadonlyMap<string, DeclaredInterface>;

/** Types of payloads that stand for one of FHIR's, wherever that is used. */
const DATATYPES: Readonly<Record<string, string>> = {
  PayloadPeriod: 'Period',
  CodingInput: 'Coding',
  PayloadCoding: 'Coding',
  AttachmentInput: 'Attachment',
  PayloadAttachment: 'Attachment',
};

/** What is no interface in the type of a field. A mapped type (`Partial`) is none of these: editors show no docstrings for it. */
const NOT_NAMES = ['string', 'number', 'boolean'];

const LIMITED = /(?:(?:Each at most|At most|\d+ to) )?\d+ (?:characters|items|minutes)\b/g;

/** The interfaces of each payload's files, in `root` (`src`, with `.ts`, or `dist`, with `.d.ts`). */
export function payloadFiles(root: string, ending: string, path: string): Declared {
  const folder = join(root, 'resources');
  const inside = join(folder, path);
  const below = existsSync(inside) ? readdirSync(inside).map((file) => join(inside, file)) : [];
  const files = [join(folder, `${path}${ending}`), ...below.filter((file) => file.endsWith(ending))];
  return new Map(files.flatMap((file) => [...interfacesOf(readFileSync(file, 'utf8'))]));
}

/** The interfaces of the datatypes that payloads use. */
export function datatypeFiles(root: string, ending: string): Declared {
  const folder = join(root, 'fhir', 'datatypes');
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return new Map(
    files
      .flatMap((file) => [...interfacesOf(readFileSync(join(folder, file), 'utf8'))])
      .filter(([name]) => Object.hasOwn(DATATYPES, name)),
  );
}

/** A field of a payload type, and what the mapping table says of it. */
export interface Documented extends DeclaredField {
  /** The interface and the field. */
  readonly at: string;
  /** The elements that its docstring should name. */
  readonly elements: Set<string>;
  /** The limits that it should state, as it should state them. */
  readonly limits: Set<string>;
  /** The codes that its type should be the union of. */
  readonly codes: Set<string>;
}

/** Every field of the payload types of a lens, with the facts of its table; and the rows of the table that no field stands for. */
export function documentedFields(
  lens: Lens,
  declared: Declared,
  datatypes: Declared,
): { fields: readonly Documented[]; unseen: readonly string[]; interfaces: ReadonlySet<string> } {
  const fields = new Map<string, Documented>();
  const interfaces = new Set<string>();
  const unseen = new Set(lens.fields.map((row) => row.payload));
  for (const [name, { isExported }] of declared) {
    // What an item of a payload is, as the OpenAPI file takes it, has two words in front. Participants are the two keys of a payload that share one list.
    if (isExported && /^(?:[A-Z][a-z]+(?:Payload|Input)|Participants)$/.test(name)) visit(name, '', []);
  }
  return { fields: [...fields.values()], unseen: [...unseen], interfaces };

  function visit(name: string, prefix: string, within: readonly string[]): void {
    if (within.includes(name)) return;
    interfaces.add(name);
    const { bases, body } = declared.get(name) ?? datatypes.get(name) ?? fail(`${name} is no interface that was found`);
    for (const base of namesIn(bases)) visit(base, prefix, [...within, name]);
    for (const field of fieldsOf(body)) {
      const at = `${name}.${field.name}`;
      const known = fields.get(at) ?? { ...field, at, elements: new Set(), limits: new Set(), codes: new Set() };
      fields.set(at, known);
      note(known, `${prefix}${field.name}`, name);
      const below = `${prefix}${field.name}${field.type.endsWith('[]') ? '[]' : ''}.`;
      for (const inner of namesIn(field.type)) visit(inner, below, [...within, name]);
    }
  }

  function note({ name, elements, limits, codes }: Documented, payload: string, owner: string): void {
    if (payload === 'id') {
      elements.add(`${lens.resourceType}.id`).add(`${lens.resourceType}.identifier`);
      return;
    }
    const row = lens.fields.find((one) => one.payload === payload);
    if (row === undefined) return;
    unseen.delete(payload);
    const element = row.element.replaceAll('[]', '');
    const datatype = DATATYPES[owner];
    elements.add(
      datatype === undefined ? `${lens.resourceType}.${element}` : `${datatype}.${element.split('.').at(-1)}`,
    );
    const each = eachLimit(lens.schema.properties, payload);
    if (each !== undefined) limits.add(`Each at most ${each} characters`);
    const { limit } = row;
    if (limit === undefined) return;
    const [, least, most = '', unit] = /^(?:≤|(\d+)–)(\d+)(?: (characters|items))?$/.exec(limit) ?? [];
    if (most === '') for (const code of limit.split(', ')) codes.add(code);
    else limits.add(`${least === undefined ? 'At most' : `${least} to`} ${most} ${unit ?? unitOf(name)}`);
  }
}

/** The names of interfaces in a type. */
function namesIn(type: string): string[] {
  const words = type.replace(/'[^']*'/g, '').match(/[A-Za-z_]\w*/g) ?? [];
  return words.filter((word) => !NOT_NAMES.includes(word));
}

/** The unit of a number is in its name: `lengthMinutes`. */
function unitOf(name: string): string {
  const [unit] = /[A-Z][a-z]+$/.exec(name) ?? [];
  ensure(unit !== undefined, `${name} does not say its unit`);
  return unit.toLowerCase();
}

/** The limit of each text of a list, which a row does not state. */
function eachLimit(properties: unknown, payload: string): unknown {
  const schema = isObject(properties) ? properties[payload] : undefined;
  if (!isObject(schema)) return undefined;
  const forms: readonly unknown[] = Array.isArray(schema.anyOf) ? schema.anyOf : [schema];
  return forms.map((form) => (isObject(form) && isObject(form.items) ? form.items.maxLength : undefined)).find(Boolean);
}

/** What is wrong with the docstring of a field; undefined where nothing is. */
export function faultOf({ doc, type, elements, limits, codes, at }: Documented): string | undefined {
  const [, words = '', fhir = ''] = /^(.*?) ?FHIR: (.*)$/.exec(doc) ?? [];
  const named = [...fhir.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  const stated: readonly string[] = doc.match(LIMITED) ?? [];
  if (doc === '') return `${at} has no docstring`;
  if (elements.size === 0) return `${at} is in no row of the mapping table`;
  if (!isSame(named, elements)) return `${at} should name ${[...elements].join(', ')}`;
  if (!isSame(stated, limits)) return `${at} should state ${[...limits].join(', ') || 'no limit'}`;
  if (!/\w{2,}.*\.$/.test(words.replace(LIMITED, ''))) return `${at} should say what it is`;
  const union = [...type.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  return isSame(union, codes) ? undefined : `${at} should have the type ${[...codes].join(' | ') || 'of any text'}`;
}

function isSame(some: readonly string[], others: ReadonlySet<string>): boolean {
  return some.length === others.size && some.every((one) => others.has(one));
}
