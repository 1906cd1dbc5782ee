import type { Composition, CompositionAttester, CompositionEvent, CompositionRelatesTo } from 'fhir/r4.js';
import { absentReason, isAbsent } from '../fhir/dataAbsent.js';
import { code, status } from '../fhir/datatypes/code.js';
import { type CodingInput, conceptCoding, type PayloadCoding } from '../fhir/datatypes/coding.js';
import { concept } from '../fhir/datatypes/concept.js';
import { dateTime, plainDate } from '../fhir/datatypes/dateTime.js';
import { type PayloadPeriod, plainPeriod } from '../fhir/datatypes/period.js';
import { anyReference, reference } from '../fhir/datatypes/reference.js';
import { text } from '../fhir/datatypes/text.js';
import type { FhirScope } from '../fhir/scope.js';
import { documentTypes, SYSTEM } from '../fhir/terminology/codeSystems.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import { firstPractitioner } from './documents/authors.js';
import { followSubject } from './documents/focus.js';
import { type DocumentSection, type DocumentSectionInput, section, sectionDefinitions } from './documents/sections.js';
import { lensOf } from './lens.js';
import { rulesFor } from './table.js';
import { certainCode } from './targets/certain.js';

export type { DocumentSection, DocumentSectionInput, DocumentSubsectionInput } from './documents/sections.js';

/** An item of `attester`. */
export interface DocumentAttester {
  /** In which capacity the document is attested. FHIR: `Composition.attester.mode`. */
  mode: 'personal' | 'professional' | 'legal' | 'official';
  /** When: a date-time with its offset. FHIR: `Composition.attester.time`. */
  time?: string;
  /** The id of the practitioner who attests it. FHIR: `Composition.attester.party`. */
  partyId?: string;
}

/** An item of `relatesTo`. */
export interface DocumentRelation {
  /** What this document does to the other one. FHIR: `Composition.relatesTo.code`. */
  code: 'replaces' | 'transforms' | 'signs' | 'appends';
  /** The id of the other document. FHIR: `Composition.relatesTo.targetReference`. */
  targetId: string;
}

/** An item of `event` as ClinikAPI's OpenAPI file takes it. */
export interface DocumentEventInput {
  /** Codes of the service, of v3-ActCode before others; one may be without its code. FHIR: `Composition.event.code`. */
  code?: CodingInput[];
  /** When it took place: dates or date-times, which may be partial. FHIR: `Composition.event.period`. */
  period?: PayloadPeriod;
  /** Ids of the records of it, bare or with their type in front. FHIR: `Composition.event.detail`. */
  detailIds?: string[];
}

/** An item of `event`: a service that the document is about. */
export interface DocumentEvent extends DocumentEventInput {
  /** Codes of the service, of v3-ActCode before others. FHIR: `Composition.event.code`. */
  code?: PayloadCoding[];
}

/** What both forms of the create payload have. */
interface DocumentFields {
  /** How far the document has come; a resource with any other status is refused. FHIR: `Composition.status`. */
  status: 'preliminary' | 'final' | 'amended';
  /**
   * The kind of document, such as `discharge-summary`: a name that has a LOINC code, or words. At most 100 characters.
   * FHIR: `Composition.type`.
   */
  type: string;
  /** Wider kinds that it belongs to, in words. Each at most 200 characters. FHIR: `Composition.category`. */
  category?: string[];
  /** The id of the patient that it is about. FHIR: `Composition.subject`. */
  patientId: string;
  /** The id of the encounter that it is about. FHIR: `Composition.encounter`. */
  encounterId?: string;
  /** The id of the practitioner who wrote it. FHIR: `Composition.author`. */
  practitionerId: string;
  /** Its title. At most 500 characters. FHIR: `Composition.title`. */
  title: string;
  /**
   * When it was written: a date or a date-time. ClinikAPI fills in the day of the upload where there is none.
   * FHIR: `Composition.date`.
   */
  date?: string;
  /**
   * Normal, restricted or very restricted. ClinikAPI fills in `N` where there is none.
   * FHIR: `Composition.confidentiality`.
   */
  confidentiality?: 'N' | 'R' | 'V';
  /** Who attested it. FHIR: `Composition.attester`. */
  attester?: DocumentAttester[];
  /** The id of the organization that keeps it. FHIR: `Composition.custodian`. */
  custodianId?: string;
  /** Other documents, and what this one does to them. FHIR: `Composition.relatesTo`. */
  relatesTo?: DocumentRelation[];
  /** The services that it is about. FHIR: `Composition.event`. */
  event?: DocumentEventInput[];
  /** What it says. 1 to 50 items. FHIR: `Composition.section`. */
  sections: DocumentSectionInput[];
}

/**
 * The create payload of `/v1/documents`, as ClinikAPI's SDK types it. What an item lacks all the same is missing only where toFhir was
 * given it so.
 */
export interface DocumentPayload extends DocumentFields {
  /** The services that it is about. FHIR: `Composition.event`. */
  event?: DocumentEvent[];
  /** What it says. 1 to 50 items. FHIR: `Composition.section`. */
  sections: DocumentSection[];
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface DocumentInput extends DocumentFields {
  /**
   * ClinikAPI's id of the record, as its flat shape carries it.
   * FHIR: `Composition.id`, or `Composition.identifier` where FHIR does not allow it as an id.
   */
  id?: string;
}

const { field } = rulesFor<DocumentInput, Composition>();
const ofAttester = rulesFor<DocumentAttester, CompositionAttester>();
const ofRelation = rulesFor<DocumentRelation, CompositionRelatesTo>();
const ofEvent = rulesFor<DocumentEventInput, CompositionEvent>();

const attester = object<DocumentAttester, CompositionAttester, FhirScope>(
  [
    ofAttester.field('mode', 'mode', code(['personal', 'professional', 'legal', 'official']), { required: true }),
    ofAttester.field('time', 'time', dateTime()),
    ofAttester.field('partyId', 'party', reference('Practitioner')),
  ],
  { identity: (value) => [value.partyId] },
);

const relation = object<DocumentRelation, CompositionRelatesTo, FhirScope>(
  [
    ofRelation.field('code', 'code', code(['replaces', 'transforms', 'signs', 'appends']), { required: true }),
    ofRelation.field('targetId', 'targetReference', reference('Composition'), {
      required: true,
      displaces: ['targetIdentifier'],
    }),
  ],
  { identity: (value) => [value.targetId] },
);

const event = object<DocumentEventInput, CompositionEvent, FhirScope>([
  ofEvent.field('code', 'code', list(certainCode(conceptCoding(SYSTEM.actCode)))),
  ofEvent.field('period', 'period', plainPeriod()),
  ofEvent.field('detailIds', 'detail', list(anyReference())),
]);

/** `/v1/documents` ⇄ Composition (https://hl7.org/fhir/R4/composition.html). */
export const documentsLens = lensOf<DocumentInput, DocumentPayload, Composition>({
  resourceType: 'Composition',
  path: 'documents',
  defaulted: [
    ['date', 'date'],
    ['confidentiality', 'confidentiality'],
  ],
  definitions: sectionDefinitions,
  singleIdentifier: true,
  hasConfidentiality: true,
  settle: followSubject,
  updatable: ['status', 'title', 'sections', 'confidentiality', 'attester', 'date'],
  rules: [
    field('status', 'status', status(['preliminary', 'final', 'amended']), { required: true }),
    field('type', 'type', concept(100, documentTypes, { slugs: true, anyCode: true }), { required: true }),
    field('category', 'category', list(concept(200))),
    field('patientId', 'subject', reference('Patient'), { required: true }),
    field('encounterId', 'encounter', reference('Encounter')),
    field('date', 'date', plainDate(), {
      absent: {
        write: (scope) => (scope.options.now === undefined ? { _date: absentReason() } : { date: scope.options.now }),
        marks: (element) => isAbsent(element._date),
      },
      note: 'marked as absent where the payload has none and no `now` is given',
    }),
    field('practitionerId', 'author', firstPractitioner(), { required: true }),
    field('title', 'title', text(500), { required: true }),
    field('confidentiality', 'confidentiality', code(['N', 'R', 'V'], { U: 'N', L: 'N', M: 'N' })),
    field('attester', 'attester', list(attester)),
    field('custodianId', 'custodian', reference('Organization')),
    field('relatesTo', 'relatesTo', list(relation)),
    field('event', 'event', list(event)),
    field('sections', 'section', list(section, { min: 1, max: 50 }), { required: true }),
  ],
});
