import type { DiagnosticReport, DiagnosticReportMedia } from 'fhir/r4.js';
import { absentReason, isAbsent } from '../fhir/dataAbsent.js';
import { type AttachmentInput, attachment, type PayloadAttachment } from '../fhir/datatypes/attachment.js';
import { status } from '../fhir/datatypes/code.js';
import { type CodingInput, conceptCoding, type PayloadCoding, stringOrCoding } from '../fhir/datatypes/coding.js';
import { codingsOf, concept, isTelling } from '../fhir/datatypes/concept.js';
import { dateTime } from '../fhir/datatypes/dateTime.js';
import { type PayloadPeriod, period } from '../fhir/datatypes/period.js';
import { reference } from '../fhir/datatypes/reference.js';
import { text } from '../fhir/datatypes/text.js';
import type { FhirScope } from '../fhir/scope.js';
import { diagnosticService, SYSTEM } from '../fhir/terminology/codeSystems.js';
import { isSystem } from '../fhir/terminology/systemNames.js';
import { first } from '../lens/first.js';
import { isObject } from '../lens/json.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import { effective } from './labs/effective.js';
import { lensOf } from './lens.js';
import { rulesFor } from './table.js';
import { certainCode } from './targets/certain.js';

/** An item of `media` as ClinikAPI's OpenAPI file takes it. */
export interface LabMediaInput {
  /** What the image shows, or why it is there. FHIR: `DiagnosticReport.media.comment`. */
  comment?: string;
  /** The id of the record of the image. FHIR: `DiagnosticReport.media.link`. */
  linkId?: string;
}

/** An item of `media`. */
export interface LabMedia extends LabMediaInput {
  /** The id of the record of the image. FHIR: `DiagnosticReport.media.link`. */
  linkId: string;
}

/** What both forms of the create payload have. */
interface LabFields {
  /** How far the report has come; a resource with any other status is refused. FHIR: `DiagnosticReport.status`. */
  status: 'registered' | 'partial' | 'preliminary' | 'final' | 'amended' | 'corrected' | 'appended' | 'cancelled';
  /** What was examined: a LOINC code, words, or a code with its system. FHIR: `DiagnosticReport.code`. */
  code: string | PayloadCoding;
  /** The id of the patient. FHIR: `DiagnosticReport.subject`. */
  patientId: string;
  /** The id of the encounter in which it was asked for. FHIR: `DiagnosticReport.encounter`. */
  encounterId?: string;
  /**
   * The service that made it: a code of v2-0074, such as `LAB`, `RAD` or `PAT`, or words.
   * FHIR: `DiagnosticReport.category`.
   */
  category?: string;
  /**
   * When it was true of the patient: a date-time with its offset. Never beside `effectivePeriod`.
   * FHIR: `DiagnosticReport.effectiveDateTime`.
   */
  effectiveDateTime?: string;
  /**
   * The same as a span of date-times with their offset. Never beside `effectiveDateTime`.
   * FHIR: `DiagnosticReport.effectivePeriod`.
   */
  effectivePeriod?: PayloadPeriod;
  /** Ids of its observations. FHIR: `DiagnosticReport.result`. */
  resultIds?: string[];
  /** What the results come to. At most 5000 characters. FHIR: `DiagnosticReport.conclusion`. */
  conclusion?: string;
  /** The same in codes, of SNOMED CT before others; one may be without its code. FHIR: `DiagnosticReport.conclusionCode`. */
  conclusionCodes?: CodingInput[];
  /** The id of the practitioner who answers for the report. FHIR: `DiagnosticReport.performer`. */
  performer?: string;
  /** The id of the practitioner who interpreted the results. FHIR: `DiagnosticReport.resultsInterpreter`. */
  resultsInterpreter?: string;
  /** Ids of the specimens that were examined. FHIR: `DiagnosticReport.specimen`. */
  specimenIds?: string[];
  /** The report as documents, such as a PDF; one may be without its type. FHIR: `DiagnosticReport.presentedForm`. */
  presentedForm?: AttachmentInput[];
  /** Ids of the service requests that led to it. FHIR: `DiagnosticReport.basedOn`. */
  basedOn?: string[];
  /** Images that belong to it; one may be without its id. FHIR: `DiagnosticReport.media`. */
  media?: LabMediaInput[];
}

/**
 * The create payload of `/v1/labs`, as ClinikAPI's SDK types it. What an item lacks all the same is missing only where toFhir was given it
 * so.
 */
export interface LabPayload extends LabFields {
  /** The same in codes, of SNOMED CT before others. FHIR: `DiagnosticReport.conclusionCode`. */
  conclusionCodes?: PayloadCoding[];
  /** The report as documents, such as a PDF. FHIR: `DiagnosticReport.presentedForm`. */
  presentedForm?: PayloadAttachment[];
  /** Images that belong to it. FHIR: `DiagnosticReport.media`. */
  media?: LabMedia[];
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface LabInput extends LabFields {
  /**
   * ClinikAPI's id of the record, as its flat shape carries it.
   * FHIR: `DiagnosticReport.id`, or `DiagnosticReport.identifier` where FHIR does not allow it as an id.
   */
  id?: string;
}

const { field } = rulesFor<LabInput, DiagnosticReport>();
const ofMedia = rulesFor<LabMediaInput, DiagnosticReportMedia>();

const media = object<LabMediaInput, DiagnosticReportMedia, FhirScope>(
  [
    ofMedia.field('comment', 'comment', text()),
    ofMedia.field('linkId', 'link', reference('Media'), {
      expected: true,
      absent: { write: () => ({ link: absentReason() }), marks: (element) => isAbsent(element.link) },
    }),
  ],
  { identity: (value) => [value.linkId] },
);

const isDiagnosticService = (category: unknown): boolean =>
  isObject(category) && codingsOf(category).some(({ system }) => isSystem(system, SYSTEM.diagnosticService));

/** `/v1/labs` ⇄ DiagnosticReport (https://hl7.org/fhir/R4/diagnosticreport.html). */
export const labsLens = lensOf<LabInput, LabPayload, DiagnosticReport>({
  resourceType: 'DiagnosticReport',
  path: 'labs',
  updatable: [
    'status',
    'conclusion',
    'conclusionCodes',
    'resultIds',
    'resultsInterpreter',
    'presentedForm',
    'effectiveDateTime',
    'effectivePeriod',
    'performer',
  ],
  rules: [
    field('basedOn', 'basedOn', list(reference('ServiceRequest'))),
    field(
      'status',
      'status',
      status(['registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled']),
      { required: true },
    ),
    field(
      'category',
      'category',
      first(concept(undefined, diagnosticService), {
        prefer: [isDiagnosticService, isTelling],
        rule: `of several, the first of ${SYSTEM.diagnosticService}, else the first with words or a system`,
      }),
    ),
    field('code', 'code', stringOrCoding(['loinc']), { required: true }),
    field('patientId', 'subject', reference('Patient'), { required: true }),
    field('encounterId', 'encounter', reference('Encounter')),
    effective([
      field('effectiveDateTime', 'effectiveDateTime', dateTime(), {
        note: "with `labTime: 'issued'` and no effective[x], when it was issued",
      }),
      field('effectivePeriod', 'effectivePeriod', period()),
    ]),
    field('performer', 'performer', first(reference('Practitioner'))),
    field('resultsInterpreter', 'resultsInterpreter', first(reference('Practitioner'))),
    field('specimenIds', 'specimen', list(reference('Specimen'))),
    field('resultIds', 'result', list(reference('Observation'))),
    field('media', 'media', list(media)),
    field('conclusion', 'conclusion', text(5000)),
    field('conclusionCodes', 'conclusionCode', list(certainCode(conceptCoding(SYSTEM.snomed)))),
    field('presentedForm', 'presentedForm', list(attachment())),
  ],
});
