import type { ClinicalImpression, ClinicalImpressionFinding, ClinicalImpressionInvestigation } from 'fhir/r4.js';
import { notes } from '../fhir/datatypes/annotation.js';
import { status, uri } from '../fhir/datatypes/code.js';
import { type CodedText, codedText, isTextAbsent, textWithCode } from '../fhir/datatypes/codedText.js';
import { concept } from '../fhir/datatypes/concept.js';
import { dateTime } from '../fhir/datatypes/dateTime.js';
import { narrativeText } from '../fhir/datatypes/narrative.js';
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
import { resourceLens } from './lens.js';
import { rulesFor } from './table.js';

/** A finding as ClinikAPI's SDK types it. `text` is missing only where toFhir was given a finding without one. */
export interface AssessmentFinding {
  code?: string;
  text: string;
  basis?: string;
}

export interface AssessmentInvestigation {
  name: string;
  itemIds?: string[];
}

export interface AssessmentPrognosis {
  code?: string;
  text: string;
}

/** The create payload of `/v1/assessments`, as ClinikAPI's SDK types it. */
export interface AssessmentPayload {
  status: 'in-progress' | 'completed';
  statusReason?: string;
  patientId: string;
  encounterId?: string;
  practitionerId?: string;
  code?: string;
  description?: string;
  summary: string;
  findings?: AssessmentFinding[];
  note?: string;
  effectiveDateTime?: string;
  date?: string;
  previousAssessmentId?: string;
  problemIds?: string[];
  investigations?: AssessmentInvestigation[];
  protocol?: string[];
  prognosis?: AssessmentPrognosis[];
  supportingInfoIds?: string[];
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface AssessmentInput extends Omit<AssessmentPayload, 'findings'> {
  id?: string;
  findings?: (Partial<AssessmentFinding> & CodedText)[];
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
const ofFinding = rulesFor<Partial<AssessmentFinding>, ClinicalImpressionFinding>();
const ofInvestigation = rulesFor<AssessmentInvestigation, ClinicalImpressionInvestigation>();

const finding = object<Partial<AssessmentFinding>, ClinicalImpressionFinding, FhirScope>(
  [
    ofFinding.spread(['code', 'text'], 'itemCodeableConcept', codedText(['icd-10', 'snomed']), {
      expected: { keys: ['text'], marks: isTextAbsent },
    }),
    ofFinding.field('basis', 'basis', text()),
  ],
  { identity: (value) => [value.text ?? value.code] },
);

const investigation = object<AssessmentInvestigation, ClinicalImpressionInvestigation, FhirScope>(
  [
    ofInvestigation.field('name', 'code', concept(), { required: true }),
    ofInvestigation.field('itemIds', 'item', list(anyReference(INVESTIGATION_TARGETS))),
  ],
  { identity: (value) => [value.name] },
);

/** `/v1/assessments` ⇄ ClinicalImpression (https://hl7.org/fhir/R4/clinicalimpression.html). */
export const assessments = resourceLens<AssessmentInput, AssessmentPayload, ClinicalImpression>({
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
    field('statusReason', 'statusReason', concept(500)),
    field('code', 'code', concept(200, undefined, { slugs: true })),
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
    field('prognosis', 'prognosisCodeableConcept', list(textWithCode(['icd-10', 'snomed']), { max: 10 })),
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
  const { text: narrative } = element;
  const rendering = isObject(narrative) && narrative.status !== 'empty' ? narrativeText(narrative.div) : undefined;
  if (rendering === undefined) return;
  const summary = below(scope, ['text'], () => text(5000).read(rendering, scope));
  if (summary === undefined) return;
  payload.summary = summary;
  warn(scope, 'assessment-summary-from-narrative', 'There is no summary; the narrative stands in for it.', 'text');
}

function warn(scope: FhirScope, id: string, diagnostics: string, element: string): void {
  report(scope, { severity: 'warning', code: 'incomplete', id, diagnostics }, element);
}
