import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, on, onEach } from './entry.js';

const software = { software: { name: 'Example server' } };
const implementation = { implementation: { description: 'The server of the clinic' } };

/** A CapabilityStatement and a TerminologyCapabilities that break none of their rules, which are alike. */
export const STATEMENTS: Readonly<Record<string, JsonObject>> = {
  CapabilityStatement: {
    description: 'What a server has to do.',
    kind: 'requirements',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [{ mode: 'server' }],
  },
  TerminologyCapabilities: { description: 'What a server has to do.', kind: 'requirements' },
};

const capability = onEach('CapabilityStatement', STATEMENTS.CapabilityStatement);
const terminology = onEach('TerminologyCapabilities', STATEMENTS.TerminologyCapabilities);
const rest = (...resource: JsonObject[]): JsonObject => ({ rest: [{ mode: 'server', resource }] });
const endpoint = { protocol: { code: 'http' }, address: 'http://example.org/messages' };
const producer = { mode: 'producer', profile: 'http://example.org/letter' };

/** What the kind of a statement asks of it, the same of both types. */
const kinds = (statement: typeof capability) => ({
  described: statement(
    'Add a description, or the software or implementation that the statement is of.',
    {},
    { description: undefined },
  ),
  instance: statement(
    'Say in implementation which server this is, or make the kind capability or requirements.',
    { kind: 'instance', ...implementation },
    { kind: 'instance' },
  ),
  capability: statement(
    'Say in software which product this is, and take implementation away.',
    { kind: 'capability', ...software },
    { kind: 'capability' },
  ),
  requirements: statement(
    'Take software and implementation away, or make the kind the one that has them.',
    {},
    software,
  ),
});
const ofCapability = kinds(capability);
const ofTerminology = kinds(terminology);

const target = (more: JsonObject): JsonObject => ({
  group: [{ element: [{ code: 'cold', target: [{ code: 'common-cold', ...more }] }] }],
});
const unmapped = (more: JsonObject): JsonObject => ({ group: [{ element: [{ code: 'cold' }], unmapped: more }] });
const guide = onEach('ImplementationGuide', { fhirVersion: ['4.0.1'] });
const guided = (more: JsonObject): JsonObject => ({
  definition: {
    grouping: [{ id: 'profiles', name: 'Profiles' }],
    resource: [{ reference: { reference: 'StructureDefinition/lee' }, ...more }],
  },
});
const naming = onEach('NamingSystem');
const parameter = (more: JsonObject): JsonObject => ({
  parameter: [{ name: 'code', use: 'in', min: 0, max: '1', ...more }],
});
const operation = onEach('OperationDefinition');
const search = onEach('SearchParameter');
const map = onEach('StructureMap');
const transform = (more: JsonObject): JsonObject => ({
  group: [
    {
      name: 'patient',
      typeMode: 'none',
      input: [{ name: 'source', mode: 'source' }],
      rule: [{ name: 'name', source: [{ context: 'source' }], target: [more] }],
    },
  ],
});
const valueSet = onEach('ValueSet');
const include = (more: JsonObject): JsonObject => ({ compose: { include: [more] } });
const contains = (more: JsonObject): JsonObject => ({
  expansion: { timestamp: '2024-05-01', contains: [more] },
});
const LOINC = 'http://loinc.org';
const female = { language: 'text/fhirpath', expression: "gender = 'female'" };

/** The invariants of the resources that define something; those of StructureDefinition and Questionnaire have files of their own. */
export const definitions: Entries = {
  'cpb-1': capability('Say in rest, messaging or document what the statement is about.', {}, { rest: undefined }),
  'cpb-2': ofCapability.described,
  'cpb-3': capability(
    'Take the endpoint away, or make the statement one of an instance.',
    { kind: 'instance', ...implementation, messaging: [{ endpoint: [endpoint] }] },
    { messaging: [{ endpoint: [endpoint] }] },
  ),
  'cpb-7': capability(
    'Keep one document of each profile and mode.',
    { document: [producer, { ...producer, mode: 'consumer' }] },
    { document: [producer, producer] },
  ),
  'cpb-9': capability(
    'Describe each resource type once in a rest: put both descriptions into one.',
    rest({ type: 'Patient' }),
    rest({ type: 'Patient' }, { type: 'Patient' }),
    'rest[0]',
  ),
  'cpb-12': capability(
    'Keep one search parameter of each name.',
    rest({ type: 'Patient', searchParam: [{ name: 'name', type: 'string' }] }),
    rest({
      type: 'Patient',
      searchParam: [
        { name: 'name', type: 'string' },
        { name: 'name', type: 'token' },
      ],
    }),
    'rest[0].resource[0]',
  ),
  'cpb-14': ofCapability.instance,
  'cpb-15': ofCapability.capability,
  'cpb-16': ofCapability.requirements,
  'tcp-1': terminology(
    'Give each version its code where there are several.',
    { codeSystem: [{ version: [{ code: '1' }, { code: '2' }] }] },
    { codeSystem: [{ version: [{ code: '1' }, { isDefault: true }] }] },
    'codeSystem[0]',
  ),
  'tcp-2': ofTerminology.described,
  'tcp-3': ofTerminology.instance,
  'tcp-4': ofTerminology.capability,
  'tcp-5': ofTerminology.requirements,
  'csd-1': on(
    'CodeSystem',
    'Give each concept a code of its own, also below others.',
    { content: 'complete', concept: [{ code: 'cold' }, { code: 'flu' }] },
    { content: 'complete', concept: [{ code: 'cold' }, { code: 'cold' }] },
  ),
  'cmd-1': on(
    'ConceptMap',
    'Say in comment what the target leaves out, or where it differs.',
    target({ equivalence: 'narrower', comment: 'Without influenza' }),
    target({ equivalence: 'narrower' }),
    'group[0].element[0].target[0]',
  ),
  'cmd-2': on(
    'ConceptMap',
    'Add the code that stands for all that is not mapped.',
    unmapped({ mode: 'fixed', code: 'other' }),
    unmapped({ mode: 'fixed' }),
    'group[0].unmapped',
  ),
  'cmd-3': on(
    'ConceptMap',
    'Add the url of the other map.',
    unmapped({ mode: 'other-map', url: 'http://example.org/map' }),
    unmapped({ mode: 'other-map' }),
    'group[0].unmapped',
  ),
  'ig-1': guide(
    'Define the grouping, or use the id of one that is defined.',
    guided({ groupingId: 'profiles' }),
    guided({ groupingId: 'extensions' }),
    'definition',
  ),
  'ig-2': guide(
    'Add the version to those of the guide, or take it away from the resource.',
    guided({ fhirVersion: ['4.0.1'] }),
    guided({ fhirVersion: ['3.0.1'] }),
  ),
  'mea-1': on(
    'Measure',
    'Give the stratifier criteria of its own, or components, one of the two.',
    { group: [{ stratifier: [{ criteria: female }] }] },
    { group: [{ stratifier: [{ criteria: female, component: [{ criteria: female }] }] }] },
  ),
  'md-1': on(
    'MessageDefinition',
    'Write a whole number from 1, or *.',
    { focus: [{ code: 'Patient', min: 0, max: '1' }] },
    { focus: [{ code: 'Patient', min: 0, max: '0' }] },
    'focus[0]',
  ),
  'nsd-1': naming(
    'Identify a root by an OID or a URI.',
    { kind: 'root', uniqueId: [{ type: 'oid', value: '2.16.840.1.113883.19' }] },
    { kind: 'root', uniqueId: [{ type: 'uuid', value: '7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01' }] },
  ),
  'nsd-2': naming(
    'Prefer one identifier of each type.',
    {
      uniqueId: [
        { type: 'uri', value: 'http://example.org/a', preferred: true },
        { type: 'uri', value: 'http://example.org/b' },
      ],
    },
    {
      uniqueId: [
        { type: 'uri', value: 'http://example.org/a', preferred: true },
        { type: 'uri', value: 'http://example.org/b', preferred: true },
      ],
    },
  ),
  'opd-1': operation(
    'Give the parameter a type, or the parts that it is made of.',
    parameter({ type: 'code' }),
    parameter({}),
    'parameter[0]',
  ),
  'opd-2': operation(
    'Make the type string, or take searchType away.',
    parameter({ type: 'string', searchType: 'token' }),
    parameter({ type: 'code', searchType: 'token' }),
    'parameter[0]',
  ),
  'opd-3': operation(
    'Make the type Reference or canonical, or take targetProfile away.',
    parameter({ type: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }),
    parameter({ type: 'code', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }),
    'parameter[0]',
  ),
  'spd-1': search(
    'Say in xpathUsage how the xpath is used: normal, phonetic, nearby, distance or other.',
    { xpath: 'f:Account/f:name', xpathUsage: 'normal' },
    { xpath: 'f:Account/f:name' },
  ),
  'spd-2': search(
    'Take chain away, or make the type reference.',
    { type: 'reference', chain: ['name'] },
    { type: 'string', chain: ['name'] },
  ),
  'smp-1': map(
    'Say in context whose element it is.',
    transform({ context: 'target', contextType: 'variable', element: 'name' }),
    transform({ element: 'name' }),
    'group[0].rule[0].target[0]',
  ),
  'smp-2': map(
    'Say in contextType what the context is: type or variable.',
    transform({ context: 'target', contextType: 'variable', element: 'name' }),
    transform({ context: 'target', element: 'name' }),
    'group[0].rule[0].target[0]',
  ),
  'vsd-1': valueSet(
    'Name the code system or the value sets that the codes are of.',
    include({ system: LOINC, version: '2.77' }),
    include({ version: '2.77' }),
    'compose.include[0]',
  ),
  'vsd-2': valueSet(
    'Add the system of the concepts or filters.',
    include({ system: LOINC, concept: [{ code: '85354-9' }] }),
    include({ valueSet: ['http://example.org/vitals'], concept: [{ code: '85354-9' }] }),
    'compose.include[0]',
  ),
  'vsd-3': valueSet(
    'Make two includes, one of the concepts and one of the filters.',
    include({ system: LOINC, concept: [{ code: '85354-9' }] }),
    include({
      system: LOINC,
      concept: [{ code: '85354-9' }],
      filter: [{ property: 'CLASS', op: '=', value: 'BP' }],
    }),
    'compose.include[0]',
  ),
  'vsd-6': valueSet(
    'Give the item a code, or at least a display.',
    contains({ abstract: true, display: 'Vital signs' }),
    contains({ abstract: true, system: LOINC }),
    'expansion.contains[0]',
  ),
  'vsd-9': valueSet(
    'Give the item a code, or make it abstract.',
    contains({ abstract: true, display: 'Vital signs' }),
    contains({ display: 'Vital signs' }),
    'expansion.contains[0]',
  ),
  'vsd-10': valueSet(
    'Add the system of the code.',
    contains({ system: LOINC, code: '85354-9' }),
    contains({ code: '85354-9' }),
    'expansion.contains[0]',
  ),
};
