import { structureOf } from '../fhir/definitions.js';
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
  /** Where what a Reference leads to may be: `contained`, `referenced`, `bundled`; anywhere where there are none. */
  readonly aggregation: readonly string[];
}

/** A rule of a guide on an element. */
export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
}

/** A set of codes that an element is bound to. */
export interface Binding {
  readonly strength: 'required' | 'extensible';
  readonly valueSet: string;
}

/** What R4 itself says of an element, as far as it matters to profiles. */
export interface R4Element {
  readonly min: number;
  readonly max: number;
  readonly types: readonly string[];
  readonly targets: readonly string[];
  readonly binding: Binding | undefined;
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
  readonly bindings: readonly Binding[];
  readonly constraints: readonly Constraint[];
  readonly maxLength: number | undefined;
  readonly least: readonly [value: unknown] | undefined;
  readonly most: readonly [value: unknown] | undefined;
  readonly slicing: Slicing | undefined;
  readonly isMustSupport: boolean;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;

/**
 * What an element of a StructureDefinition says; what of it is malformed says nothing. `id` is where it belongs, `own` what R4 itself
 * says of it: what only repeats that is looked at already. A snapshot repeats all.
 */
export function rulesOf(
  element: JsonObject,
  id: string,
  ofR4: R4Element | undefined,
  isSnapshot: boolean,
): ElementRules {
  const min = count(own(element, 'min'));
  const max = maximum(own(element, 'max'));
  const isSlice = /:[^.]*$/.test(id);
  return {
    id,
    min: !isSlice && ofR4 !== undefined && (min ?? 0) <= ofR4.min ? undefined : min,
    max: !isSlice && ofR4 !== undefined && (max ?? ofR4.max) >= ofR4.max ? undefined : max,
    types: isSnapshot && ofR4 !== undefined ? narrowed(typesOf(element), ofR4) : typesOf(element),
    fixed: valueAt(element, 'fixed'),
    pattern: valueAt(element, 'pattern'),
    bindings: bindingsOf(own(element, 'binding')).filter(
      ({ strength, valueSet }) =>
        !isSnapshot ||
        ofR4?.binding?.strength !== strength ||
        unversioned(ofR4.binding.valueSet) !== unversioned(valueSet),
    ),
    constraints: objects(own(element, 'constraint')).flatMap((one) => constraintOf(one, isSnapshot)),
    maxLength: count(own(element, 'maxLength')),
    least: valueAt(element, 'minValue'),
    most: valueAt(element, 'maxValue'),
    slicing: slicingOf(own(element, 'slicing')),
    isMustSupport: own(element, 'mustSupport') === true,
  };
}

const unversioned = (canonical: string): string => canonical.split('|')[0] ?? '';

/** The types of a snapshot, where they are not all of R4's, or some have profiles that R4 does not name. */
function narrowed(types: readonly AllowedType[], { types: all, targets }: R4Element): readonly AllowedType[] {
  const isOwn = ({ code, profiles, targetProfiles, aggregation }: AllowedType): boolean =>
    profiles.length === 0 &&
    aggregation.length === 0 &&
    (targetProfiles.length === 0 || code !== 'Reference' || sameTargets(targetProfiles, targets));
  const isWhole = all.every((type) => types.some(({ code }) => code === '' || code === type || code === bare(type)));
  return isWhole && types.every(isOwn) ? [] : types;
}

const sameTargets = (urls: readonly string[], targets: readonly string[]): boolean =>
  (targets.length === 0 ? ['Resource'] : targets).every((target) => urls.includes(`${R4}${target}`));

const bare = (type: string): string => (type === 'SimpleQuantity' || type === 'MoneyQuantity' ? 'Quantity' : type);

const R4 = 'http://hl7.org/fhir/StructureDefinition/';

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
        aggregation: texts(own(type, 'aggregation')),
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

const MAX_VALUE_SET = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';

const ADDITIONAL: ReadonlySet<unknown> = new Set([
  'http://hl7.org/fhir/tools/StructureDefinition/additional-binding',
  'http://hl7.org/fhir/5.0/StructureDefinition/extension-ElementDefinition.binding.additional',
]);

const STRENGTHS: Readonly<Record<string, Binding['strength']>> = {
  required: 'required',
  maximum: 'required',
  extensible: 'extensible',
};

/** A binding beside the first one, of R5's kind; one for some uses only is looked at by nobody here (https://hl7.org/fhir/R5/elementdefinition-definitions.html#ElementDefinition.binding.additional). */
function additionalIn(extension: JsonObject): Binding[] {
  const part = (name: string): JsonObject | undefined =>
    objects(own(extension, 'extension')).find((one) => own(one, 'url') === name);
  const [purpose, set] = [part('purpose') ?? {}, part('valueSet') ?? {}];
  const strength = STRENGTHS[text(own(purpose, 'valueCode')) ?? ''];
  const valueSet = text(own(set, 'valueCanonical'));
  return strength === undefined || valueSet === undefined || part('usage') !== undefined
    ? []
    : [{ strength, valueSet }];
}

/** The binding of an element, and the set that none of its codes may be outside of (https://hl7.org/fhir/R4/extension-elementdefinition-maxvalueset.html). */
function bindingsOf(value: unknown): Binding[] {
  if (!isObject(value)) return [];
  const strength = own(value, 'strength');
  const valueSet = text(own(value, 'valueSet'));
  const all: Binding[] =
    (strength === 'required' || strength === 'extensible') && valueSet !== undefined ? [{ strength, valueSet }] : [];
  for (const extension of objects(own(value, 'extension'))) {
    const most = text(own(extension, 'valueCanonical')) ?? text(own(extension, 'valueUri'));
    if (own(extension, 'url') === MAX_VALUE_SET && most !== undefined)
      all.push({ strength: 'required', valueSet: most });
    if (ADDITIONAL.has(own(extension, 'url'))) all.push(...additionalIn(extension));
  }
  return all;
}

function constraintOf(value: JsonObject, isSnapshot: boolean): Constraint[] {
  const key = text(own(value, 'key'));
  const expression = text(own(value, 'expression'));
  if (key === undefined || expression === undefined) return [];
  const source = text(own(value, 'source'));
  if (isSnapshot && (source === undefined ? isKeyOfR4(key) : isOfR4(source))) return [];
  const isLess = own(value, 'severity') === 'warning' || objects(own(value, 'extension')).some(isBestPractice);
  const severity = isLess ? 'warning' : 'error';
  return [{ key, severity, human: text(own(value, 'human')) ?? '', expression }];
}

/** True for the canonical of one of R4's types, and for its name alone, which older snapshots give. */
const isOfR4 = (source: string): boolean => structureOf(source.replace(R4, '')) !== undefined;

/** R4's rules of types that nearly every snapshot repeats. */
const isKeyOfR4 = (key: string): boolean =>
  /^(?:dom-[2-6]|ele-1|ext-1|ref-1|per-1|txt-[12]|qty-3|rat-1|att-1|tim-\d+)$/.test(key);

const DISCRIMINATORS: ReadonlySet<unknown> = new Set(['value', 'exists', 'pattern', 'type', 'profile']);
/** A rule that nobody has to keep (https://hl7.org/fhir/R4/extension-elementdefinition-bestpractice.html). */
const isBestPractice = (extension: JsonObject): boolean =>
  own(extension, 'url') === 'http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice' &&
  own(extension, 'valueBoolean') === true;

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
