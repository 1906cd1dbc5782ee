// HL7's own R4 4.0.1 files, out of the two packages that hold them as they were published.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLES = join('node_modules', 'hl7.fhir.r4.examples');
const EXPANSIONS = join('node_modules', 'hl7.fhir.r4.expansions');
const PROFILE_BASE = 'http://hl7.org/fhir/StructureDefinition/';

export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
}

interface Extension {
  readonly url: string;
  readonly valueString?: string;
  readonly valueUrl?: string;
  readonly valueCanonical?: string;
}

export interface Binding {
  readonly strength: string;
  readonly valueSet?: string;
  readonly extension?: readonly Extension[];
}

export interface ElementDefinition {
  readonly id?: string;
  readonly path: string;
  readonly min: number;
  readonly max: string;
  readonly representation?: readonly string[];
  readonly base?: { readonly path: string };
  readonly contentReference?: string;
  readonly constraint?: readonly Constraint[];
  readonly maxLength?: number;
  readonly isModifier?: boolean;
  readonly fixedUri?: string;
  readonly binding?: Binding;
  readonly type?: readonly {
    readonly code: string;
    readonly profile?: readonly string[];
    readonly targetProfile?: readonly string[];
    readonly extension?: readonly Extension[];
  }[];
}

export interface StructureDefinition {
  readonly name: string;
  readonly kind: 'primitive-type' | 'complex-type' | 'resource';
  readonly abstract: boolean;
  readonly baseDefinition?: string;
  readonly elements: readonly ElementDefinition[];
}

/** Profiles that R4's own definitions name as the type of an element; they count as types. */
const PROFILES_AS_TYPES = ['SimpleQuantity'];

const read = (folder: string, file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const files = (folder: string, type: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${type}-`) && file.endsWith('.json'))
    .sort();

/** The definitions of all types of R4, by name: primitives, datatypes, resources (https://hl7.org/fhir/R4/structuredefinition.html). */
export function structureDefinitions(): StructureDefinition[] {
  return files(EXAMPLES, 'StructureDefinition')
    .map((file) => read(EXAMPLES, file))
    .filter(
      ({ id, kind, derivation }) =>
        kind !== 'logical' && (derivation !== 'constraint' || PROFILES_AS_TYPES.includes(id)),
    )
    .map(({ id, kind, abstract, baseDefinition, snapshot }) => ({
      name: id,
      kind,
      abstract,
      baseDefinition: baseDefinition?.slice(PROFILE_BASE.length),
      elements: snapshot.element,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The name of a type out of its canonical address. */
export const typeName = (canonical: string): string => canonical.slice(canonical.lastIndexOf('/') + 1);

interface Contains {
  readonly system?: string;
  readonly code?: string;
  readonly abstract?: boolean;
  readonly contains?: readonly Contains[];
}

/** An expansion of HL7's; `closed` where it has all the codes. */
export interface Expansion {
  readonly url: string;
  readonly closed: boolean;
  readonly contains: readonly Contains[];
}

/** HL7's expansions of value sets, by address (https://hl7.org/fhir/R4/valueset.html#expansion). */
export function expansions(): ReadonlyMap<string, Expansion> {
  const found = new Map<string, Expansion>();
  for (const file of files(EXPANSIONS, 'ValueSet')) {
    const { url, expansion } = read(EXPANSIONS, file);
    if (expansion === undefined) continue;
    const isOpen = (expansion.extension ?? []).some(({ url: name }: Extension) => /toocostly|unclosed/.test(name));
    found.set(url, { url, closed: !isOpen, contains: expansion.contains ?? [] });
  }
  return found;
}

interface Include {
  readonly system?: string;
  readonly valueSet?: readonly string[];
  readonly concept?: readonly { readonly code: string }[];
  readonly filter?: readonly unknown[];
}

/** The parts that a value set is put together from, where HL7 has no full expansion. */
export function valueSetCompositions(): ReadonlyMap<string, readonly Include[]> {
  const found = new Map<string, readonly Include[]>();
  for (const file of files(EXAMPLES, 'ValueSet')) {
    const { url, compose } = read(EXAMPLES, file);
    if (compose !== undefined) found.set(url, compose.include);
  }
  return found;
}

/** The addresses of the value sets that leave out some of what they are put together from. */
export function excludingValueSets(): ReadonlySet<string> {
  return new Set(
    files(EXAMPLES, 'ValueSet').flatMap((file): string[] => {
      const { url, compose } = read(EXAMPLES, file);
      return compose?.exclude === undefined ? [] : [url];
    }),
  );
}

/** The names of the value sets, by address. */
export function valueSetNames(): ReadonlyMap<string, string> {
  return new Map(
    files(EXAMPLES, 'ValueSet').map((file): [string, string] => {
      const { url, name } = read(EXAMPLES, file);
      return [url, name];
    }),
  );
}

/** A code of a code system (https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.concept). */
export interface Concept {
  readonly code: string;
  readonly display?: string;
  readonly designation?: readonly { readonly value: string }[];
}

/** A code system that is complete in HL7's package. */
export interface CodeSystem {
  readonly version?: string;
  readonly caseSensitive?: boolean;
  readonly concepts: readonly Concept[];
}

/** The code systems that are complete in HL7's package, by address. */
export function codeSystems(): ReadonlyMap<string, CodeSystem> {
  const found = new Map<string, CodeSystem>();
  for (const file of files(EXAMPLES, 'CodeSystem')) {
    const { url, content, version, caseSensitive, concept } = read(EXAMPLES, file);
    if (content === 'complete' && concept !== undefined) {
      found.set(url, { version, caseSensitive, concepts: flat(concept) });
    }
  }
  return found;
}

interface Nested extends Concept {
  readonly concept?: readonly Nested[];
}

const flat = (concepts: readonly Nested[]): Concept[] => concepts.flatMap((one) => [one, ...flat(one.concept ?? [])]);

/** A definition of an extension (https://hl7.org/fhir/R4/defining-extensions.html). */
export interface ExtensionDefinition {
  readonly url: string;
  /** Paths of the elements, or types, that it may stand on. */
  readonly context: readonly string[];
  /** What else holds there, in FHIRPath. */
  readonly contextInvariant: readonly string[];
  readonly elements: readonly ElementDefinition[];
}

/** HL7's own definitions of extensions in R4, by address. */
export function extensionDefinitions(): ExtensionDefinition[] {
  return files(EXAMPLES, 'StructureDefinition')
    .map((file) => read(EXAMPLES, file))
    .filter(({ type, derivation }) => type === 'Extension' && derivation === 'constraint')
    .map(({ url, context, contextInvariant = [], snapshot }) => ({
      url,
      contextInvariant,
      context: context.map(({ expression }: { readonly expression: string }) => expression),
      elements: snapshot.element,
    }))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}
