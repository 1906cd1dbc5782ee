import type { JsonObject } from '../../../src/lens/json.js';
import { mutants, provoked, valuesIn } from '../../../test/support/mutants.js';
import { existing, type Fault, inNode, ofType, raw, values } from '../fault.js';
import type { Node } from '../places.js';

const UCUM = 'http://unitsofmeasure.org';
const HL7 = 'http://hl7.org/fhir/StructureDefinition';

/** Whatever comes, up to four times: places that are deleted, repeated, renamed or swapped, and values that rules look at. */
const anything: Fault = ({ resource, dice }) => mutants([resource], 1, dice.pick(SEEDS) ?? 1)[0];
const SEEDS: readonly number[] = Array.from({ length: 100_000 }, (_, index) => index);

const known = new WeakMap<readonly JsonObject[], ReturnType<typeof valuesIn>>();

function valuesOf(others: readonly JsonObject[]): ReturnType<typeof valuesIn> {
  const made = known.get(others) ?? valuesIn(others);
  known.set(others, made);
  return made;
}

const profile = (name: string): Fault =>
  inNode(
    ({ isResource }) => isResource,
    [
      ({ object }: Node) => {
        object.meta = { profile: [`${HL7}/${name}`] };
      },
    ],
  );

const questionnaire =
  (item: readonly unknown[]): Fault =>
  ({ dice }) => ({
    resourceType: 'QuestionnaireResponse',
    status: dice.pick(['completed', 'in-progress']),
    questionnaire: '#q',
    contained: [
      {
        resourceType: 'Questionnaire',
        id: 'q',
        status: 'draft',
        item: [{ linkId: '1', type: 'string', required: true }],
      },
    ],
    item: [dice.pick(item)],
  });

export const otherFaults: Readonly<Record<string, Fault>> = {
  'an element that an invariant asks for': ({ resource, dice, others }) =>
    provoked(resource, valuesOf(others), dice.pick(SEEDS) ?? 1),
  'anything at all': anything,
  'anything at all, again': anything,
  'an Attachment': values(ofType('Attachment'), [
    { contentType: 'text/plain', data: 'YWJj', size: 99 },
    { contentType: 'text/plain', data: 'YWJj', size: 3 },
    { contentType: 'text/plain', data: 'YWJj', hash: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=' },
    { contentType: 'text/plain', data: 'YWJj', hash: 'YWJj' },
    { contentType: 'text/plain', data: 'YWJj', hash: 'x' },
    { data: 'YWJj' },
    { url: 'http://x.example/a', size: 99 },
    { contentType: 'text/plain', url: 'x y' },
    { contentType: 'text/plain', data: 'YWJj', size: raw('3.0') },
    { title: 'x' },
  ]),
  'a Period': values(ofType('Period'), [
    { start: '2020-01-02', end: '2020-01-01' },
    { start: '2020-01-01', end: '2020-01-01' },
    { start: '2020', end: '2020-01-01' },
    { start: '2012-02-03T10:00:00Z', end: '2012-02-03' },
    { start: '2020-01-01T00:00:00+14:00', end: '2019-12-31T23:00:00Z' },
    { start: '2020-01-02T00:00:00Z', end: '2020-01-01T23:00:00-05:00' },
    { end: '2020' },
    { start: 'x' },
  ]),
  'a Range or Ratio': values(ofType('Range', 'Ratio'), [
    { low: { value: 2 }, high: { value: 1 } },
    { low: { value: 1 }, high: { value: 2 } },
    { low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'g' } },
    { low: { value: 1, unit: 'mg' }, high: { value: 2, system: UCUM, code: 'mg' } },
    { low: { value: 1, system: UCUM, code: 'mg' }, high: { value: 2, system: UCUM, code: 'g' } },
    { low: { value: 3, system: UCUM, code: 'mg' }, high: { value: 2, system: UCUM, code: 'mg' } },
    { low: { unit: 'mg' }, high: { value: 2 } },
    { low: { value: 1, comparator: '<' } },
    { numerator: { value: 1 } },
    { numerator: { value: 1 }, denominator: { value: 2 } },
  ]),
  'a ContactPoint, HumanName or Money': values(ofType('ContactPoint', 'HumanName', 'Money', 'Address'), [
    { value: '1' },
    { system: 'phone', value: '1', rank: 1 },
    { system: 'zzz', value: '1' },
    { text: 'x' },
    { value: 1.5, currency: 'EUR' },
    { value: 1, currency: 'ZZZ' },
    { use: 'home' },
  ]),
  'a Timing or Dosage': values(ofType('Timing', 'Dosage'), [
    { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
    { repeat: { duration: 1 } },
    { repeat: { period: -1, periodUnit: 'd' } },
    { repeat: { offset: 1 } },
    { repeat: { when: ['C'], offset: 1 } },
    { repeat: { timeOfDay: ['10:00:00'], when: ['MORN'] } },
    { repeat: { frequency: 1, when: ['MORN'] } },
    { event: ['2020'] },
    { text: 'x' },
    { asNeededBoolean: true, asNeededCodeableConcept: { text: 'x' } },
  ]),
  'a time in an instant of the resource': inNode(
    ({ isResource }) => isResource,
    [
      ...['2016-12-31T23:59:60Z', '2020-02-07', '2020-02-07T13:28:17.123456Z', '2020-02-07T13:28:17'].map(
        (lastUpdated) =>
          ({ object }: Node) => {
            object.meta = { lastUpdated };
          },
      ),
    ],
  ),
};

/** What only a profile, a Questionnaire or another definition decides; R4's own text says little of it. */
export const rareFaults: Readonly<Record<string, Fault>> = {
  'a profile of HL7': (scene) =>
    profile(scene.dice.pick(['bmi', 'vitalsigns', 'heartrate', 'cholesterol', 'nothing', 'Patient', 'Group']) ?? 'bmi')(
      scene,
    ),
  'a Questionnaire that is contained': (scene) =>
    scene.dice.pick([
      questionnaire([{ linkId: '2', answer: [{ valueString: 'x' }] }]),
      questionnaire([{ linkId: '1', answer: [{ valueString: 'x' }] }]),
      questionnaire([{ linkId: '1', answer: [{ valueBoolean: true }] }]),
      questionnaire([{ linkId: '1' }]),
      questionnaire([{ linkId: '1', answer: [{ valueString: 'x' }, { valueString: 'y' }] }]),
    ])?.(scene),
  'what a definition holds': existing(
    (name, type, _, { structure }) =>
      (name === 'expression' || name === 'url' || name === 'path') &&
      (type === 'string' || type === 'uri') &&
      !structure.path.startsWith('Extension'),
    ['((', 'x', 'true', 'http://x.example/x', 'a.b.c'],
  ),
};
