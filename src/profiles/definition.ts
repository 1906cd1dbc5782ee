import { isObject, type JsonObject, own } from '../lens/json.js';

/** How items of a list are told apart (https://hl7.org/fhir/R4/profiling.html#discriminator). */
export interface Discriminator {
  readonly type: 'value' | 'exists' | 'pattern' | 'type' | 'profile';
  readonly path: string;
}

/** How a list is sliced (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.slicing). */
export interface Slicing {
  readonly discriminators: readonly Discriminator[];
  readonly rules: 'closed' | 'open' | 'openAtEnd';
  readonly isOrdered: boolean;
}

/** A type that a profile allows, with the profiles of it, or of what a Reference leads to. */
export interface AllowedType {
  readonly code: string;
  readonly profiles: readonly string[];
  readonly targetProfiles: readonly string[];
}

/** A rule of a guide on an element. */
export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
}

/** What a profile says of an element. */
export interface ElementRules {
  /** `Patient.identifier:mrn.type`. */
  readonly id: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly types: readonly AllowedType[];
  readonly fixed: readonly [value: unknown] | undefined;
  readonly pattern: readonly [value: unknown] | undefined;
  readonly binding: { readonly strength: 'required' | 'extensible'; readonly valueSet: string } | undefined;
  readonly constraints: readonly Constraint[];
  readonly maxLength: number | undefined;
  readonly least: readonly [value: unknown] | undefined;
  readonly most: readonly [value: unknown] | undefined;
  readonly slicing: Slicing | undefined;
  readonly contentReference: string | undefined;
  readonly isMustSupport: boolean;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;

/** What an element of a StructureDefinition says; what of it is malformed says nothing. `id` is where it belongs. */
export function rulesOf(element: JsonObject, id: string, isSnapshot: boolean): ElementRules {
  const base = own(element, 'base');
  const before = isSnapshot && isObject(base) ? base : {};
  const min = count(own(element, 'min'));
  const max = maximum(own(element, 'max'));
  return {
    id,
    // A snapshot says again what its base does; that is looked at already.
    min: min === own(before, 'min') ? undefined : min,
    max: max === maximum(own(before, 'max')) ? undefined : max,
    types: isSnapshot ? typesOf(element).filter(isTold) : typesOf(element),
    fixed: valueAt(element, 'fixed'),
    pattern: valueAt(element, 'pattern'),
    binding: bindingOf(own(element, 'binding')),
    constraints: objects(own(element, 'constraint')).flatMap(constraintOf),
    maxLength: count(own(element, 'maxLength')),
    least: valueAt(element, 'minValue'),
    most: valueAt(element, 'maxValue'),
    slicing: slicingOf(own(element, 'slicing')),
    contentReference: text(own(element, 'contentReference')),
    isMustSupport: own(element, 'mustSupport') === true,
  };
}

const isTold = ({ profiles, targetProfiles }: AllowedType): boolean => profiles.length + targetProfiles.length > 0;

function maximum(value: unknown): number | undefined {
  if (value === '*') return Number.POSITIVE_INFINITY;
  return typeof value === 'string' && /^[0-9]{1,9}$/.test(value) ? Number(value) : undefined;
}

/** The types; R4's own name for a type of FHIRPath, as an element's `id` has it, stands in an extension. */
function typesOf(element: JsonObject): AllowedType[] {
  return objects(own(element, 'type')).flatMap((type) => {
    const code = text(own(type, 'code'));
    if (code === undefined) return [];
    const isSystem = code.startsWith('http://hl7.org/fhirpath/System.');
    return [
      {
        code: isSystem ? '' : code.replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, ''),
        profiles: texts(own(type, 'profile')),
        targetProfiles: texts(own(type, 'targetProfile')),
      },
    ];
  });
}

/** The value of `fixed[x]`, `pattern[x]` and the like, which may be anything; undefined where there is none. */
function valueAt(element: JsonObject, name: string): readonly [unknown] | undefined {
  for (const key of Object.keys(element)) {
    if (key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length))) return [own(element, key)];
  }
  return undefined;
}

function bindingOf(value: unknown): ElementRules['binding'] {
  if (!isObject(value)) return undefined;
  const strength = own(value, 'strength');
  const valueSet = text(own(value, 'valueSet'));
  if ((strength !== 'required' && strength !== 'extensible') || valueSet === undefined) return undefined;
  return { strength, valueSet };
}

function constraintOf(value: JsonObject): Constraint[] {
  const key = text(own(value, 'key'));
  const expression = text(own(value, 'expression'));
  if (key === undefined || expression === undefined) return [];
  const severity = own(value, 'severity') === 'warning' ? 'warning' : 'error';
  return [{ key, severity, human: text(own(value, 'human')) ?? '', expression }];
}

const DISCRIMINATORS: ReadonlySet<unknown> = new Set(['value', 'exists', 'pattern', 'type', 'profile']);
const isDiscriminator = (type: unknown): type is Discriminator['type'] => DISCRIMINATORS.has(type);

function slicingOf(value: unknown): Slicing | undefined {
  if (!isObject(value)) return undefined;
  const rules = own(value, 'rules');
  return {
    discriminators: objects(own(value, 'discriminator')).flatMap((one) => {
      const type = own(one, 'type');
      const path = text(own(one, 'path'));
      return isDiscriminator(type) && path !== undefined ? [{ type, path }] : [];
    }),
    rules: rules === 'closed' || rules === 'openAtEnd' ? rules : 'open',
    isOrdered: own(value, 'ordered') === true,
  };
}
