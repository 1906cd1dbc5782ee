import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../src/lens/json.js';

interface ElementDefinition {
  readonly path: string;
  readonly min: number;
  readonly max: string;
  readonly type?: readonly {
    readonly code: string;
    readonly extension?: readonly { url: string; valueString?: string }[];
  }[];
  readonly contentReference?: string;
}

interface Definition {
  readonly kind: string;
  readonly children: ReadonlyMap<string, readonly ElementDefinition[]>;
  readonly pattern?: RegExp;
}

const definitions = new Map<string, Definition>();

/** HL7's own definition of a type (https://hl7.org/fhir/R4/structuredefinition.html). */
function definitionOf(type: string): Definition {
  const known = definitions.get(type);
  if (known !== undefined) return known;
  const file = join('node_modules', 'hl7.fhir.r4.examples', `StructureDefinition-${type}.json`);
  const { kind, snapshot } = JSON.parse(readFileSync(file, 'utf8'));
  const elements: readonly ElementDefinition[] = snapshot.element;
  const children = new Map<string, ElementDefinition[]>();
  for (const element of elements) {
    const parent = element.path.slice(0, element.path.lastIndexOf('.'));
    children.set(parent, [...(children.get(parent) ?? []), element]);
  }
  const value = elements.find((element) => element.path === `${type}.value`);
  const source = value?.type?.[0]?.extension?.find(({ url }) => url.endsWith('/regex'))?.valueString;
  const made: Definition = {
    kind,
    children,
    ...(source === undefined ? {} : { pattern: new RegExp(`^(?:${source})$`, 'u') }),
  };
  definitions.set(type, made);
  return made;
}

/**
 * What is structurally wrong with a resource by HL7's StructureDefinitions: unknown elements, cardinalities, JSON types and the
 * patterns of primitives. An independent oracle for tests; the library has a validator of its own kind.
 */
export function structuralErrors(resource: unknown): string[] {
  const errors: string[] = [];
  if (!isObject(resource) || typeof resource.resourceType !== 'string') return ['no resource'];
  const { resourceType } = resource;
  checkObject(resource, resourceType, resourceType, resourceType, errors);
  return errors;
}

const nameOf = (element: ElementDefinition): string => element.path.slice(element.path.lastIndexOf('.') + 1);

const isJsonName = (name: string, type: string): string =>
  `${name.slice(0, -3)}${type.charAt(0).toUpperCase()}${type.slice(1)}`;

/** The JSON property names of an element and the type that each says. */
function* propertiesOf(element: ElementDefinition): Generator<[name: string, type: string]> {
  const name = nameOf(element);
  for (const { code } of element.type ?? [{ code: '' }]) {
    yield name.endsWith('[x]') ? [isJsonName(name, code), code] : [name, code];
  }
}

function checkObject(value: JsonObject, type: string, path: string, where: string, errors: string[]): void {
  const elements = definitionOf(type).children.get(path) ?? [];
  const known = new Map<string, { element: ElementDefinition; type: string }>();
  for (const element of elements)
    for (const [name, code] of propertiesOf(element)) known.set(name, { element, type: code });
  if (Object.keys(value).length === 0) errors.push(`${where}: empty`);
  for (const [key, item] of Object.entries(value)) {
    if (key === 'resourceType') continue;
    const found = known.get(key.replace(/^_/, ''));
    if (found === undefined) errors.push(`${where}: unknown ${key}`);
    else if (key.startsWith('_')) checkSibling(item, `${where}.${key}`, errors);
    else checkElement(item, found.element, found.type, type, `${where}.${key}`, errors);
  }
  for (const element of elements) {
    const names = [...propertiesOf(element)].map(([name]) => name);
    const present = names.filter((name) => value[name] !== undefined || value[`_${name}`] !== undefined);
    if (element.min > 0 && present.length === 0) errors.push(`${where}: ${nameOf(element)} is missing`);
    if (present.length > 1) errors.push(`${where}: several of ${nameOf(element)}`);
  }
}

/** What stands beside a primitive: an id, extensions, or a list of these. */
function checkSibling(value: unknown, where: string, errors: string[]): void {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) if (item !== null && isObject(item)) checkObject(item, 'Element', 'Element', where, errors);
}

function checkElement(
  value: unknown,
  element: ElementDefinition,
  code: string,
  owner: string,
  where: string,
  errors: string[],
): void {
  const many = element.max !== '1';
  if (many !== Array.isArray(value)) errors.push(`${where}: ${many ? 'no list' : 'a list'}`);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length === 0) errors.push(`${where}: an empty list`);
  for (const item of items) {
    if (item === null && Array.isArray(value)) continue;
    const path = element.contentReference?.slice(1) ?? element.path;
    if (definitionOf(owner).children.has(path)) checkNested(item, owner, path, where, errors);
    else if (code === 'Resource') errors.push(...structuralErrors(item).map((error) => `${where}: ${error}`));
    else checkValue(item, code, where, errors);
  }
}

function checkNested(item: unknown, owner: string, path: string, where: string, errors: string[]): void {
  if (isObject(item)) checkObject(item, owner, path, where, errors);
  else errors.push(`${where}: no object`);
}

function checkValue(value: unknown, code: string, where: string, errors: string[]): void {
  // Ids and the like have a FHIRPath type; they are strings.
  const type = code.startsWith('http://hl7.org/fhirpath/') ? 'string' : code;
  const { kind, pattern } = definitionOf(type);
  if (kind !== 'primitive-type') {
    checkNested(value, type, type, where, errors);
    return;
  }
  const isNumber = ['integer', 'positiveInt', 'unsignedInt', 'decimal'].includes(type);
  const expected = type === 'boolean' ? 'boolean' : isNumber ? 'number' : 'string';
  const isWrong =
    typeof value !== expected || value === '' || (pattern !== undefined && !matches(pattern, String(value), type));
  if (isWrong) errors.push(`${where}: no ${type}`);
}

/** XML Schema's white space is four characters; JavaScript's is more, which matters to texts alone. */
function matches(pattern: RegExp, value: string, type: string): boolean {
  return type === 'string' || type === 'markdown' || type === 'xhtml' || pattern.test(value);
}
