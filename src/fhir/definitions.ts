import { invariants } from './generated/invariants.js';
import { primitives } from './generated/primitives.js';
import { propertyNames } from './generated/propertyNames.js';
import { types } from './generated/types.js';
import { valueSets } from './generated/valueSets.js';

/**
 * The syntax tree of a FHIRPath expression: a name is a member of what is in focus (`$this` and `%resource` among them), a list
 * is an operator, a function (`exists()`), a step (`.`) or a text (`s`) with its operands.
 */
export type Tree = string | number | boolean | readonly Tree[];

/** A rule of R4 on an element (https://hl7.org/fhir/R4/conformance-rules.html#constraints). */
export interface Invariant {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** HL7's own words. */
  readonly human: string;
  /** What is evaluated: R4's expression, or the one that stands for a faulty one. */
  readonly expression: string;
  /** True where `expression` is not R4's own. */
  readonly repaired: boolean;
  /** Undefined where FHIRPath cannot say it, and code checks it. */
  readonly tree?: Tree;
}

/** The codes that an element takes (https://hl7.org/fhir/R4/terminologies.html#binding). */
export interface Binding {
  readonly strength: 'required' | 'extensible';
  readonly valueSet: string;
  /** The value set's name for programs, `AdministrativeGender`. */
  readonly name: string;
  /** The codes by system; undefined for a system whose codes nobody can list. None at all where nothing is known of the set. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string> | undefined>;
}

/** An element of a type (https://hl7.org/fhir/R4/elementdefinition.html). */
export interface ElementDefinition {
  /** Its name, without the `[x]` of a choice. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
  /** True for the few that are attributes in XML, and have no extensions. */
  readonly isAttribute: boolean;
  readonly isChoice: boolean;
  /** The types that its value may have. */
  readonly types: readonly string[];
  readonly binding?: Binding;
  /** The types that a Reference may point at; undefined where any will do. */
  readonly targets?: readonly string[];
  /** The rules on this element, besides those of its type. */
  readonly invariants: readonly Invariant[];
  /** The elements below, where they are defined in place and not by the type. */
  readonly content?: () => StructureDefinition;
}

/** A JSON property: the element that it holds, and the type that its name says. */
export interface PropertyDefinition {
  readonly element: ElementDefinition;
  readonly type: string;
}

/** A type, or an element that is defined in place (https://hl7.org/fhir/R4/structuredefinition.html). */
export interface StructureDefinition {
  /** `Patient`, `Period`, `Patient.contact`. */
  readonly path: string;
  readonly kind: 'resource' | 'datatype';
  readonly elements: ReadonlyMap<string, ElementDefinition>;
  /** By the name in JSON, `valueQuantity`; without `resourceType` and without the names with `_`. */
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
  readonly invariants: readonly Invariant[];
}

/** A primitive type (https://hl7.org/fhir/R4/datatypes.html#primitive). */
export interface PrimitiveDefinition {
  readonly json: 'string' | 'number' | 'boolean';
  /** R4's own pattern of the value, for the whole of it. */
  readonly pattern?: string;
}

/**
 * An element's row in the generated tables: the place of its name in theirs; its types (`?` for all that an extension may have) behind
 * marks (`!` required, `*` list, `@` attribute, `0` forbidden by an invariant, which says so); and what few have: binding, targets,
 * invariants, elements, and the path of the element whose definition it shares.
 */
type Row = readonly [
  name: number,
  types: string,
  more?: {
    readonly b?: number;
    readonly t?: string;
    readonly i?: readonly number[];
    readonly e?: readonly Row[];
    readonly r?: string;
  },
];

interface TypeTable {
  readonly kind: 'resource' | 'datatype';
  readonly base?: string;
  readonly i?: readonly number[];
  readonly e: readonly Row[];
}

/** True for a type whose value is a JSON string, number or boolean. */
export function isPrimitiveType(name: string): boolean {
  return Object.hasOwn(primitives, name);
}

/** What R4 says of a primitive type; undefined for any other. */
export function primitiveOf(name: string): PrimitiveDefinition | undefined {
  return Object.hasOwn(primitives, name) ? primitives[name] : undefined;
}

const known = new Map<string, StructureDefinition>();

/** R4's definition of a resource type or datatype, made on first use; undefined for a name that is none. */
export function structureOf(name: string): StructureDefinition | undefined {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (!Object.hasOwn(types, name)) return undefined;
  const made = makeType(name);
  known.set(name, made);
  return made;
}

/** The structure of a type that R4's own tables name. */
export function typeNamed(name: string): StructureDefinition {
  const structure = structureOf(name);
  if (structure === undefined) throw new Error(`the tables of R4 have no type ${name}`);
  return structure;
}

function tableOf(name: string): TypeTable {
  return JSON.parse(types[name] ?? '');
}

/** What is defined in place, for the elements that share it: the rules as soon as they are known, the elements once they are made. */
interface Places {
  readonly rules: Map<string, readonly Invariant[]>;
  readonly structures: Map<string, StructureDefinition>;
}

function makeType(name: string): StructureDefinition {
  const { kind, base, i, e } = tableOf(name);
  const above = base === undefined ? undefined : structureOf(base);
  const places: Places = { rules: new Map(), structures: new Map() };
  return makeStructure(
    name,
    kind,
    [...(above?.elements.values() ?? []), ...e.map((row) => makeElement(row, name, places))],
    [...(above?.invariants ?? []), ...invariantsAt(i)],
  );
}

function makeStructure(
  path: string,
  kind: StructureDefinition['kind'],
  elements: readonly ElementDefinition[],
  invariants: readonly Invariant[],
): StructureDefinition {
  const properties = new Map<string, PropertyDefinition>();
  for (const element of elements) {
    for (const type of element.types) {
      properties.set(element.isChoice ? jsonName(element.name, type) : element.name, { element, type });
    }
  }
  return { path, kind, elements: new Map(elements.map((element) => [element.name, element])), properties, invariants };
}

const CHOICE = '[x]';
const MARKED = /^([!*@0]*)(.*)$/;

function makeElement([index, marked, more = {}]: Row, parent: string, places: Places): ElementDefinition {
  const named = propertyNames[index] ?? '';
  const isChoice = named.endsWith(CHOICE);
  const name = isChoice ? named.slice(0, -CHOICE.length) : named;
  const [, marks = '', typeNames = ''] = MARKED.exec(marked) ?? [];
  const path = `${parent}.${name}`;
  const { r: shared = path } = more;
  const invariants = invariantsAt(more.i);
  places.rules.set(path, invariants);
  if (more.e !== undefined) {
    const [base = ''] = typeNames.split('|');
    const inherited = structureOf(base)?.elements.values() ?? [];
    const own = more.e.map((row) => makeElement(row, path, places));
    places.structures.set(path, makeStructure(path, 'datatype', [...inherited, ...own], []));
  }
  const isInPlace = more.e !== undefined || more.r !== undefined;
  return {
    name,
    isRequired: marks.includes('!'),
    isList: marks.includes('*'),
    isAttribute: marks.includes('@'),
    isChoice,
    types: typeNames === '?' ? openTypes() : typeNames === '' ? ['BackboneElement'] : typeNames.split('|'),
    ...(more.b === undefined ? {} : { binding: bindingAt(more.b) }),
    ...(more.t === undefined ? {} : { targets: more.t.split('|') }),
    invariants: [...invariants, ...(more.r === undefined ? [] : (places.rules.get(more.r) ?? []))],
    ...(isInPlace ? { content: () => placeOf(shared, places) } : {}),
  };
}

function placeOf(path: string, places: Places): StructureDefinition {
  const found = places.structures.get(path);
  if (found === undefined) throw new Error(`the tables of R4 have no ${path}`);
  return found;
}

/** `value` and `Quantity` as `valueQuantity`; a profile that counts as a type is named as the type. */
function jsonName(name: string, type: string): string {
  const suffix = type === 'SimpleQuantity' ? 'Quantity' : type;
  return `${name}${suffix.charAt(0).toUpperCase()}${suffix.slice(1)}`;
}

const madeInvariants = new Map<number, Invariant>();

const invariantsAt = (indexes: readonly number[] = []): readonly Invariant[] => indexes.map(invariantAt);

function invariantAt(index: number): Invariant {
  const before = madeInvariants.get(index);
  if (before !== undefined) return before;
  const [key, severity, human, expression, tree, repaired] = JSON.parse(invariants[index] ?? '');
  const made: Invariant = {
    key,
    severity: severity === 'e' ? 'error' : 'warning',
    human,
    expression,
    repaired: repaired === 1,
    ...(tree === 0 ? {} : { tree }),
  };
  madeInvariants.set(index, made);
  return made;
}

const madeBindings = new Map<number, Binding>();

/** A binding of the generated tables: twice the row of its value set, and one more where it is extensible. */
export function bindingAt(index: number): Binding {
  const before = madeBindings.get(index);
  if (before !== undefined) return before;
  const [valueSet, codes, name]: [string, Record<string, string | null>, string] = JSON.parse(
    valueSets[index >> 1] ?? '',
  );
  const made: Binding = {
    strength: index % 2 === 0 ? 'required' : 'extensible',
    valueSet,
    name,
    codes: new Map(
      Object.entries(codes).map(([system, all]) => [system, all === null ? undefined : new Set(all.split('|'))]),
    ),
  };
  madeBindings.set(index, made);
  return made;
}

let rowsByUrl: ReadonlyMap<string, number> | undefined;

/** A value set that R4 binds some element to so that it can be checked, by its canonical without a version. */
export function valueSetNamed(url: string): Pick<Binding, 'codes' | 'name'> | undefined {
  rowsByUrl ??= new Map(valueSets.map((row, index) => [/^\["([^"|]*)/.exec(row)?.[1] ?? '', index]));
  const row = rowsByUrl.get(url);
  return row === undefined ? undefined : bindingAt(2 * row);
}

/** The types that an extension may have as its value (https://hl7.org/fhir/R4/datatypes.html#open). */
export function openTypes(): readonly string[] {
  const value = propertyNames.indexOf('value[x]');
  return (
    tableOf('Extension')
      .e.find(([name]) => name === value)?.[1]
      .split('|') ?? []
  );
}
