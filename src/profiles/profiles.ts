import { structureOf } from '../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { rulesOf } from './definition.js';
import type { Definitions } from './definitions.js';
import { add, type Overlay, overlay } from './overlay.js';
import { type Codes, codesOf } from './valueSets.js';

/** A profile, ready to be held against resources or elements of its type. */
export interface Profile {
  /** Its canonical, without a version. */
  readonly url: string;
  /** Its title or name. */
  readonly title: string;
  /** The type of R4 that it is of. */
  readonly type: string;
  readonly overlay: Overlay;
  /** Where an extension may stand; undefined for what is none. */
  readonly contexts: readonly string[] | undefined;
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
  /** The profile with a canonical, which may end in a version (`|1.0.0`); undefined where no package has it, or it cannot be used. */
  profile(canonical: string): Profile | undefined;
  /** The codes of a value set; undefined where no package has it. */
  codes(canonical: string): Codes | undefined;
  /** What could not be used of what was asked for until now. */
  faults(): readonly GuideFault[];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const R4 = 'http://hl7.org/fhir/StructureDefinition/';

/** The profiles and value sets that definitions make. Nothing is compiled before it is used, and what is wrong with one is added to `faults`. */
export function profilesOf(definitions: Definitions, faults: GuideFault[] = []): Profiles {
  const profiles = new Map<string, Profile | undefined>();
  const codes = new Map<string, Codes | undefined>();
  return {
    profile(canonical) {
      if (!profiles.has(canonical)) profiles.set(canonical, compile(canonical, definitions, faults));
      return profiles.get(canonical);
    },
    codes(canonical) {
      if (!codes.has(canonical)) codes.set(canonical, codesOf(canonical, definitions));
      return codes.get(canonical);
    },
    faults: () => faults,
  };
}

function compile(canonical: string, definitions: Definitions, faults: GuideFault[]): Profile | undefined {
  const definition = definitions.find('StructureDefinition', canonical);
  if (definition === undefined) return undefined;
  const [url = ''] = canonical.split('|');
  const fault = (says: string, element?: string): void => {
    faults.push({ url, says, ...(element === undefined ? {} : { element }) });
  };
  const type = text(own(definition, 'type'));
  if (own(definition, 'kind') === 'logical') {
    fault('It is a logical model, and no profile of a type of R4.');
    return undefined;
  }
  if (type === undefined || structureOf(type) === undefined) {
    fault('It is of no type that R4 has.');
    return undefined;
  }
  const version = text(own(definition, 'fhirVersion'));
  if (version !== undefined && !version.startsWith('4.0'))
    fault(`It is of FHIR ${version.slice(0, 5)}, and held to R4.`);
  const root = overlay(type, type);
  for (const one of chainOf(definition, definitions, fault)) lay(root, one, fault);
  return { url, title: titleOf(definition, url), type, overlay: root, contexts: contextsOf(definition, type) };
}

const titleOf = (definition: JsonObject, url: string): string =>
  text(own(definition, 'title')) ?? text(own(definition, 'name')) ?? url;

/** The most profiles that may be made of each other. */
const LONGEST = 50;

/** A definition and those that it is made of, the first of them first, as far as the packages have them. */
function chainOf(definition: JsonObject, definitions: Definitions, fault: (says: string) => void): JsonObject[] {
  const chain = [definition];
  const seen = new Set([definition]);
  for (let at = definition; chain.length <= LONGEST; ) {
    const base = text(own(at, 'baseDefinition'));
    if (base === undefined) return chain;
    const [url = ''] = base.split('|');
    const found = definitions.find('StructureDefinition', base) ?? definitions.find('StructureDefinition', url);
    const isOfR4 = url.startsWith(R4) && structureOf(url.slice(R4.length)) !== undefined;
    if (found === undefined) {
      if (!isOfR4 && elementsOf(at, 'snapshot').length === 0)
        fault(`It is made of ${base}, which no package has; only what it says itself is checked.`);
      return chain;
    }
    if (isOfR4 && own(found, 'derivation') !== 'constraint') return chain;
    if (seen.has(found)) {
      fault('It is made of itself.');
      return chain;
    }
    seen.add(found);
    chain.unshift(found);
    at = found;
  }
  fault('It is made of too many others.');
  return chain;
}

function elementsOf(definition: JsonObject, form: 'differential' | 'snapshot'): JsonObject[] {
  const part = own(definition, form);
  const elements = isObject(part) ? own(part, 'element') : undefined;
  return Array.isArray(elements) ? elements.filter(isObject) : [];
}

/** Lays what a definition says over what those before it do. Without a differential its snapshot says it. */
function lay(root: Overlay, definition: JsonObject, fault: (says: string, element?: string) => void): void {
  const differential = elementsOf(definition, 'differential');
  const isSnapshot = differential.length === 0;
  const ids = new Map<string, string>();
  for (const element of isSnapshot ? elementsOf(definition, 'snapshot') : differential) {
    const path = text(own(element, 'path'));
    const id = text(own(element, 'id')) ?? (path === undefined ? undefined : idOf(path, element, ids));
    if (path === undefined || id === undefined || id.length > 1000) {
      fault('An element has no path.');
      continue;
    }
    ids.set(path, id);
    add(root, rulesOf(element, id, isSnapshot));
  }
}

/** The id of an element that has none: that of what it stands in, its name and that of its slice. */
function idOf(path: string, element: JsonObject, ids: ReadonlyMap<string, string>): string {
  const dot = path.lastIndexOf('.');
  const above = ids.get(path.slice(0, Math.max(dot, 0))) ?? path.slice(0, Math.max(dot, 0));
  const slice = text(own(element, 'sliceName'));
  return `${above === '' ? '' : `${above}.`}${path.slice(dot + 1)}${slice === undefined ? '' : `:${slice}`}`;
}

function contextsOf(definition: JsonObject, type: string): readonly string[] | undefined {
  if (type !== 'Extension') return undefined;
  const contexts = own(definition, 'context');
  if (!Array.isArray(contexts)) return [];
  return contexts
    .filter(isObject)
    .flatMap((context) => (own(context, 'type') === 'element' ? (text(own(context, 'expression')) ?? []) : []));
}
