import type { ClinicalImpression, ClinicalImpressionFinding, ClinicalImpressionInvestigation } from 'fhir/r4.js';
import { notes } from '../fhir/datatypes/annotation.js';
import { status, uri } from '../fhir/datatypes/code.js';
import { codedText, isTextAbsent, textWithCode } from '../fhir/datatypes/codedText.js';
import { concept } from '../fhir/datatypes/concept.js';
import { dateTime } from '../fhir/datatypes/dateTime.js';
import { readNarrative } from '../fhir/datatypes/narrative.js';
import { checkOrder } from '../fhir/datatypes/period.js';
import { anyReference, reference } from '../fhir/datatypes/reference.js';
import { text } from '../fhir/datatypes/text.js';
import type { FhirScope } from '../fhir/scope.js';
import { group } from '../lens/group.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import { primitives } from '../lens/primitives.js';
import { below, report } from '../lens/scope.js';
import { lensOf } from './lens.js';
import { rulesFor } from './table.js';
import { certainText, certainWords } from './targets/certain.js';
import { findingFromReference } from './targets/finding.js';

/** An item of `findings` as ClinikAPI's OpenAPI file takes it. */
interface AssessmentFindingInput {
  /**
   * An ICD-10 or SNOMED CT code without its system, which is told from the code.
   * FHIR: `ClinicalImpression.finding.itemCodeableConcept.coding`.
   */
  code?: string;
  /** What was found, in words. FHIR: `ClinicalImpression.finding.itemCodeableConcept.text`. */
  text?: string;
  /** What the finding rests on, in words. FHIR: `ClinicalImpression.finding.basis`. */
  basis?: string;
}

/** An item of `findings`. `text` is missing only where toFhir was given one without it. */
export interface AssessmentFinding extends AssessmentFindingInput {
  /** What was found, in words. FHIR: `ClinicalImpression.finding.itemCodeableConcept.text`. */
  text: string;
}

/** An item of `investigations`. */
export interface AssessmentInvestigation {
  /** The kind of investigation, in words. FHIR: `ClinicalImpression.investigation.code`. */
  name: string;
  /**
   * Ids of the records that were looked at, bare or with their type in front (`Observation/obs_1`).
   * FHIR: `ClinicalImpression.investigation.item`.
   */
  itemIds?: string[];
}

/** An item of `prognosis`. */
export interface AssessmentPrognosis {
  /**
   * An ICD-10 or SNOMED CT code without its system, which is told from the code.
   * FHIR: `ClinicalImpression.prognosisCodeableConcept.coding`.
   */
  code?: string;
  /** The likely outcome, in words. FHIR: `ClinicalImpression.prognosisCodeableConcept.text`. */
  text: string;
}

/** What both forms of the create payload have. */
interface AssessmentFields {
  /**
   * How far the assessment has come; a resource with any other status is refused.
   * FHIR: `ClinicalImpression.status`.
   */
  status: 'in-progress' | 'completed';
  /** Why it has this status, in words. At most 500 characters. FHIR: `ClinicalImpression.statusReason`. */
  statusReason?: string;
  /** The id of the patient that was assessed. FHIR: `ClinicalImpression.subject`. */
  patientId: string;
  /** The id of the encounter in which it was made. FHIR: `ClinicalImpression.encounter`. */
  encounterId?: string;
  /** The id of the practitioner who made it. FHIR: `ClinicalImpression.assessor`. */
  practitionerId?: string;
  /** The kind of assessment, such as `follow-up`. At most 200 characters. FHIR: `ClinicalImpression.code`. */
  code?: string;
  /** Why, or how, it was made. At most 2000 characters. FHIR: `ClinicalImpression.description`. */
  description?: string;
  /** What the assessment comes to. At most 5000 characters. FHIR: `ClinicalImpression.summary`. */
  summary: string;
  /** What was found; an item may be without a text. At most 50 items. FHIR: `ClinicalImpression.finding`. */
  findings?: AssessmentFindingInput[];
  /**
   * Remarks. At most 2000 characters; the notes of a resource are joined by blank lines.
   * FHIR: `ClinicalImpression.note`.
   */
  note?: string;
  /** When the patient was assessed: a date-time with its offset. FHIR: `ClinicalImpression.effectiveDateTime`. */
  effectiveDateTime?: string;
  /**
   * When it was recorded: a date-time with its offset. ClinikAPI fills in the time of the upload where there is none.
   * FHIR: `ClinicalImpression.date`.
   */
  date?: string;
  /** The id of the assessment before this one. FHIR: `ClinicalImpression.previous`. */
  previousAssessmentId?: string;
  /**
   * Ids of the conditions and allergies that it is about, bare or with their type in front (`Condition/cond_1`).
   * FHIR: `ClinicalImpression.problem`.
   */
  problemIds?: string[];
  /** What was looked into, by kind. At most 20 items. FHIR: `ClinicalImpression.investigation`. */
  investigations?: AssessmentInvestigation[];
  /** URIs of the guidelines that were followed. FHIR: `ClinicalImpression.protocol`. */
  protocol?: string[];
  /** The likely outcomes. At most 10 items. FHIR: `ClinicalImpression.prognosisCodeableConcept`. */
  prognosis?: AssessmentPrognosis[];
  /** Ids of records that support it, bare or with their type in front. FHIR: `ClinicalImpression.supportingInfo`. */
  supportingInfoIds?: string[];
}

/** The create payload of `/v1/assessments`, as ClinikAPI's SDK types it. */
export interface AssessmentPayload extends AssessmentFields {
  /** What was found. At most 50 items. FHIR: `ClinicalImpression.finding`. */
  findings?: AssessmentFinding[];
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface AssessmentInput extends AssessmentFields {
  /**
   * ClinikAPI's id of the record, as its flat shape carries it.
   * FHIR: `ClinicalImpression.id`, or `ClinicalImpression.identifier` where FHIR does not allow it as an id.
   */
  id?: string;
}

const INVESTIGATION_TARGETS = [
  'Observation',
  'QuestionnaireResponse',
  'FamilyMemberHistory',
  'DiagnosticReport',
  'RiskAssessment',
  'ImagingStudy',
  'Media',
];

const { field } = rulesFor<AssessmentInput, ClinicalImpression>();
const ofFinding = rulesFor<AssessmentFindingInput, ClinicalImpressionFinding>();
const ofInvestigation = rulesFor<AssessmentInvestigation, ClinicalImpressionInvestigation>();

const found = certainText(codedText(['icd-10', 'snomed']));

const finding = object<AssessmentFindingInput, ClinicalImpressionFinding, FhirScope>(
  [
    group(
      [
        ofFinding.spread(['code', 'text'], 'itemCodeableConcept', found, {
          expected: { keys: ['text'], marks: isTextAbsent },
          displaces: ['itemReference'],
          note: 'else that of itemReference, as a diagnosis has it',
        }),
      ],
      findingFromReference(found),
    ),
    ofFinding.field('basis', 'basis', text()),
  ],
  { identity: (value) => [value.text ?? value.code] },
);

const investigation = object<AssessmentInvestigation, ClinicalImpressionInvestigation, FhirScope>(
  [
    ofInvestigation.field('name', 'code', concept(undefined, undefined, { anyCode: true }), { required: true }),
    ofInvestigation.field('itemIds', 'item', list(anyReference(INVESTIGATION_TARGETS))),
  ],
  { identity: (value) => [value.name] },
);

/** `/v1/assessments` ⇄ ClinicalImpression (https://hl7.org/fhir/R4/clinicalimpression.html). */
export const assessmentsLens = lensOf<AssessmentInput, AssessmentPayload, ClinicalImpression>({
  resourceType: 'ClinicalImpression',
  path: 'assessments',
  defaulted: [['date', 'date']],
  updatable: [
    'status',
    'statusReason',
    'summary',
    'description',
    'findings',
    'note',
    'investigations',
    'prognosis',
    'effectiveDateTime',
  ],
  rules: [
    field('status', 'status', status(['in-progress', 'completed']), { required: true }),
    field('statusReason', 'statusReason', certainWords(concept(500))),
    field('code', 'code', certainWords(concept(200, undefined, { slugs: true }))),
    field('patientId', 'subject', reference('Patient'), { required: true }),
    field('encounterId', 'encounter', reference('Encounter')),
    group(
      [
        field('effectiveDateTime', 'effectiveDateTime', dateTime(), {
          displaces: ['effectivePeriod', '_effectivePeriod'],
          note: 'else the start of effectivePeriod',
        }),
      ],
      effectiveFromPeriod,
    ),
    field('date', 'date', dateTime()),
    field('practitionerId', 'assessor', reference('Practitioner')),
    field('previousAssessmentId', 'previous', reference('ClinicalImpression')),
    field('problemIds', 'problem', list(anyReference(['Condition', 'AllergyIntolerance']))),
    field('investigations', 'investigation', list(investigation, { max: 20 })),
    primitives('protocol', 'protocol', uri()),
    group(
      [
        field('description', 'description', text(2000)),
        field('summary', 'summary', text(5000), { required: true, note: 'else the description, else the narrative' }),
      ],
      summaryFromElsewhere,
    ),
    field('findings', 'finding', list(finding, { max: 50 })),
    field('prognosis', 'prognosisCodeableConcept', list(certainText(textWithCode(['icd-10', 'snomed'])), { max: 10 })),
    field('supportingInfoIds', 'supportingInfo', list(anyReference())),
    field('note', 'note', notes(2000)),
  ],
});

function effectiveFromPeriod(element: JsonObject, payload: JsonObject, scope: FhirScope): void {
  const { effectivePeriod } = element;
  if (payload.effectiveDateTime !== undefined || !isObject(effectivePeriod)) return;
  below(scope, ['effectivePeriod'], () => checkOrder(effectivePeriod, scope));
  const start = below(scope, ['effectivePeriod', 'start'], () => dateTime().read(effectivePeriod.start, scope));
  if (start === undefined) return;
  payload.effectiveDateTime = start;
  warn(scope, 'assessment-effective-from-period', 'The date-time is the start of effectivePeriod.', 'effectivePeriod');
}

function summaryFromElsewhere(element: JsonObject, payload: JsonObject, scope: FhirScope): void {
  if (payload.summary !== undefined) return;
  if (payload.description !== undefined) {
    payload.summary = payload.description;
    warn(
      scope,
      'assessment-summary-from-description',
      'There is no summary; the description stands in for it.',
      'description',
    );
    return;
  }
  const rendering = below(scope, ['text'], () => readNarrative(element.text, scope));
  if (rendering === undefined) return;
  const summary = below(scope, ['text'], () => text(5000).read(rendering, scope));
  if (summary === undefined) return;
  payload.summary = summary;
  warn(scope, 'assessment-summary-from-narrative', 'There is no summary; the narrative stands in for it.', 'text');
}

function warn(scope: FhirScope, id: string, diagnostics: string, element: string): void {
  report(scope, { severity: 'warning', code: 'incomplete', id, diagnostics }, element);
}
