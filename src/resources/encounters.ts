import type {
  Encounter,
  EncounterDiagnosis as FhirDiagnosis,
  EncounterHospitalization as FhirHospitalization,
} from 'fhir/r4.js';
import { absentReason, isAbsent } from '../fhir/dataAbsent.js';
import { status } from '../fhir/datatypes/code.js';
import { bareCoding } from '../fhir/datatypes/coding.js';
import { concept, hasWordsWithin, isTelling } from '../fhir/datatypes/concept.js';
import { minutes } from '../fhir/datatypes/duration.js';
import { positiveInt } from '../fhir/datatypes/number.js';
import { type PayloadPeriod, period } from '../fhir/datatypes/period.js';
import { nameOrReference, reference } from '../fhir/datatypes/reference.js';
import type { FhirScope } from '../fhir/scope.js';
import {
  actEncounterCode,
  actPriority,
  admitSource,
  diagnosisRole,
  diet,
  dischargeDisposition,
  encounterClasses,
  reAdmission,
  specialArrangements,
} from '../fhir/terminology/codeSystems.js';
import { first } from '../lens/first.js';
import { group } from '../lens/group.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import { oneOrMany } from '../lens/oneOrMany.js';
import { currentLocation } from './encounters/location.js';
import { type EncounterParticipant, participants } from './encounters/participants.js';
import { lensOf } from './lens.js';
import { rulesFor } from './table.js';
import { certainWords } from './targets/certain.js';
import { condition } from './targets/condition.js';
import { reasonsFromReferences } from './targets/reasons.js';

export type { EncounterParticipant } from './encounters/participants.js';

/** An item of `diagnosis` as ClinikAPI's OpenAPI file takes it. */
interface EncounterDiagnosisInput {
  /** A code or a description, such as `I10` or `Essential hypertension`. FHIR: `Encounter.diagnosis.condition`. */
  condition?: string;
  /** What part it played: a code of diagnosis-role, such as `AD`, or words. FHIR: `Encounter.diagnosis.use`. */
  use?: string;
  /** Its place among those of the same use; 1 is the first. FHIR: `Encounter.diagnosis.rank`. */
  rank?: number;
}

/** An item of `diagnosis`. `condition` is missing only where toFhir was given one without it. */
export interface EncounterDiagnosis extends EncounterDiagnosisInput {
  /** A code or a description, such as `I10` or `Essential hypertension`. FHIR: `Encounter.diagnosis.condition`. */
  condition: string;
}

/** The stay of an inpatient. */
export interface EncounterHospitalization {
  /**
   * From where the patient was admitted, such as by transfer: a code of admit-source, such as `emd`, or words.
   * FHIR: `Encounter.hospitalization.admitSource`.
   */
  admitSource?: string;
  /**
   * Where the patient went afterwards: a code of discharge-disposition, such as `home`, or words.
   * FHIR: `Encounter.hospitalization.dischargeDisposition`.
   */
  dischargeDisposition?: string;
  /**
   * What kind of readmission it was, if it was one: `R`, or words.
   * FHIR: `Encounter.hospitalization.reAdmission`.
   */
  reAdmission?: string;
  /**
   * What the patient asks for at meals: codes of diet, such as `vegan`, or words.
   * FHIR: `Encounter.hospitalization.dietPreference`.
   */
  dietPreference?: string[];
  /**
   * What else was arranged: codes of encounter-special-arrangements, such as `wheel`, or words.
   * FHIR: `Encounter.hospitalization.specialArrangement`.
   */
  specialArrangement?: string[];
  /**
   * The name of the place that the patient went to, or a reference (`Location/loc_1`, `Organization/org_1`).
   * FHIR: `Encounter.hospitalization.destination`.
   */
  destination?: string;
  /**
   * The name of the place that the patient came from, or a reference (`Location/loc_1`, `Organization/org_1`).
   * FHIR: `Encounter.hospitalization.origin`.
   */
  origin?: string;
}

/** What both forms of the create payload have. */
interface EncounterFields {
  /** How far the encounter has come; a resource with any other status is refused. FHIR: `Encounter.status`. */
  status: 'planned' | 'arrived' | 'triaged' | 'in-progress' | 'onleave' | 'finished' | 'cancelled';
  /**
   * The setting: a code of v3-ActCode such as `AMB`, `IMP`, `EMER`, `HH` or `VR`, or another one.
   * FHIR: `Encounter.class`.
   */
  class: string;
  /** The id of the patient who was seen. FHIR: `Encounter.subject`. */
  patientId: string;
  /** The id of the responsible practitioner. FHIR: `Encounter.participant.individual`. */
  practitionerId?: string;
  /** The others who took part. FHIR: `Encounter.participant`. */
  participants?: EncounterParticipant[];
  /** The kind of encounter, in words. At most 200 characters. FHIR: `Encounter.type`. */
  type?: string;
  /** The kind of service, in words. At most 200 characters. FHIR: `Encounter.serviceType`. */
  serviceType?: string;
  /**
   * The urgency: a code of v3-ActPriority, such as `EM`, or words. At most 50 characters.
   * FHIR: `Encounter.priority`.
   */
  priority?: string;
  /**
   * Why it took place, in words; a list for several reasons. Each at most 500 characters.
   * FHIR: `Encounter.reasonCode`.
   */
  reasonCode?: string | string[];
  /** When it started and ended: date-times with their offset. FHIR: `Encounter.period`. */
  period?: PayloadPeriod;
  /** How long it took, without leaves. At most 10080 minutes. FHIR: `Encounter.length`. */
  lengthMinutes?: number;
  /**
   * The name of the place where it is, or was last, or a reference (`Location/loc_1`). At most 200 characters.
   * FHIR: `Encounter.location`.
   */
  location?: string;
  /**
   * The name of the organization that answers for it, or a reference (`Organization/org_1`). At most 200 characters.
   * FHIR: `Encounter.serviceProvider`.
   */
  serviceProvider?: string;
  /**
   * The diagnoses that matter to it; an item may be without a condition. At most 20 items.
   * FHIR: `Encounter.diagnosis`.
   */
  diagnosis?: EncounterDiagnosisInput[];
  /** The id of the appointment that led to it. FHIR: `Encounter.appointment`. */
  appointmentId?: string;
  /** The id of the service request that led to it. FHIR: `Encounter.basedOn`. */
  basedOnId?: string;
  /** The id of the encounter that it is a part of. FHIR: `Encounter.partOf`. */
  partOfId?: string;
  /** The stay of an inpatient. FHIR: `Encounter.hospitalization`. */
  hospitalization?: EncounterHospitalization;
}

/** The create payload of `/v1/encounters`, as ClinikAPI's SDK types it. */
export interface EncounterPayload extends EncounterFields {
  /** The diagnoses that matter to it. At most 20 items. FHIR: `Encounter.diagnosis`. */
  diagnosis?: EncounterDiagnosis[];
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface EncounterInput extends EncounterFields {
  /**
   * ClinikAPI's id of the record, as its flat shape carries it.
   * FHIR: `Encounter.id`, or `Encounter.identifier` where FHIR does not allow it as an id.
   */
  id?: string;
}

const { field, spread } = rulesFor<EncounterInput, Encounter>();
const ofDiagnosis = rulesFor<EncounterDiagnosisInput, FhirDiagnosis>();
const ofHospitalization = rulesFor<EncounterHospitalization, FhirHospitalization>();

const diagnosis = object<EncounterDiagnosisInput, FhirDiagnosis, FhirScope>(
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
  ofHospitalization.field('admitSource', 'admitSource', concept(undefined, admitSource)),
  ofHospitalization.field('reAdmission', 'reAdmission', concept(undefined, reAdmission)),
  ofHospitalization.field('dietPreference', 'dietPreference', list(concept(undefined, diet))),
  ofHospitalization.field('specialArrangement', 'specialArrangement', list(concept(undefined, specialArrangements))),
  ofHospitalization.field('destination', 'destination', place),
  ofHospitalization.field('dischargeDisposition', 'dischargeDisposition', concept(undefined, dischargeDisposition)),
]);

/** `/v1/encounters` ⇄ Encounter (https://hl7.org/fhir/R4/encounter.html). */
export const encountersLens = lensOf<EncounterInput, EncounterPayload, Encounter>({
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
    field('class', 'class', bareCoding(actEncounterCode, { equivalents: encounterClasses }), { required: true }),
    field(
      'type',
      'type',
      first(certainWords(concept(200)), {
        prefer: [hasWordsWithin(200), isTelling],
        rule: 'of several, the first with words that fit, else with a system',
      }),
    ),
    field('serviceType', 'serviceType', certainWords(concept(200))),
    field('priority', 'priority', concept(50, actPriority)),
    field('patientId', 'subject', reference('Patient'), { required: true }),
    field('basedOnId', 'basedOn', first(reference('ServiceRequest'))),
    spread(['practitionerId', 'participants'], 'participant', participants()),
    field('appointmentId', 'appointment', first(reference('Appointment'))),
    field('period', 'period', period()),
    field('lengthMinutes', 'length', minutes(10080)),
    group(
      [
        field('reasonCode', 'reasonCode', oneOrMany(certainWords(concept(500))), {
          displaces: ['reasonReference'],
          note: 'else the words that reasonReference leads to, as a diagnosis has them, but no code',
        }),
      ],
      reasonsFromReferences(500),
    ),
    field('diagnosis', 'diagnosis', list(diagnosis, { max: 20 })),
    field('hospitalization', 'hospitalization', hospitalization),
    field('location', 'location', currentLocation(nameOrReference(['Location'], 200))),
    field('serviceProvider', 'serviceProvider', nameOrReference(['Organization'], 200)),
    field('partOfId', 'partOf', reference('Encounter')),
  ],
});
