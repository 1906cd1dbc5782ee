import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, type Entry, onEach, withOthers } from './entry.js';

const ROOT = { id: 'Patient', path: 'Patient' };

/** A profile of Patient that breaks no rule once it has a snapshot or a differential. */
export const PROFILE: JsonObject = {
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [ROOT] },
};
const profile = onEach('StructureDefinition', PROFILE);

const differential = (...element: JsonObject[]): JsonObject => ({ differential: { element } });
const named = (more: JsonObject): JsonObject => ({ id: 'Patient.name', path: 'Patient.name', ...more });

/** A rule of an element, in the differential of a profile. */
function element(fix: string, fine: JsonObject, broken: JsonObject, below = '', more: JsonObject = {}): Entry {
  return profile(
    fix,
    { ...more, ...differential(ROOT, named(fine)) },
    { ...more, ...differential(ROOT, named(broken)) },
    `differential.element[1]${below === '' ? '' : `.${below}`}`,
  );
}

const constraint = {
  key: 'lee-1',
  severity: 'error',
  human: 'A name has a family name',
  expression: 'family.exists()',
};
const choice = { id: 'Patient.deceased[x]', path: 'Patient.deceased[x]' };
const both = { type: [{ code: 'boolean' }, { code: 'dateTime' }] };
const one = { type: [{ code: 'boolean' }] };

/** The invariants of ElementDefinition. */
export const elementDefinitions: Entries = {
  'eld-1': element(
    'Add the discriminators, or say in description how the slices differ.',
    { slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' } },
    { slicing: { rules: 'open' } },
    'slicing',
  ),
  'eld-2': element('Make max at least as large as min.', { min: 1, max: '1' }, { min: 2, max: '1' }),
  'eld-3': element('Write a whole number, or *.', { max: '*' }, { max: 'many' }, 'max'),
  'eld-4': element(
    'Take aggregation away, or make the type Reference or canonical.',
    { type: [{ code: 'Reference', aggregation: ['contained'] }] },
    { type: [{ code: 'HumanName', aggregation: ['contained'] }] },
    'type[0]',
  ),
  'eld-5': element(
    'Take contentReference away, or what the element that it points at defines already.',
    { contentReference: '#Patient.name' },
    { contentReference: '#Patient.name', type: [{ code: 'HumanName' }] },
  ),
  'eld-6': element(
    'Narrow the element to one type before its value is fixed.',
    { ...choice, ...one, fixedBoolean: false },
    { ...choice, ...both, fixedBoolean: false },
  ),
  'eld-7': element(
    'Narrow the element to one type before it has a pattern.',
    { ...choice, ...one, patternBoolean: false },
    { ...choice, ...both, patternBoolean: false },
  ),
  'eld-8': element(
    'Keep the fixed value or the pattern.',
    { ...choice, ...one, fixedBoolean: false },
    { ...choice, ...one, fixedBoolean: false, patternBoolean: false },
  ),
  'eld-11': {
    fix: 'Bind codes, Codings, CodeableConcepts, Quantities, strings and uris only. R4’s expression cannot fail, so that this is never reported.',
  },
  'eld-12': element(
    'Write the whole address of the value set: http://, https:// or urn:.',
    { binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/name-use' } },
    { binding: { strength: 'required', valueSet: 'ValueSet/name-use' } },
    'binding',
  ),
  'eld-13': element(
    'Put the profiles of both into one type.',
    { type: [{ code: 'HumanName' }] },
    { type: [{ code: 'HumanName' }, { code: 'HumanName' }] },
  ),
  'eld-14': element(
    'Give each constraint a key of its own.',
    { constraint: [constraint, { ...constraint, key: 'lee-2' }] },
    { constraint: [constraint, constraint] },
  ),
  'eld-15': element(
    'Keep the default value or meaningWhenMissing.',
    { meaningWhenMissing: 'Nobody is called so' },
    { defaultValueString: 'Lee', meaningWhenMissing: 'Nobody is called so' },
    '',
    { derivation: 'specialization' },
  ),
  'eld-16': element(
    'Name the slice with letters, digits, -, _, [, ] and @; / separates a slice of a slice.',
    { sliceName: 'official' },
    { sliceName: 'the official one' },
  ),
  'eld-17': element(
    'Take targetProfile away, or make the type Reference or canonical.',
    { type: [{ code: 'HumanName' }] },
    { type: [{ code: 'HumanName', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }] },
    'type[0]',
  ),
  'eld-18': element(
    'Say in isModifierReason why the element changes the meaning of others.',
    { isModifier: true, isModifierReason: 'A name in use no more is none to call by' },
    { isModifier: true },
  ),
  'eld-19': element(
    'Name the element without white space and punctuation.',
    {},
    { id: 'Patient.first-name', path: 'Patient.name(first)' },
  ),
  'eld-20': element(
    'Name the element with a small letter first, then letters and digits.',
    {},
    { id: 'Patient.first-name', path: 'Patient.first-name' },
  ),
  'eld-21': element(
    'Write the constraint in FHIRPath, too.',
    { constraint: [constraint] },
    { constraint: [{ ...constraint, expression: undefined }] },
    'constraint[0]',
  ),
  'eld-22': element(
    'Name the slice that is constrained in sliceName.',
    { sliceName: 'official', sliceIsConstraining: true },
    { sliceIsConstraining: true },
  ),
};

/** An element as a snapshot has it. */
const whole = (path: string, more: JsonObject = {}): JsonObject => ({
  id: path,
  path,
  definition: 'An example.',
  min: 0,
  max: '1',
  base: { path, min: 0, max: '1' },
  ...more,
});
const SNAPSHOT_ROOT = whole('Patient');
const snapshot = (...elements: JsonObject[]): JsonObject => ({ snapshot: { element: elements } });
const name = whole('Patient.name');
const without = (key: string): JsonObject =>
  Object.fromEntries(Object.entries(name).filter(([property]) => property !== key));
const extension = onEach('StructureDefinition', {
  ...PROFILE,
  type: 'Extension',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
  differential: { element: [{ id: 'Extension', path: 'Extension' }] },
});
const context = { context: [{ type: 'element', expression: 'Patient' }] };
const OWN = 'http://hl7.org/fhir/StructureDefinition/example';

/** The invariants of StructureDefinition. */
export const structureDefinitions: Entries = {
  'sdf-1': profile(
    'Define each path once; only a constraint can have slices of one.',
    { derivation: 'specialization', ...snapshot(SNAPSHOT_ROOT, name) },
    { derivation: 'specialization', ...snapshot(SNAPSHOT_ROOT, name, { ...name, id: 'Patient.name2' }) },
  ),
  'sdf-2': profile(
    'Give the mapping a name or a uri.',
    { mapping: [{ identity: 'rim', name: 'RIM' }] },
    { mapping: [{ identity: 'rim' }] },
    'mapping[0]',
  ),
  'sdf-3': profile(
    'Give each element of the snapshot a definition, min and max; a tool makes snapshots.',
    snapshot(SNAPSHOT_ROOT, name),
    snapshot(SNAPSHOT_ROOT, without('definition')),
    'snapshot',
  ),
  'sdf-4': profile('Add the baseDefinition, or make the structure abstract.', {}, { baseDefinition: undefined }),
  'sdf-5': extension('Say in context where the extension can stand.', context, {}),
  'sdf-6': profile('Add a differential, a snapshot or both.', {}, { differential: undefined }),
  'sdf-8': profile(
    'Begin every path of the snapshot with the type.',
    snapshot(SNAPSHOT_ROOT, name),
    snapshot(SNAPSHOT_ROOT, whole('Person.name')),
    'snapshot',
  ),
  'sdf-8a': profile(
    'Begin every path of the differential with the type.',
    differential(ROOT, named({})),
    differential(ROOT, { id: 'Person.name', path: 'Person.name' }),
    'differential',
  ),
  'sdf-8b': profile(
    'Give each element of the snapshot its base; a tool makes snapshots.',
    snapshot(SNAPSHOT_ROOT, name),
    snapshot(SNAPSHOT_ROOT, without('base')),
    'snapshot',
  ),
  'sdf-9': profile(
    'Take label, code and requirements away from the root element.',
    differential(ROOT, named({ label: 'Name' })),
    differential({ ...ROOT, label: 'Patient' }, named({ label: 'Name' })),
  ),
  'sdf-10': profile(
    'Name the value set of the binding, or describe it.',
    snapshot(SNAPSHOT_ROOT, { ...name, binding: { strength: 'example', description: 'Any name' } }),
    snapshot(SNAPSHOT_ROOT, { ...name, binding: { strength: 'example' } }),
    'snapshot.element[1]',
  ),
  'sdf-11': withOthers(
    profile(
      'Make the path of the first element of the snapshot the type.',
      snapshot(SNAPSHOT_ROOT),
      snapshot(whole('Person')),
    ),
    'sdf-8',
  ),
  'sdf-14': withOthers(
    profile('Give each element an id.', differential(ROOT), differential({ path: 'Patient' })),
    'sdf-17',
  ),
  'sdf-15': profile(
    'Take the type away from the first element of the snapshot.',
    snapshot(SNAPSHOT_ROOT),
    snapshot({ ...SNAPSHOT_ROOT, type: [{ code: 'Patient' }] }),
  ),
  'sdf-15a': profile(
    'Take the type away from the first element of the differential.',
    differential(ROOT),
    differential({ ...ROOT, type: [{ code: 'Patient' }] }),
  ),
  'sdf-16': profile(
    'Give each element of the snapshot an id of its own.',
    snapshot(SNAPSHOT_ROOT, name),
    snapshot(SNAPSHOT_ROOT, { ...name, id: 'Patient' }),
  ),
  'sdf-17': profile(
    'Give each element of the differential an id of its own.',
    differential(ROOT, named({})),
    differential(ROOT, named({ id: 'Patient' })),
  ),
  'sdf-18': profile('Take contextInvariant away: only an extension has one.', {}, { contextInvariant: ['true'] }),
  'sdf-19': profile(
    'Use types of FHIR’s own in its own structures, or another url for yours.',
    { url: OWN, ...differential(ROOT, named({ type: [{ code: 'HumanName' }] })) },
    { url: OWN, ...differential(ROOT, named({ type: [{ code: 'http://example.org/Name' }] })) },
  ),
  'sdf-20': profile(
    'Take the slicing away from the root element.',
    differential(ROOT),
    differential({ ...ROOT, slicing: { description: 'By use', rules: 'open' } }),
    'differential',
  ),
  'sdf-21': profile(
    'Take the default value away: only a specialization has one.',
    differential(ROOT, named({})),
    differential(ROOT, named({ defaultValueString: 'Lee' })),
  ),
  'sdf-22': profile(
    'Take the default value away, or use a url of your own: FHIR’s own structures have none.',
    { url: OWN, derivation: 'specialization', ...differential(ROOT, named({})) },
    { url: OWN, derivation: 'specialization', ...differential(ROOT, named({ defaultValueString: 'Lee' })) },
  ),
  'sdf-23': profile(
    'Take the slice’s name away from the root element.',
    differential(ROOT),
    differential({ ...ROOT, sliceName: 'adult' }),
  ),
};
