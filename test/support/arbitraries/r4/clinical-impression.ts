// ClinicalImpression resources.
import fc from 'fast-check';
import { choice, list, merge, object, pick, repeating } from '../object.js';
import { anyText as text } from '../text.js';
import { plainDate, plainPeriod, uri } from '../values.js';
import { annotation, CLINICAL, concept, identifier } from './datatypes.js';
import { anyReference, readable, reference } from './references.js';
import { ABSENT_REASON, resource } from './resource.js';

/** A finding of ICD-10-GM, which says by a letter how sure it is. */
const lettered = fc.constantFrom('G', 'V', 'Z', 'A', '?').map((code) => ({
  coding: [
    {
      extension: [{ url: 'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit', valueCoding: { code } }],
      system: 'http://fhir.de/CodeSystem/bfarm/icd-10-gm',
      code: 'I63.9',
      display: 'Hirninfarkt',
    },
  ],
}));

const finding = merge(
  pick(
    choice(6, object({ itemCodeableConcept: concept() })),
    choice(1, object({ itemCodeableConcept: lettered }, { itemReference: reference('Condition') })),
    choice(3, object({ itemReference: reference('Condition', 'Observation', 'Media') })),
    choice(1, object({ itemCodeableConcept: concept(), itemReference: reference('Condition') })),
  ),
  object({}, { basis: text(300) }),
);

const item = reference('Observation', 'QuestionnaireResponse', 'DiagnosticReport', 'ImagingStudy', 'Media');
const investigation = object(
  {
    code: pick(
      choice(2, object({ text: text(200) })),
      choice(1, concept([{ system: 'http://snomed.info/sct', code: '271336007', display: 'Examination / signs' }])),
    ),
  },
  { item: list(item) },
);

const absent = fc.constant({ extension: [ABSENT_REASON] });

/** Protocols, and protocols of which one is missing for a reason. */
const protocol = pick(
  choice(4, object({})),
  choice(3, object({ protocol: list(uri()) })),
  choice(1, object({ protocol: fc.tuple(uri(), fc.constant(null)), _protocol: fc.tuple(fc.constant(null), absent) })),
  choice(1, object({ protocol: fc.tuple(fc.constant(null), uri()), _protocol: fc.tuple(absent, fc.constant(null)) })),
);

const summary = pick(
  choice(10, object({ summary: text(5000) })),
  choice(1, object({ _summary: absent })),
  choice(2, object({})),
);

const effective = pick(
  choice(1, object({})),
  choice(2, object({ effectiveDateTime: plainDate() })),
  choice(1, object({ effectivePeriod: plainPeriod() })),
);

const elements = object(
  {
    status: pick(
      choice(15, fc.constantFrom('completed', 'in-progress')),
      choice(15, fc.constant('completed')),
      choice(1, fc.constant('entered-in-error')),
    ),
    subject: readable('Patient', 'Group'),
  },
  {
    identifier: list(identifier()),
    statusReason: concept(),
    code: concept(),
    description: text(2000),
    encounter: reference('Encounter'),
    date: plainDate(),
    assessor: reference('Practitioner', 'PractitionerRole'),
    previous: reference('ClinicalImpression'),
    problem: repeating(list(reference('Condition', 'AllergyIntolerance'))),
    investigation: list(investigation),
    finding: list(finding),
    prognosisCodeableConcept: list(concept(CLINICAL)),
    prognosisReference: list(reference('RiskAssessment')),
    supportingInfo: repeating(list(anyReference())),
    note: list(annotation()),
  },
);

export const ClinicalImpression = resource('ClinicalImpression', merge(elements, summary, effective, protocol));
