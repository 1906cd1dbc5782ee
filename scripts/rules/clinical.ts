import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, onEach } from './entry.js';

const THO = 'http://terminology.hl7.org/CodeSystem';
const coded = (system: string, code: string): JsonObject => ({ coding: [{ system: `${THO}/${system}`, code }] });
const active = coded('allergyintolerance-clinical', 'active');
const recurring = coded('condition-clinical', 'active');
const mistaken = coded('condition-ver-status', 'entered-in-error');
const loinc = (code: string): JsonObject => ({ coding: [{ system: 'http://loinc.org', code }] });

const allergy = onEach('AllergyIntolerance');
const careTeam = onEach('CareTeam');
const composition = onEach('Composition');
const condition = onEach('Condition');
const history = onEach('FamilyMemberHistory');
const observation = onEach('Observation', { status: 'final', code: loinc('85354-9') });
const sequence = onEach('MolecularSequence');
const risk = onEach('RiskAssessment', { status: 'final' });
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">Penicillin</div>';

const percent = (value: number): JsonObject => ({ value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' });
const member = (resourceType: string, more: JsonObject = {}): JsonObject => ({
  contained: [{ resourceType, id: 'lee', ...more }],
  participant: [{ member: { reference: '#lee' }, onBehalfOf: { reference: 'Organization/clinic' } }],
});

/** The invariants of clinical resources. */
export const clinical: Entries = {
  'ait-1': allergy(
    'Add the clinicalStatus (active, inactive, resolved); without one, verificationStatus is entered-in-error.',
    { clinicalStatus: active },
    {},
  ),
  'ait-2': allergy(
    'Take the clinicalStatus away: what was entered in error has none.',
    { verificationStatus: coded('allergyintolerance-verification', 'entered-in-error') },
    { clinicalStatus: active, verificationStatus: coded('allergyintolerance-verification', 'entered-in-error') },
  ),
  'cpl-3': onEach('CarePlan')(
    'Keep the reference or the detail of the activity.',
    { activity: [{ detail: { status: 'scheduled', description: 'Physiotherapy' } }] },
    {
      activity: [
        {
          reference: { reference: 'ServiceRequest/physiotherapy' },
          detail: { status: 'scheduled', description: 'Physiotherapy' },
        },
      ],
    },
    'activity[0]',
  ),
  'ctm-1': careTeam(
    'Take onBehalfOf away, or make the member the Practitioner who acts for the organization.',
    member('Practitioner'),
    member('Organization', { name: 'Clinic' }),
    'participant[0]',
  ),
  'cmp-1': composition(
    'Give the section a text, entries or sections; with none of it, give it a text that says so, or take it out.',
    { section: [{ title: 'Allergies', text: { status: 'generated', div: DIV } }] },
    { section: [{ title: 'Allergies' }] },
    'section[0]',
  ),
  'cmp-2': composition(
    'Take emptyReason away where there are entries.',
    { section: [{ title: 'Allergies', entry: [{ reference: 'AllergyIntolerance/1' }] }] },
    {
      section: [
        {
          title: 'Allergies',
          emptyReason: { text: 'none known' },
          entry: [{ reference: 'AllergyIntolerance/1' }],
        },
      ],
    },
    'section[0]',
  ),
  'con-1': condition(
    'Give the stage a summary, or the assessments that it follows from.',
    { stage: [{ summary: { text: 'Stage II' } }] },
    { stage: [{ type: { text: 'pathological' } }] },
    'stage[0]',
  ),
  'con-2': condition(
    'Give the evidence a code or a detail.',
    { evidence: [{ code: [{ text: 'Fever' }] }] },
    { evidence: [{ extension: [{ url: 'http://example.org/seen', valueBoolean: true }] }] },
    'evidence[0]',
  ),
  'con-3': condition(
    'Add the clinicalStatus to a problem of the problem list.',
    { category: [coded('condition-category', 'problem-list-item')], clinicalStatus: recurring },
    { category: [coded('condition-category', 'problem-list-item')] },
  ),
  'con-4': condition(
    'Make the clinicalStatus inactive, remission or resolved, or take the abatement away.',
    { clinicalStatus: coded('condition-clinical', 'resolved'), abatementDateTime: '2024-05-01' },
    { clinicalStatus: recurring, abatementDateTime: '2024-05-01' },
  ),
  'con-5': condition(
    'Take the clinicalStatus away: what was entered in error has none.',
    { verificationStatus: mistaken },
    { clinicalStatus: recurring, verificationStatus: mistaken },
  ),
  'fhs-1': history(
    'Keep the age or the birth.',
    { ageString: 'about 60' },
    { bornDate: '1960', ageString: 'about 60' },
  ),
  'fhs-2': history(
    'Add the age that is estimated, or take estimatedAge away.',
    { ageString: 'about 60', estimatedAge: true },
    { estimatedAge: true },
  ),
  'gol-1': onEach('Goal')(
    'Say in measure what the detail is a value of.',
    { target: [{ measure: { text: 'Body weight' }, detailQuantity: { value: 80, unit: 'kg' } }] },
    { target: [{ detailQuantity: { value: 80, unit: 'kg' } }] },
    'target[0]',
  ),
  'imm-1': onEach('Immunization')(
    'Name the material in documentType, or point at it with reference.',
    { education: [{ documentType: 'Leaflet 12', presentationDate: '2024-05-01' }] },
    { education: [{ presentationDate: '2024-05-01' }] },
    'education[0]',
  ),
  'imr-1': onEach('ImmunizationRecommendation')(
    'Say which vaccine, or which disease, the recommendation is about.',
    { recommendation: [{ targetDisease: { text: 'Measles' }, forecastStatus: { text: 'due' } }] },
    { recommendation: [{ forecastStatus: { text: 'due' } }] },
    'recommendation[0]',
  ),
  'mad-1': onEach('MedicationAdministration')(
    'Add the dose or the rate; the text alone does not do.',
    { dosage: { text: 'one tablet', dose: { value: 1, unit: 'tablet' } } },
    { dosage: { text: 'one tablet' } },
    'dosage',
  ),
  'mdd-1': onEach('MedicationDispense')(
    'Correct the times: what is handed over was prepared before.',
    { whenPrepared: '2024-05-01T10:00:00Z', whenHandedOver: '2024-05-01T11:00:00Z' },
    { whenPrepared: '2024-05-01T11:00:00Z', whenHandedOver: '2024-05-01T10:00:00Z' },
  ),
  'msq-3': sequence(
    'Write 0 where the first base has the number 0, else 1.',
    { coordinateSystem: 0 },
    { coordinateSystem: 2 },
  ),
  'msq-5': sequence(
    'Give the chromosome and the genome build together, or neither.',
    { referenceSeq: { chromosome: { text: '7' }, genomeBuild: 'GRCh38' } },
    { referenceSeq: { chromosome: { text: '7' }, referenceSeqString: 'ACGT' } },
    'referenceSeq',
  ),
  'msq-6': sequence(
    'Keep one of genomeBuild, referenceSeqId, referenceSeqPointer and referenceSeqString.',
    { referenceSeq: { referenceSeqId: { text: 'NC_000007.14' } } },
    { referenceSeq: { referenceSeqId: { text: 'NC_000007.14' }, referenceSeqString: 'ACGT' } },
    'referenceSeq',
  ),
  'nor-1': onEach('NutritionOrder')(
    'Order an oral diet, a supplement or an enteral formula.',
    { oralDiet: { instruction: 'Low salt' } },
    {},
  ),
  'obs-3': observation(
    'Give the range a low end, a high end or a text.',
    { referenceRange: [{ text: '3.5 to 5.1', type: { text: 'normal' } }] },
    { referenceRange: [{ type: { text: 'normal' } }] },
    'referenceRange[0]',
  ),
  'obs-6': observation(
    'Keep the value, or the reason why there is none.',
    { dataAbsentReason: { text: 'not performed' } },
    { valueString: 'negative', dataAbsentReason: { text: 'not performed' } },
  ),
  'obs-7': observation(
    'Keep the value in the component or in the Observation, or give the component the code of what it is.',
    { component: [{ code: loinc('85354-9'), valueString: '120/80' }] },
    { valueString: '120/80', component: [{ code: loinc('85354-9'), valueString: '120/80' }] },
  ),
  'prr-1': onEach('ServiceRequest')(
    'Say in code what is asked for; orderDetail only tells more of it.',
    { code: { text: 'Urinary catheter' }, orderDetail: [{ text: 'Foley' }] },
    { orderDetail: [{ text: 'Foley' }] },
  ),
  'rqg-1': onEach('RequestGroup')(
    'Give the action a resource or actions below it, one of the two.',
    { action: [{ title: 'X-ray', resource: { reference: 'ServiceRequest/x-ray' } }] },
    { action: [{ title: 'X-ray' }] },
    'action[0]',
  ),
  'ras-1': risk(
    'Give both ends of the range the code % of UCUM.',
    { prediction: [{ probabilityRange: { low: percent(10), high: percent(20) } }] },
    { prediction: [{ probabilityRange: { low: { value: 0.1 }, high: { value: 0.2 } } }] },
    'prediction[0].probability',
  ),
  'ras-2': risk(
    'Write the probability as a percentage of at most 100.',
    { prediction: [{ probabilityDecimal: 12.5 }] },
    { prediction: [{ probabilityDecimal: 125 }] },
    'prediction[0]',
  ),
};
