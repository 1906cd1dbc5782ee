// The request types of ClinikAPI's TypeScript SDK 0.3.1, written out; the SDK is in no registry.

interface Period {
  start?: string;
  end?: string;
}

interface Coding {
  system?: string;
  code: string;
  display?: string;
}

export interface CreateAssessmentRequest {
  status: 'in-progress' | 'completed';
  statusReason?: string;
  patientId: string;
  encounterId?: string;
  practitionerId?: string;
  code?: string;
  description?: string;
  summary: string;
  findings?: { code?: string; text: string; basis?: string }[];
  note?: string;
  effectiveDateTime?: string;
  date?: string;
  previousAssessmentId?: string;
  problemIds?: string[];
  investigations?: { name: string; itemIds?: string[] }[];
  protocol?: string[];
  prognosis?: { code?: string; text: string }[];
  supportingInfoIds?: string[];
}

export interface CreateEncounterRequest {
  status: 'planned' | 'arrived' | 'triaged' | 'in-progress' | 'onleave' | 'finished' | 'cancelled';
  class: string;
  patientId: string;
  practitionerId?: string;
  participants?: { practitionerId: string; role?: string }[];
  type?: string;
  serviceType?: string;
  priority?: string;
  reasonCode?: string | string[];
  period?: Period;
  lengthMinutes?: number;
  location?: string;
  serviceProvider?: string;
  diagnosis?: { condition: string; use?: string; rank?: number }[];
  appointmentId?: string;
  basedOnId?: string;
  partOfId?: string;
  hospitalization?: {
    admitSource?: string;
    dischargeDisposition?: string;
    reAdmission?: string;
    dietPreference?: string[];
    specialArrangement?: string[];
    destination?: string;
    origin?: string;
  };
}

interface Section {
  title: string;
  text: string;
  code?: string;
  resourceIds?: string[];
  authorId?: string;
  mode?: 'working' | 'snapshot' | 'changes';
  sections?: Section[];
}

export interface CreateDocumentRequest {
  status: 'preliminary' | 'final' | 'amended';
  type: string;
  category?: string[];
  patientId: string;
  encounterId?: string;
  practitionerId: string;
  title: string;
  date?: string;
  confidentiality?: 'N' | 'R' | 'V';
  attester?: { mode: 'personal' | 'professional' | 'legal' | 'official'; time?: string; partyId?: string }[];
  custodianId?: string;
  relatesTo?: { code: 'replaces' | 'transforms' | 'signs' | 'appends'; targetId: string }[];
  event?: { code?: Coding[]; period?: Period; detailIds?: string[] }[];
  sections: Section[];
}

export interface CreateLabRequest {
  status: 'registered' | 'partial' | 'preliminary' | 'final' | 'amended' | 'corrected' | 'appended' | 'cancelled';
  code: string | Coding;
  patientId: string;
  encounterId?: string;
  category?: string;
  effectiveDateTime?: string;
  effectivePeriod?: Period;
  resultIds?: string[];
  conclusion?: string;
  conclusionCodes?: Coding[];
  performer?: string;
  resultsInterpreter?: string;
  specimenIds?: string[];
  presentedForm?: { contentType: string; data?: string; url?: string; title?: string }[];
  basedOn?: string[];
  media?: { comment?: string; linkId: string }[];
}

interface Parameter {
  type: string;
  valueString?: string;
  valueBoolean?: boolean;
  valueInteger?: number;
  valueDate?: string;
  valueDateTime?: string;
  valueReference?: string;
}

export interface CreateTaskRequest {
  status:
    | 'draft'
    | 'requested'
    | 'received'
    | 'accepted'
    | 'rejected'
    | 'ready'
    | 'cancelled'
    | 'in-progress'
    | 'on-hold'
    | 'failed'
    | 'completed';
  intent:
    | 'unknown'
    | 'proposal'
    | 'plan'
    | 'order'
    | 'original-order'
    | 'reflex-order'
    | 'filler-order'
    | 'instance-order'
    | 'option';
  statusReason?: string;
  businessStatus?: string;
  priority?: 'routine' | 'urgent' | 'asap' | 'stat';
  code?: string;
  description?: string;
  focusId?: string;
  patientId?: string;
  encounterId?: string;
  executionPeriod?: Period;
  authoredOn?: string;
  requesterId?: string;
  ownerId?: string;
  reasonCode?: string;
  note?: string;
  basedOn?: string[];
  partOf?: string[];
  input?: Parameter[];
  output?: Parameter[];
  restriction?: { repetitions?: number; period?: Period; recipientIds?: string[] };
}

/** What PATCH takes of each, all of it optional. */
export type UpdateAssessmentRequest = Partial<
  Pick<
    CreateAssessmentRequest,
    'status' | 'statusReason' | 'summary' | 'description' | 'findings' | 'note' | 'investigations' | 'prognosis'
  >
>;

export type UpdateEncounterRequest = Partial<
  Pick<
    CreateEncounterRequest,
    | 'status'
    | 'class'
    | 'type'
    | 'serviceType'
    | 'priority'
    | 'reasonCode'
    | 'period'
    | 'lengthMinutes'
    | 'location'
    | 'serviceProvider'
    | 'diagnosis'
  >
> & { hospitalization?: Omit<NonNullable<CreateEncounterRequest['hospitalization']>, 'origin'> };

export type UpdateDocumentRequest = Partial<
  Pick<CreateDocumentRequest, 'status' | 'title' | 'sections' | 'confidentiality' | 'attester'>
>;

export type UpdateLabRequest = Partial<
  Pick<
    CreateLabRequest,
    | 'status'
    | 'conclusion'
    | 'conclusionCodes'
    | 'resultIds'
    | 'resultsInterpreter'
    | 'presentedForm'
    | 'effectiveDateTime'
    | 'effectivePeriod'
  >
>;

export type UpdateTaskRequest = Partial<
  Pick<
    CreateTaskRequest,
    | 'status'
    | 'statusReason'
    | 'businessStatus'
    | 'priority'
    | 'description'
    | 'ownerId'
    | 'executionPeriod'
    | 'note'
    | 'output'
  >
>;
