import type { DiagnosticReport, DiagnosticReportMedia } from 'fhir/r4.js';
import { absentReason, isAbsent } from '../fhir/dataAbsent.js';
import { type AttachmentInput, attachment, type PayloadAttachment } from '../fhir/datatypes/attachment.js';
import { status } from '../fhir/datatypes/code.js';
import { type CodingInput, conceptCoding, type PayloadCoding, stringOrCoding } from '../fhir/datatypes/coding.js';
import { codingsOf, concept } from '../fhir/datatypes/concept.js';
import { dateTime } from '../fhir/datatypes/dateTime.js';
import { type PayloadPeriod, period } from '../fhir/datatypes/period.js';
import { reference } from '../fhir/datatypes/reference.js';
import { text } from '../fhir/datatypes/text.js';
import type { FhirScope } from '../fhir/scope.js';
import { diagnosticService, SYSTEM } from '../fhir/terminology/codeSystems.js';
import { isSystem } from '../fhir/terminology/systemNames.js';
import { choice } from '../lens/choice.js';
import { first } from '../lens/first.js';
import { isObject } from '../lens/json.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import { resourceLens } from './lens.js';
import { rulesFor } from './table.js';

export interface LabMedia {
  comment?: string;
  linkId: string;
}

/** The create payload of `/v1/labs`, as ClinikAPI's SDK types it. */
export interface LabPayload {
  status: 'registered' | 'partial' | 'preliminary' | 'final' | 'amended' | 'corrected' | 'appended' | 'cancelled';
  code: string | PayloadCoding;
  patientId: string;
  encounterId?: string;
  category?: string;
  effectiveDateTime?: string;
  effectivePeriod?: PayloadPeriod;
  resultIds?: string[];
  conclusion?: string;
  conclusionCodes?: PayloadCoding[];
  performer?: string;
  resultsInterpreter?: string;
  specimenIds?: string[];
  presentedForm?: PayloadAttachment[];
  basedOn?: string[];
  media?: LabMedia[];
}

/** The create payload as ClinikAPI's OpenAPI file takes it. What an item may leave out here is missing only where toFhir was given it so. */
export interface LabInput extends Omit<LabPayload, 'conclusionCodes' | 'presentedForm' | 'media'> {
  id?: string;
  conclusionCodes?: CodingInput[];
  presentedForm?: AttachmentInput[];
  media?: Partial<LabMedia>[];
}

const { field } = rulesFor<LabInput, DiagnosticReport>();
const ofMedia = rulesFor<Partial<LabMedia>, DiagnosticReportMedia>();

const media = object<Partial<LabMedia>, DiagnosticReportMedia, FhirScope>(
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
export const labs = resourceLens<LabInput, LabPayload, DiagnosticReport>({
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
        prefer: isDiagnosticService,
        rule: `of several, the first of ${SYSTEM.diagnosticService}, else the first`,
      }),
    ),
    field('code', 'code', stringOrCoding(['loinc']), { required: true }),
    field('patientId', 'subject', reference('Patient'), { required: true }),
    field('encounterId', 'encounter', reference('Encounter')),
    choice(
      [
        field('effectiveDateTime', 'effectiveDateTime', dateTime()),
        field('effectivePeriod', 'effectivePeriod', period()),
      ],
      { owns: (element) => /^_?effective[A-Z]/.test(element) },
    ),
    field('performer', 'performer', first(reference('Practitioner'))),
    field('resultsInterpreter', 'resultsInterpreter', first(reference('Practitioner'))),
    field('specimenIds', 'specimen', list(reference('Specimen'))),
    field('resultIds', 'result', list(reference('Observation'))),
    field('media', 'media', list(media)),
    field('conclusion', 'conclusion', text(5000)),
    field('conclusionCodes', 'conclusionCode', list(conceptCoding(SYSTEM.snomed))),
    field('presentedForm', 'presentedForm', list(attachment())),
  ],
});
