import type { Tree } from '../../src/fhir/definitions.js';
import { codeSystemTexts } from './codeSystems.js';
import { coreProfiles } from './profiles.js';
import { CONTEXTS, NATIVE, REPAIRS } from './repairs.js';
import {
  type Binding,
  type Constraint,
  type ElementDefinition,
  type ExtensionDefinition,
  extensionDefinitions,
  type StructureDefinition,
  structureDefinitions,
  typeName,
} from './source.js';
import { countries, languages, units } from './standards.js';
import { tree } from './tree.js';
import { ValueSets } from './valueSets.js';

type More = { b?: number; t?: string; i?: number[]; e?: Row[]; r?: string };
type Row = [name: number, types: string, more?: More];

/** The tables of R4 that the library ships, as TypeScript modules by their path. */
export function r4Tables(): Record<string, string> {
  const definitions = structureDefinitions();
  const tables = new Tables(definitions);
  const types = definitions
    .filter(({ kind }) => kind !== 'primitive-type')
    .map((definition) => [definition.name, JSON.stringify(tables.type(definition))] as const);
  // After the types, so that what these have stays where it is.
  const onDemand = {
    codeSystems: codeSystemTexts(),
    extensions: tables.extensions(extensionDefinitions()),
    languages: languages(),
    countries: countries(),
    units: units(),
    profiles: coreProfiles(),
    moreValueSets: tables.valueSets.others(),
  };
  return {
    ...Object.fromEntries(
      Object.entries(onDemand).map(([name, table]) => [`src/fhir/generated/${name}.json`, lines(table)]),
    ),
    'src/fhir/generated/types.ts': module(
      'The elements of every type of R4, one JSON text a type; src/fhir/definitions.ts reads them.',
      'types: { readonly [name: string]: string }',
      `{\n${types.map(([name, text]) => `  ${name}: ${quote(text)},`).join('\n')}\n}`,
    ),
    'src/fhir/generated/propertyNames.ts': module(
      'The names of R4’s elements, to which the rows of types.ts point; and its types that are neither resources nor primitive.',
      'propertyNames: readonly string[]',
      `\n  ${quote(tables.names.join(' '))}.split(' ');\n\nexport const datatypes: ReadonlySet<string> = new Set(\n  ${quote(
        definitions.flatMap(datatype).join(' '),
      )}.split(' '),\n)`,
    ),
    'src/fhir/generated/resourceTypes.ts': module(
      'The resource types of R4 (https://hl7.org/fhir/R4/resourcelist.html).',
      'RESOURCE_TYPES: ReadonlySet<string>',
      `new Set(\n  ${quote(definitions.flatMap(resourceType).join(' '))}.split(' '),\n)`,
    ),
    'src/fhir/generated/primitives.ts': module(
      'The JSON type and the pattern of every primitive type of R4.',
      "primitives: { readonly [name: string]: { readonly json: 'string' | 'number' | 'boolean'; readonly pattern?: string } }",
      JSON.stringify(Object.fromEntries(definitions.flatMap(primitive)), null, 2),
    ),
    'src/fhir/generated/invariants.ts': module(
      'The invariants of R4, one JSON text each: key, severity, words, expression, syntax tree, and 1 where it is repaired.',
      'invariants: readonly string[]',
      `[\n${tables.invariants.map((row) => `  ${quote(JSON.stringify(row))},`).join('\n')}\n]`,
    ),
    'src/fhir/generated/valueSets.ts': module(
      'The value sets of R4’s required and extensible bindings, one JSON text each: its address, its codes by system, its name.',
      'valueSets: readonly string[]',
      `[\n${tables.valueSets.rows.map((row) => `  ${quote(JSON.stringify(row))},`).join('\n')}\n]`,
    ),
  };
}

/** A table that is loaded on demand: an object of texts, a line each. In ASCII, which is read and parsed in half the time. */
const lines = (table: Readonly<Record<string, string>>): string =>
  `{\n${Object.entries(table)
    .map(([name, text]) => `${ascii(name)}:${ascii(text)}`)
    .join(',\n')}\n}\n`;

const ascii = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const resourceType = ({ name, kind, abstract }: StructureDefinition): string[] =>
  kind === 'resource' && !abstract ? [name] : [];

const datatype = (definition: StructureDefinition): string[] =>
  definition.kind === 'primitive-type' || resourceType(definition).length > 0 ? [] : [definition.name];

const module = (says: string, head: string, value: string): string =>
  `// ${says}\n// Made by npm run generate from HL7's files of R4 4.0.1; do not edit.\nexport const ${head} = ${value};\n`;

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Properties that every resource or element has; they stand in the tables of these types alone. */
const INHERITED = /^(Resource|DomainResource|Element|BackboneElement)\./;
const BASES = new Set(['Resource', 'DomainResource', 'Element', 'BackboneElement']);

class Tables {
  /** The names of all elements, with the mark of a choice. */
  readonly names: readonly string[];
  readonly invariants: unknown[] = [];
  readonly valueSets = new ValueSets();
  readonly #invariantIndex = new Map<string, number>();
  readonly #openTypes: string;
  readonly #rootKeys: ReadonlyMap<string, ReadonlySet<string>>;

  readonly #bases: ReadonlyMap<string, string | undefined>;

  constructor(definitions: readonly StructureDefinition[]) {
    this.#rootKeys = new Map(
      definitions.map(({ name, elements }) => [name, new Set((elements[0]?.constraint ?? []).map(({ key }) => key))]),
    );
    this.#bases = new Map(definitions.map(({ name, baseDefinition }) => [name, baseDefinition]));
    const elements = definitions.flatMap((definition) =>
      definition.kind === 'primitive-type' ? [] : definition.elements,
    );
    this.names = [...new Set(elements.flatMap(({ path }) => path.split('.').slice(1)))].sort();
    const extension = definitions.find(({ name }) => name === 'Extension');
    const value = extension?.elements.find(({ path }) => path === 'Extension.value[x]');
    this.#openTypes = (value === undefined ? [] : typesOf(value)).join('|');
  }

  type({ name, kind, baseDefinition, elements }: StructureDefinition) {
    const [root, ...below] = elements;
    const base = this.#baseOf(baseDefinition);
    const inherited = base === undefined ? undefined : this.#rootKeys.get(base);
    const own = (root?.constraint ?? []).filter(({ key }) => inherited?.has(key) !== true);
    const rows = below.filter(({ base: from }) => isOwn(name, from?.path ?? ''));
    const i = this.#indexes(name, own);
    const rootPath = root?.path ?? name;
    return {
      kind: kind === 'resource' ? 'resource' : 'datatype',
      ...(base === undefined ? {} : { base }),
      ...(i.length === 0 ? {} : { i }),
      e: this.#rows(rootPath, rows),
    };
  }

  /** The nearest of the types that hold what every resource or element has. */
  #baseOf(name: string | undefined): string | undefined {
    return name === undefined || BASES.has(name) ? name : this.#baseOf(this.#bases.get(name));
  }

  #rows(parent: string, elements: readonly ElementDefinition[]): Row[] {
    const depth = parent.split('.').length + 1;
    return elements
      .filter(({ path }) => path.startsWith(`${parent}.`) && path.split('.').length === depth)
      .map((element) => this.#row(element, elements));
  }

  #row(element: ElementDefinition, all: readonly ElementDefinition[]): Row {
    const { path, min, max, representation, contentReference, binding, constraint = [] } = element;
    const name = path.slice(path.lastIndexOf('.') + 1);
    const flags = `${min > 0 ? '!' : ''}${max === '*' ? '*' : ''}${max === '0' ? '0' : ''}${representation?.includes('xmlAttr') ? '@' : ''}`;
    const types = typesOf(element);
    const text = types.join('|');
    const below = this.#rows(path, all);
    const targets = targetsOf(element);
    const i = this.#indexes(
      path,
      constraint.filter(({ key }) => !types.some((type) => this.#rootKeys.get(type)?.has(key))),
    );
    const b = this.#binding(binding, types);
    const more: More = {
      ...(b === undefined ? {} : { b }),
      ...(targets === '' ? {} : { t: targets }),
      ...(i.length === 0 ? {} : { i }),
      ...(below.length === 0 ? {} : { e: below }),
      ...(contentReference === undefined ? {} : { r: contentReference.slice(1) }),
    };
    const isOpen = text === this.#openTypes && path !== 'Extension.value[x]';
    const row: Row = [this.names.indexOf(name), flags + (isOpen ? '?' : text)];
    if (Object.keys(more).length > 0) row.push(more);
    return row;
  }

  /** HL7's definitions of extensions, one JSON text each. */
  extensions(definitions: readonly ExtensionDefinition[]): Record<string, string> {
    return Object.fromEntries(
      definitions.map(({ url, context, contextInvariant, elements }) => {
        const c = [...new Set([...context, ...(CONTEXTS[url] ?? [])])].join('|');
        const [i] = contextInvariant.filter((expression) => !expression.includes('%extension'));
        return [
          url,
          JSON.stringify({ c, ...(i === undefined ? {} : { i: tree(i) }), ...this.#extension('Extension', elements) }),
        ];
      }),
    );
  }

  #extension(id: string, all: readonly ElementDefinition[]): ExtensionTable {
    const find = (child: string) => all.find((element) => element.id === `${id}${child}`);
    const self = find('');
    const value = find('.value[x]');
    const parts = all.filter((element) => isPart(element.id ?? '', id));
    const types = value === undefined || value.max === '0' ? [] : typesOf(value);
    const text = types.join('|');
    const b = this.#binding(value?.binding, types);
    const t = value === undefined ? '' : targetsOf(value);
    return {
      ...(self?.isModifier ? { m: 1 } : {}),
      ...(self?.max === '*' ? { s: 1 } : {}),
      ...(self !== undefined && self.min > 0 ? { n: 1 } : {}),
      ...(text === '' ? {} : { v: text === this.#openTypes ? '*' : text }),
      ...(b === undefined ? {} : { b }),
      ...(t === '' ? {} : { t }),
      ...(parts.length === 0
        ? {}
        : {
            e: Object.fromEntries(
              parts.map(({ id: part = '' }) => [
                all.find((element) => element.id === `${part}.url`)?.fixedUri ?? '',
                this.#extension(part, all),
              ]),
            ),
          }),
    };
  }

  #binding(binding: Binding | undefined, types: readonly string[]): number | undefined {
    if (binding === undefined) return undefined;
    return types.every((type) => type === 'code')
      ? this.valueSets.largestOf(binding)
      : this.valueSets.bindingOf(binding);
  }

  #indexes(path: string, constraints: readonly Constraint[]): number[] {
    // ele-1 holds on all elements alike, and the walk checks it.
    return constraints.filter(({ key }) => key !== 'ele-1').map((constraint) => this.#indexOf(path, constraint));
  }

  #indexOf(path: string, { key, severity, human, expression }: Constraint): number {
    const repair = REPAIRS.find((one) => one.key === key || one.key === `${key}@${path}`);
    const evaluated = repair?.expression ?? expression;
    const identity = `${key} ${evaluated}`;
    const before = this.#invariantIndex.get(identity);
    if (before !== undefined) return before;
    const syntax: Tree | 0 = key in NATIVE ? 0 : tree(evaluated);
    const row: unknown[] = [key, severity === 'error' ? 'e' : 'w', human, evaluated, syntax];
    if (repair !== undefined) row.push(1);
    this.#invariantIndex.set(identity, this.invariants.length);
    return this.invariants.push(row) - 1;
  }
}

/** What a type adds to its base; the abstract types, too, list only what they add. */
function isOwn(name: string, from: string): boolean {
  return from.startsWith(`${name}.`) || !INHERITED.test(from);
}

/** FHIRPath's own types stand for the value of a primitive, for ids and for the address of an extension. */
const SYSTEM_TYPE = 'http://hl7.org/fhirpath/System.';

function typesOf({ path, type = [] }: ElementDefinition): string[] {
  return type.map(({ code, profile, extension }) => {
    if (path === 'Resource.id') return 'id';
    if (code.startsWith(SYSTEM_TYPE)) {
      const said = extension?.find(({ url }) => url.endsWith('structuredefinition-fhir-type'));
      return said?.valueUrl ?? said?.valueString ?? 'string';
    }
    const [only] = profile ?? [];
    return only === undefined ? code : typeName(only);
  });
}

/** What a definition says of the extension itself, or of one inside of it: src/fhir/extensions.ts reads it. */
interface ExtensionTable {
  /** Where it may stand. */
  readonly c?: string;
  /** What holds of what it stands on, in FHIRPath. */
  readonly i?: Tree;
  /** It changes the meaning of what it stands on. */
  readonly m?: 1;
  /** It repeats. */
  readonly s?: 1;
  /** It has to be there. */
  readonly n?: 1;
  /** The types of its value; none where it has extensions. */
  readonly v?: string;
  readonly b?: number;
  readonly t?: string;
  readonly e?: Readonly<Record<string, ExtensionTable>>;
}

/** True for the id of an extension that a definition puts into another one. */
const isPart = (id: string, parent: string): boolean =>
  id.startsWith(`${parent}.extension:`) && !id.slice(parent.length + 1).includes('.');

function targetsOf({ type = [] }: ElementDefinition): string {
  const targets = type
    .filter(({ code }) => code === 'Reference')
    .flatMap(({ targetProfile }) => targetProfile ?? [])
    .map(typeName);
  return targets.includes('Resource') ? '' : targets.join('|');
}

const JSON_TYPES: { readonly [name: string]: 'number' | 'boolean' } = {
  boolean: 'boolean',
  decimal: 'number',
  integer: 'number',
  positiveInt: 'number',
  unsignedInt: 'number',
};

function primitive({ name, kind, elements }: StructureDefinition): [string, { json: string; pattern?: string }][] {
  if (kind !== 'primitive-type') return [];
  const value = elements.find(({ path }) => path === `${name}.value`);
  const pattern = value?.type?.[0]?.extension?.find(({ url }) => url.endsWith('/regex'))?.valueString;
  return [[name, { json: JSON_TYPES[name] ?? 'string', ...(pattern === undefined ? {} : { pattern }) }]];
}
