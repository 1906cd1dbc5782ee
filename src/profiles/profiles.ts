import { structureOf } from '../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { chainOf, elementsOf } from './chain.js';
import { rulesOf } from './definition.js';
import type { Definitions } from './definitions.js';
import { elementOfR4, shortcutOfR4, typeOfR4 } from './ofR4.js';
import { add, narrow, type Overlay, overlay } from './overlay.js';
import { type Codes, codesOf, codeTests } from './valueSets.js';

/** Where an extension may stand (https://hl7.org/fhir/R4/defining-extensions.html#context). */
export interface Contexts {
  /** Paths of elements and types. */
  readonly elements: readonly string[];
  /** Addresses of extensions that it may be a part of. */
  readonly extensions: readonly string[];
  /** True where an expression says it. */
  readonly hasExpression: boolean;
  /** Expressions that hold of what it stands on (https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.contextInvariant). */
  readonly invariants: readonly string[];
}

/** A profile, ready to be held against resources or elements of its type. */
export interface Profile {
  /** Its canonical, without a version. */
  readonly url: string;
  /** The same with its version, where it has one. */
  readonly canonical: string;
  /** Its title or name. */
  readonly title: string;
  /** The type of R4 that it is of. */
  readonly type: string;
  readonly overlay: Overlay;
  /** Where an extension may stand; undefined for what is none. */
  readonly contexts: Contexts | undefined;
  /** True for an extension that changes what it stands in. */
  readonly isModifier: boolean;
  /** The canonicals of the profiles that it is made of, with versions where they say one: who fits it fits them. */
  readonly bases: ReadonlySet<string>;
  /** What of it could not be used, and so is not checked. */
  readonly faults: readonly GuideFault[];
}

/** Something in a guide that could not be used, and so was not checked. */
export interface GuideFault {
  /** The canonical of the definition. */
  readonly url: string;
  /** The id of the element in it. */
  readonly element?: string;
  readonly says: string;
}

/** What implementation guides define, made ready when it is first asked for. */
export interface Profiles {
  /**
   * The profile with a canonical, which may end in a version (`|1.0.0`); where that is not there one of another version, which is a
   * fault of the guide. Undefined where no package has it, or it cannot be used.
   */
  profile(canonical: string): Profile | undefined;
  /** Why there is no profile with a canonical that the guide knows; undefined for one that it does not know. */
  refusal(canonical: string): string | undefined;
  /** The codes of a value set; undefined where no package has it. */
  codes(canonical: string): Codes | undefined;
  /** Whether a code system has a code; undefined where no package has it, or not all of it. */
  hasCode(system: string, code: string): boolean | undefined;
  /** What could not be used of what was asked for until now. */
  faults(): readonly GuideFault[];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** More canonicals than guides ask for together. */
const MOST_KEPT = 100_000;

const OTHER_VERSION = 'Another version of it is asked for; the one that is there is taken.';

/** The profiles and value sets that definitions make. Nothing is compiled before it is used, and what is wrong with one is added to `faults`. */
export function profilesOf(definitions: Definitions, faults: GuideFault[] = []): Profiles {
  const made = new Map<JsonObject, Profile | undefined>();
  const profiles = new Map<string, Profile | undefined>();
  const codes = new Map<string, Codes | undefined>();
  const find = (canonical: string): Profile | undefined => {
    const [url = ''] = canonical.split('|');
    const exact = definitions.find('StructureDefinition', canonical);
    const definition = exact ?? definitions.find('StructureDefinition', url);
    if (definition === undefined) return ofR4(canonical);
    if (!made.has(definition)) made.set(definition, compile(definition, definitions, faults));
    // The version may be one that a record claims: it is not named.
    if (exact === undefined && !faults.some((fault) => fault.url === url && fault.says === OTHER_VERSION))
      faults.push({ url, says: OTHER_VERSION });
    return made.get(definition);
  };
  const codesNamed = (canonical: string): Codes | undefined => {
    if (!codes.has(canonical)) {
      // What is made of itself finds nothing there.
      codes.set(canonical, undefined);
      const found = codesOf(canonical, { definitions, other: codesNamed });
      codes.set(canonical, found);
      for (const other of found?.others ?? []) {
        const [url = '', asked] = other.split('|');
        const fault = { url, says: otherVersion(asked) };
        if (!faults.some(({ url, says }) => url === fault.url && says === fault.says)) faults.push(fault);
      }
    }
    return codes.get(canonical);
  };
  return {
    profile(canonical) {
      const before = profiles.get(canonical);
      if (before !== undefined || profiles.has(canonical)) return before;
      const found = find(canonical);
      // Records claim what they like: they are not kept without end.
      if (profiles.size < MOST_KEPT) profiles.set(canonical, found);
      return found;
    },
    refusal(canonical) {
      const [url = ''] = canonical.split('|');
      return faults.find((fault) => fault.url === url)?.says;
    },
    hasCode: codeTests(definitions),
    codes: codesNamed,
    faults: () => faults,
  };
}

const otherVersion = (asked: string | undefined): string =>
  `Version ${asked} is asked for; the one that is there is taken.`;

/** One of R4's own types as a profile: it asks for nothing beyond R4. */
function ofR4(canonical: string): Profile | undefined {
  const type = typeOfR4(canonical);
  if (type === undefined) return undefined;
  const [url = ''] = canonical.split('|');
  return {
    url,
    canonical: url,
    title: type,
    type,
    overlay: overlay(type, type),
    contexts: undefined,
    isModifier: false,
    bases: new Set(),
    faults: [],
  };
}

type Fault = (says: string, element?: string) => void;

function compile(definition: JsonObject, definitions: Definitions, all: GuideFault[]): Profile | undefined {
  const url = text(own(definition, 'url')) ?? '';
  const faults: GuideFault[] = [];
  const fault: Fault = (says, element) => {
    const one = { url, says, ...(element === undefined ? {} : { element }) };
    faults.push(one);
    all.push(one);
  };
  const type = text(own(definition, 'type'));
  const refusal = refusalOf(definition, type);
  if (type === undefined || refusal !== undefined) {
    fault(refusal ?? '');
    return undefined;
  }
  const version = text(own(definition, 'fhirVersion'));
  if (version !== undefined && !version.startsWith('4.0'))
    fault(`It is of FHIR ${version.slice(0, 5)}, and held to R4.`);
  const root = overlay(type, type);
  const chain = chainOf(definition, definitions, fault);
  if (!chain.some((one) => isObject(own(one, 'differential')) || isObject(own(one, 'snapshot'))))
    fault('It has no elements: nothing of it is checked.');
  for (const one of chain) lay(root, one, type, fault);
  return {
    url,
    canonical: canonicalOf(definition),
    title: text(own(definition, 'title')) ?? text(own(definition, 'name')) ?? url,
    type,
    overlay: root,
    contexts: type === 'Extension' ? contextsOf(definition) : undefined,
    isModifier: chain.some((one) =>
      elementsOf(one, 'differential').concat(elementsOf(one, 'snapshot')).some(isModifier),
    ),
    bases: new Set(chain.slice(0, -1).map(canonicalOf)),
    faults,
  };
}

/** The canonical of a definition with its version. */
function canonicalOf(definition: JsonObject): string {
  const version = text(own(definition, 'version'));
  return `${text(own(definition, 'url')) ?? ''}${version === undefined ? '' : `|${version}`}`;
}

const isModifier = (element: JsonObject): boolean =>
  own(element, 'path') === 'Extension' && own(element, 'isModifier') === true;

/** Why nothing can be held to a definition. */
function refusalOf(definition: JsonObject, type: string | undefined): string | undefined {
  if (own(definition, 'kind') === 'logical') return 'It is a logical model, and no profile of a type of R4.';
  if (type === undefined || structureOf(type) === undefined) return 'It is of no type that R4 has.';
  return own(definition, 'abstract') === true
    ? 'It is abstract: what is made of it is checked, and nothing else.'
    : undefined;
}

/** Lays what a definition says over what those before it do. Without a differential its snapshot says it. */
function lay(root: Overlay, definition: JsonObject, type: string, fault: Fault): void {
  const differential = elementsOf(definition, 'differential');
  const isSnapshot = differential.length === 0;
  const elements = isSnapshot ? elementsOf(definition, 'snapshot') : differential;
  const ids = new Map<string, string>();
  const shortcuts = new Map<string, string[]>();
  for (const element of elements) {
    const path = text(own(element, 'path'));
    const id = text(own(element, 'id')) ?? (path === undefined ? undefined : idOf(path, element, ids));
    if (path === undefined || id === undefined || id.length > 1000) {
      fault('An element has no path.', id?.slice(0, 100));
      continue;
    }
    ids.set(path, id);
    const shortcut = isSnapshot ? undefined : shortcutOfR4(type, path);
    if (shortcut !== undefined) {
      const choice = `${id.slice(0, id.lastIndexOf('.'))}.${shortcut[0]}`;
      shortcuts.set(choice, [...(shortcuts.get(choice) ?? []), shortcut[1]]);
    }
    const known = elementOfR4(type, id);
    if (known === 'unknown') {
      fault('R4 has no such element.', id);
      continue;
    }
    const rules = rulesOf(element, id, known === 'root' ? undefined : known, isSnapshot);
    if (rules.min !== undefined && rules.max !== undefined && rules.min > rules.max)
      fault('It is wanted more often than it is allowed.', id);
    add(root, rules);
  }
  for (const [id, types] of shortcuts) narrow(root, id, types);
}

/** The id of an element that has none: that of what it stands in, its name and that of its slice. */
function idOf(path: string, element: JsonObject, ids: ReadonlyMap<string, string>): string {
  const dot = path.lastIndexOf('.');
  const above = ids.get(path.slice(0, Math.max(dot, 0))) ?? path.slice(0, Math.max(dot, 0));
  const slice = text(own(element, 'sliceName'));
  return `${above === '' ? '' : `${above}.`}${path.slice(dot + 1)}${slice === undefined ? '' : `:${slice}`}`;
}

function contextsOf(definition: JsonObject): Contexts {
  const all = own(definition, 'context');
  const invariants = own(definition, 'contextInvariant');
  const contexts = (Array.isArray(all) ? all : []).filter(isObject);
  const of = (type: string): string[] =>
    contexts.flatMap((context) => (own(context, 'type') === type ? (text(own(context, 'expression')) ?? []) : []));
  const expressions = of('fhirpath');
  const paths = expressions.filter((one) => PATH.test(one));
  return {
    elements: [...of('element'), ...paths].map((path) => path.replace(/\[x\]|\.ofType\([A-Za-z]+\)/g, '')),
    extensions: of('extension'),
    hasExpression: paths.length < expressions.length,
    invariants: (Array.isArray(invariants) ? invariants : []).flatMap((one) => text(one) ?? []),
  };
}

/** An expression that is a path: `MedicationRequest.medication.ofType(CodeableConcept).coding`. */
const PATH = /^[A-Z][A-Za-z]*(?:\.(?:[a-z][A-Za-z]*|ofType\([A-Za-z]+\)))*$/;
