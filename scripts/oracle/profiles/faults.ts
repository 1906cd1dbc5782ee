import { clone, isObject, type JsonObject } from '../../../src/lens/json.js';
import type { Dice } from '../dice.js';
import type { Profiles, Saying, Told } from './definitions.js';
import { put, type Spot, spotsIn, toldSpots } from './spots.js';

/** What a fault is made in: a copy of an example, what its profiles say, and what else is there. */
export interface Scene {
  readonly resource: JsonObject;
  readonly told: readonly Told[];
  readonly profiles: Profiles;
  readonly dice: Dice;
  readonly others: readonly JsonObject[];
}

/** Changes a resource, so that it has a fault or something right that looks like one; false where there is no place for it. */
export type Fault = (scene: Scene) => boolean;

/** Makes a change at one of the spots that fit. */
const at =
  (choose: (scene: Scene) => readonly Spot[], change: (spot: Spot, scene: Scene) => boolean): Fault =>
  (scene) => {
    const spot = scene.dice.pick(choose(scene));
    return spot !== undefined && change(spot, scene);
  };

const any = ({ resource }: Scene): readonly Spot[] => spotsIn(resource);
const told =
  (saying: Saying) =>
  (scene: Scene): readonly Spot[] =>
    toldSpots(spotsIn(scene.resource), scene.told, saying);
const of =
  (choose: (scene: Scene) => readonly Spot[], fits: (spot: Spot) => boolean) =>
  (scene: Scene): readonly Spot[] =>
    choose(scene).filter(fits);

function remove(spot: Spot): boolean {
  put(spot, undefined);
  return true;
}

function twice({ owner, key, index, value }: Spot): boolean {
  const list = owner[key];
  if (index === undefined || !Array.isArray(list)) return false;
  list.push(clone(value));
  return true;
}

/** Changes a text, a number or a flag inside of a value. */
function changeLeaf(spot: Spot, { dice }: Scene): boolean {
  const leaf = isObject(spot.value) ? dice.pick(spotsIn(spot.value).filter(({ value }) => !isObject(value))) : spot;
  if (leaf === undefined) return false;
  const { value } = leaf;
  if (typeof value === 'string')
    put(leaf, /^\d{4}/.test(value) ? '2001-02-03' : /^\w+:/.test(value) ? `${value}x` : 'other');
  else if (typeof value === 'number') put(leaf, value + 1000);
  else if (typeof value === 'boolean') put(leaf, !value);
  else return false;
  return true;
}

const CODINGS: readonly JsonObject[] = [
  { system: 'http://loinc.org', code: '29463-7' },
  { system: 'http://loinc.org', code: '99999-9' },
  { system: 'http://snomed.info/sct', code: '73211009' },
  { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
  { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' },
  { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' },
  { system: 'http://example.org/codes', code: 'own' },
  { code: 'own' },
  { system: 'http://unitsofmeasure.org', code: 'mg' },
];

/** Another code, as the value has one. */
function otherCode({ owner, value, ...rest }: Spot, { dice }: Scene): boolean {
  const coding = dice.pick(CODINGS);
  if (coding === undefined) return false;
  if (typeof value === 'string')
    put({ owner, value, ...rest }, dice.pick(['own', 'final', 'completed', 'active', 'unknown']));
  else if (!isObject(value)) return false;
  else if (Array.isArray(value.coding)) {
    const first = dice.once(2);
    if (first) value.coding[0] = clone(coding);
    else put({ owner, value, ...rest }, { coding: [clone(coding)] });
  } else if ('coding' in value || 'text' in value) value.coding = [clone(coding)];
  else if ('system' in value && dice.once(2)) value.system = coding.system;
  else Object.assign(value, clone(coding));
  return true;
}

const isReference = ({ value }: Spot): boolean => isObject(value) && typeof value.reference === 'string';

const TYPES = ['Patient', 'Practitioner', 'Organization', 'Device', 'Group', 'Location', 'Observation', 'Encounter'];

function otherTarget({ value }: Spot, { dice, resource }: Scene): boolean {
  if (!isObject(value)) return false;
  const urls = spotsIn(resource)
    .filter(({ key, value: url }) => key === 'fullUrl' && typeof url === 'string')
    .map((spot) => spot.value);
  value.reference = urls.length > 0 && dice.once(2) ? dice.pick(urls) : `${dice.pick(TYPES)}/x`;
  delete value.type;
  return true;
}

const isExtension = ({ key }: Spot): boolean => key === 'extension' || key === 'modifierExtension';

function moveExtension(spot: Spot, { resource, dice }: Scene): boolean {
  const to = dice.pick(spotsIn(resource).filter(({ value }) => isObject(value) && value !== spot.value));
  if (!isObject(to?.value)) return false;
  const extension = spot.value;
  put(spot, undefined);
  add(to.value, 'extension', extension);
  return true;
}

function add(owner: JsonObject, key: string, value: unknown): void {
  const list = owner[key];
  if (Array.isArray(list)) list.push(value);
  else owner[key] = [value];
}

const VALUES: Readonly<Record<string, unknown>> = {
  valueString: 'words',
  valueCode: 'own',
  valueBoolean: true,
  valueInteger: 3,
  valueDateTime: '2020-02-03',
  valueQuantity: { value: 3, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
  valueCodeableConcept: { text: 'words' },
  valueCoding: { system: 'http://example.org/codes', code: 'own' },
  valueReference: { reference: 'Organization/x' },
  valuePeriod: { start: '2020-02-03' },
};

function otherType({ owner, key }: Spot, { dice }: Scene): boolean {
  const stem =
    /^(value|effective|onset|performed|medication|deceased|occurrence|abatement|multipleBirth|timing)[A-Z]/.exec(
      key,
    )?.[1];
  const [name, value] = dice.pick(Object.entries(VALUES)) ?? [];
  if (stem === undefined || name === undefined) return false;
  delete owner[key];
  delete owner[`_${key}`];
  owner[`${stem}${name.slice('value'.length)}`] = clone(value);
  return true;
}

const ABSENT = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };

/** A reason in the place of a value. */
function absent({ owner, key, index, value, path }: Spot): boolean {
  if (key === 'id' || key === 'url' || path.endsWith('.div')) return false;
  if (isObject(value)) {
    for (const name of Object.keys(value)) if (name !== 'resourceType') delete value[name];
    value.extension = [clone(ABSENT)];
    return !('resourceType' in value);
  }
  if (index !== undefined || key.startsWith('_')) return false;
  delete owner[key];
  owner[`_${key}`] = { extension: [clone(ABSENT)] };
  return true;
}

function shuffle({ owner, key }: Spot): boolean {
  const list = owner[key];
  if (!Array.isArray(list) || list.length < 2) return false;
  list.reverse();
  return true;
}

/** Another profile of the type, in the place of those that are claimed. */
function otherProfile({ resource, profiles, dice }: Scene): boolean {
  const all = [resource, ...spotsIn(resource).map(({ value }) => value)].filter(
    (one): one is JsonObject => isObject(one) && typeof one.resourceType === 'string',
  );
  const one = dice.pick(all);
  const url = dice.pick(profiles.ofType(String(one?.resourceType)));
  if (one === undefined || url === undefined) return false;
  const { meta } = one;
  if (isObject(meta)) meta.profile = [url];
  else one.meta = { profile: [url] };
  return true;
}

/** The same element of another example of the type. */
function fromOther({ resource, others, dice }: Scene): boolean {
  const other = dice.pick(
    others.filter(({ resourceType, id }) => resourceType === resource.resourceType && id !== resource.id),
  );
  const key = dice.pick(
    Object.keys(other ?? {}).filter((name) => !['resourceType', 'id', 'meta', 'text'].includes(name)),
  );
  if (other === undefined || key === undefined) return false;
  resource[key] = clone(other[key]);
  return true;
}

function addExtension({ value }: Spot, { profiles, dice }: Scene): boolean {
  if (!isObject(value)) return false;
  const [name, made] = dice.pick(Object.entries(VALUES)) ?? [];
  const url = dice.once(4) ? 'http://example.org/extension' : dice.pick(profiles.extensions);
  if (name === undefined || url === undefined) return false;
  add(value, 'extension', { url, [name]: clone(made) });
  return true;
}

const isObjectSpot = ({ value, path }: Spot): boolean => isObject(value) && !path.endsWith('.text');

/** Every kind of fault, by its name. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  Object.entries({
    'a required element removed': at(told('min'), remove),
    'an element removed': at(any, remove),
    'an element of a slice removed': at(told('slices'), remove),
    'an element of a slice changed': at(told('slices'), changeLeaf),
    'an element of a slice twice': at(told('slices'), twice),
    'an element twice': at(
      of(any, ({ index }) => index !== undefined),
      twice,
    ),
    'a limited element twice': at(
      of(told('max'), ({ index }) => index !== undefined),
      twice,
    ),
    'a fixed value or pattern changed': at(told('value'), changeLeaf),
    'a text changed': at(
      of(any, ({ value, path }) => typeof value === 'string' && !path.endsWith('.div')),
      changeLeaf,
    ),
    'a bound code changed': at(told('binding'), otherCode),
    'a code changed': at(
      of(any, ({ value }) => isObject(value) && ('coding' in value || 'code' in value)),
      otherCode,
    ),
    'a target swapped': at(of(any, isReference), otherTarget),
    'an extension moved': at(of(any, isExtension), moveExtension),
    'an extension changed': at(of(any, isExtension), changeLeaf),
    'an extension removed': at(of(any, isExtension), remove),
    'an extension twice': at(of(any, isExtension), twice),
    'an extension added': at(of(any, isObjectSpot), addExtension),
    'the type of a choice changed': at(
      of(any, ({ key }) => /[a-z][A-Z]/.test(key)),
      otherType,
    ),
    'a reason in the place of a value': at(told('min'), absent),
    'a reason in the place of any value': at(any, absent),
    'a list turned round': at(
      of(any, ({ index }) => index !== undefined),
      shuffle,
    ),
    'another profile claimed': otherProfile,
    'an element of another example': fromOther,
    'what a rule is about changed': at(told('constraint'), changeLeaf),
  } satisfies Readonly<Record<string, Fault>>),
);
