import { type Binding, bindingAt, openTypes, type Tree } from './definitions.js';
import { NOT_LOADED } from './terminology/codeSystemNamed.js';
import { textNamed } from './terminology/provided.js';

/** What R4's definition of an extension says, or of one inside of it (https://hl7.org/fhir/R4/defining-extensions.html). */
export interface ExtensionDefinition {
  /** Paths of elements, or types, that it may stand on; none for one inside of another. */
  readonly contexts: ReadonlySet<string>;
  /** What holds of the element that it stands on. */
  readonly condition?: Tree;
  /** True where it changes the meaning of what it stands on, so that it stands in `modifierExtension`. */
  readonly isModifier: boolean;
  readonly isRequired: boolean;
  /** True where the same element may have several. */
  readonly isList: boolean;
  /** The types that its value may have; none where it has extensions in the place of a value. */
  readonly types: readonly string[];
  readonly binding?: Binding;
  /** The types that a Reference may point at; undefined where any will do. */
  readonly targets?: readonly string[];
  /** The extensions that it is made of, by the addresses that they have inside of it. */
  readonly parts: ReadonlyMap<string, ExtensionDefinition>;
}

/** A definition in the generated table: scripts/r4/tables.ts says what the letters mean. */
interface Row {
  readonly c?: string;
  readonly i?: Tree;
  readonly m?: 1;
  readonly s?: 1;
  readonly n?: 1;
  readonly v?: string;
  readonly b?: number;
  readonly t?: string;
  readonly e?: Readonly<Record<string, Row>>;
}

const made = new Map<string, ExtensionDefinition>();

/** HL7's definition of an extension in R4; undefined for an extension of anybody else. */
export function extensionNamed(url: string): ExtensionDefinition | typeof NOT_LOADED | undefined {
  const before = made.get(url);
  if (before !== undefined) return before;
  if (!isOfHl7(url)) return undefined;
  const text = textNamed('extensions', url);
  if (text === undefined) return NOT_LOADED;
  if (text === null) return undefined;
  const definition = makeExtension(JSON.parse(text));
  made.set(url, definition);
  return definition;
}

/** Where the definitions in HL7's package of R4 have their addresses. */
const isOfHl7 = (url: string): boolean =>
  url.startsWith('http://hl7.org/fhir/StructureDefinition/') ||
  url.startsWith('http://fhir-registry.smarthealthit.org/');

function makeExtension({ c, i, m, s, n, v, b, t, e = {} }: Row): ExtensionDefinition {
  return {
    contexts: new Set(c?.split('|')),
    ...(i === undefined ? {} : { condition: i }),
    isModifier: m === 1,
    isRequired: n === 1,
    isList: s === 1,
    types: v === undefined ? [] : v === '*' ? openTypes() : v.split('|'),
    ...(b === undefined ? {} : { binding: bindingAt(b) }),
    ...(t === undefined ? {} : { targets: t.split('|') }),
    parts: new Map(Object.entries(e).map(([url, part]) => [url, makeExtension(part)])),
  };
}
