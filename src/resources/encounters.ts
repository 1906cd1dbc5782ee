import type {
  Encounter,
  EncounterDiagnosis as FhirDiagnosis,
  EncounterHospitalization as FhirHospitalization,
} from 'fhir/r4.js';
import { absentReason, isAbsent } from '../fhir/dataAbsent.js';
import { status } from '../fhir/datatypes/code.js';
import { bareCoding } from '../fhir/datatypes/coding.js';
import { concept } from '../fhir/datatypes/concept.js';
import { minutes } from '../fhir/datatypes/duration.js';
import { positiveInt } from '../fhir/datatypes/number.js';
import { type PayloadPeriod, period } from '../fhir/datatypes/period.js';
import { nameOrReference, reference } from '../fhir/datatypes/reference.js';
import type { FhirScope } from '../fhir/scope.js';
import { actEncounterCode, actPriority, diagnosisRole } from '../fhir/terminology/codeSystems.js';
import { first } from '../lens/first.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import { oneOrMany } from '../lens/oneOrMany.js';
import { condition } from './encounters/condition.js';
import { currentLocation } from './encounters/location.js';
import { type EncounterParticipant, participants } from './encounters/participants.js';
import { resourceLens } from './lens.js';
import { rulesFor } from './table.js';

export type { EncounterParticipant } from './encounters/participants.js';

/** A diagnosis. `condition` is missing only where toFhir was given one without it. */
export interface EncounterDiagnosis {
  condition: string;
  use?: string;
  rank?: number;
}

export interface EncounterHospitalization {
  admitSource?: string;
  dischargeDisposition?: string;
  reAdmission?: string;
  dietPreference?: string[];
  specialArrangement?: string[];
  destination?: string;
  origin?: string;
}

/** The create payload of `/v1/encounters`, as ClinikAPI's SDK types it. */
export interface EncounterPayload {
  status: 'planned' | 'arrived' | 'triaged' | 'in-progress' | 'onleave' | 'finished' | 'cancelled';
  class: string;
  patientId: string;
  practitionerId?: string;
  participants?: EncounterParticipant[];
  type?: string;
  serviceType?: string;
  priority?: string;
  reasonCode?: string | string[];
  period?: PayloadPeriod;
  lengthMinutes?: number;
  location?: string;
  serviceProvider?: string;
  diagnosis?: EncounterDiagnosis[];
  appointmentId?: string;
  basedOnId?: string;
  partOfId?: string;
  hospitalization?: EncounterHospitalization;
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface EncounterInput extends Omit<EncounterPayload, 'diagnosis'> {
  id?: string;
  diagnosis?: Partial<EncounterDiagnosis>[];
}

const { field, spread } = rulesFor<EncounterInput, Encounter>();
const ofDiagnosis = rulesFor<Partial<EncounterDiagnosis>, FhirDiagnosis>();
const ofHospitalization = rulesFor<EncounterHospitalization, FhirHospitalization>();

const diagnosis = object<Partial<EncounterDiagnosis>, FhirDiagnosis, FhirScope>(
  [
    ofDiagnosis.field('condition', 'condition', condition(), {
      expected: true,
      absent: { write: () => ({ condition: absentReason() }), marks: (element) => isAbsent(element.condition) },
    }),
    ofDiagnosis.field('use', 'use', concept(undefined, diagnosisRole)),
    ofDiagnosis.field('rank', 'rank', positiveInt()),
  ],
  { identity: (value) => [value.condition] },
);

const place = nameOrReference(['Location', 'Organization']);

const hospitalization = object<EncounterHospitalization, FhirHospitalization, FhirScope>([
  ofHospitalization.field('origin', 'origin', place),
  ofHospitalization.field('admitSource', 'admitSource', concept()),
  ofHospitalization.field('reAdmission', 'reAdmission', concept()),
  ofHospitalization.field('dietPreference', 'dietPreference', list(concept())),
  ofHospitalization.field('specialArrangement', 'specialArrangement', list(concept())),
  ofHospitalization.field('destination', 'destination', place),
  ofHospitalization.field('dischargeDisposition', 'dischargeDisposition', concept()),
]);

/** `/v1/encounters` ⇄ Encounter (https://hl7.org/fhir/R4/encounter.html). */
export const encounters = resourceLens<EncounterInput, EncounterPayload, Encounter>({
  resourceType: 'Encounter',
  path: 'encounters',
  updatable: [
    'status',
    'class',
    'type',
    'serviceType',
    'priority',
    'reasonCode',
    'period',
    'lengthMinutes',
    'location',
    'serviceProvider',
    'diagnosis',
    'hospitalization',
  ],
  updatableExcept: ['hospitalization.origin'],
  rules: [
    field(
      'status',
      'status',
      status(['planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled']),
      { required: true },
    ),
    field('class', 'class', bareCoding(actEncounterCode), { required: true }),
    field('type', 'type', first(concept(200))),
    field('serviceType', 'serviceType', concept(200)),
    field('priority', 'priority', concept(50, actPriority)),
    field('patientId', 'subject', reference('Patient'), { required: true }),
    field('basedOnId', 'basedOn', first(reference('ServiceRequest'))),
    spread(['practitionerId', 'participants'], 'participant', participants()),
    field('appointmentId', 'appointment', first(reference('Appointment'))),
    field('period', 'period', period()),
    field('lengthMinutes', 'length', minutes(10080)),
    field('reasonCode', 'reasonCode', oneOrMany(concept(500))),
    field('diagnosis', 'diagnosis', list(diagnosis, { max: 20 })),
    field('hospitalization', 'hospitalization', hospitalization),
    field('location', 'location', currentLocation(nameOrReference(['Location'], 200))),
    field('serviceProvider', 'serviceProvider', nameOrReference(['Organization'], 200)),
    field('partOfId', 'partOf', reference('Encounter')),
  ],
});
