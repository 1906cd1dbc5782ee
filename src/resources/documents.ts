import type {
  Composition,
  CompositionAttester,
  CompositionEvent,
  CompositionRelatesTo,
  CompositionSection,
  Narrative,
} from 'fhir/r4.js';
import { absentReason, isAbsent, markAbsent } from '../fhir/dataAbsent.js';
import { code, status } from '../fhir/datatypes/code.js';
import { type CodingInput, conceptCoding, type PayloadCoding } from '../fhir/datatypes/coding.js';
import { codingsOf, concept, phraseOf } from '../fhir/datatypes/concept.js';
import { dateTime, plainDate } from '../fhir/datatypes/dateTime.js';
import { divOf, narratable, narrative } from '../fhir/datatypes/narrative.js';
import { type PayloadPeriod, plainPeriod } from '../fhir/datatypes/period.js';
import { anyReference, reference } from '../fhir/datatypes/reference.js';
import { nonEmpty, text } from '../fhir/datatypes/text.js';
import type { FhirScope } from '../fhir/scope.js';
import { documentTypes, SYSTEM, sectionCodes } from '../fhir/terminology/codeSystems.js';
import type { Codec } from '../lens/codec.js';
import { first } from '../lens/first.js';
import { group } from '../lens/group.js';
import { clone, equal, isObject, type JsonObject } from '../lens/json.js';
import { lazy } from '../lens/lazy.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import type { Rule } from '../lens/rule.js';
import { report } from '../lens/scope.js';
import { resourceLens } from './lens.js';
import { rulesFor } from './table.js';

export interface DocumentAttester {
  mode: 'personal' | 'professional' | 'legal' | 'official';
  time?: string;
  partyId?: string;
}

export interface DocumentRelation {
  code: 'replaces' | 'transforms' | 'signs' | 'appends';
  targetId: string;
}

export interface DocumentEvent {
  code?: PayloadCoding[];
  period?: PayloadPeriod;
  detailIds?: string[];
}

export interface DocumentSection {
  title: string;
  text: string;
  code?: string;
  resourceIds?: string[];
  authorId?: string;
  mode?: 'working' | 'snapshot' | 'changes';
  sections?: DocumentSection[];
}

/** The create payload of `/v1/documents`, as ClinikAPI's SDK types it. */
export interface DocumentPayload {
  status: 'preliminary' | 'final' | 'amended';
  type: string;
  category?: string[];
  patientId: string;
  encounterId?: string;
  practitionerId: string;
  title: string;
  date?: string;
  confidentiality?: 'N' | 'R' | 'V';
  attester?: DocumentAttester[];
  custodianId?: string;
  relatesTo?: DocumentRelation[];
  event?: DocumentEvent[];
  sections: DocumentSection[];
}

/** An event as ClinikAPI's OpenAPI file takes it. */
export interface DocumentEventInput extends Omit<DocumentEvent, 'code'> {
  code?: CodingInput[];
}

/** A section as ClinikAPI's OpenAPI file takes it. */
export interface DocumentSectionInput extends Omit<DocumentSection, 'sections'> {
  sections?: DocumentSubsectionInput[];
}

/** A section within another one, which may have no title or no text of its own. */
export interface DocumentSubsectionInput extends Partial<Omit<DocumentSection, 'sections'>> {
  sections?: DocumentSubsectionInput[];
}

/** The create payload as ClinikAPI's OpenAPI file takes it. What a part may leave out here is missing only where toFhir was given it so. */
export interface DocumentInput extends Omit<DocumentPayload, 'event' | 'sections'> {
  id?: string;
  event?: DocumentEventInput[];
  sections: DocumentSectionInput[];
}

const { field } = rulesFor<DocumentInput, Composition>();
const ofAttester = rulesFor<DocumentAttester, CompositionAttester>();
const ofRelation = rulesFor<DocumentRelation, CompositionRelatesTo>();
const ofEvent = rulesFor<DocumentEventInput, CompositionEvent>();
const ofSection = rulesFor<DocumentSubsectionInput, CompositionSection>();

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
  ofEvent.field('code', 'code', list(conceptCoding(SYSTEM.actCode))),
  ofEvent.field('period', 'period', plainPeriod()),
  ofEvent.field('detailIds', 'detail', list(anyReference())),
]);

/** A text that a payload leaves out: there is none for a reader, and the section is not without content (cmp-1). */
const NO_TEXT: Narrative = { ...absentReason(), status: 'empty', div: divOf('No text is given.') };

const TITLE = { note: "else the code's display, else its text" };
const TEXT = { note: "else the emptyReason's display, else the title again", displaces: ['emptyReason'] };

const titleAndText = {
  section: {
    title: ofSection.field('title', 'title', text(200), { ...TITLE, required: true }),
    text: ofSection.field('text', 'text', narrative(50000), { ...TEXT, required: true }),
  },
  subsection: {
    title: ofSection.field('title', 'title', text(200), { ...TITLE, expected: true, absent: markAbsent('_title') }),
    text: ofSection.field('text', 'text', narrative(50000), {
      ...TEXT,
      expected: true,
      absent: { write: () => ({ text: clone(NO_TEXT) }), marks: (element) => isTextAbsent(element) },
    }),
  },
};

const isTextAbsent = (element: JsonObject): boolean => equal(element.text, NO_TEXT);

/** The rules of a section, or of one within another. */
function sectionRules(of: keyof typeof titleAndText): Rule<FhirScope>[] {
  const { title, text } = titleAndText[of];
  return [
    group(
      [title, ofSection.field('code', 'code', concept(undefined, sectionCodes, { slugs: true })), text],
      (element, payload, scope) => titleAndTextFromElsewhere(element, payload, of === 'subsection', scope),
    ),
    ofSection.field('authorId', 'author', first(reference('Practitioner'))),
    ofSection.field('mode', 'mode', code(['working', 'snapshot', 'changes'])),
    ofSection.field('resourceIds', 'entry', list(anyReference())),
    ofSection.field(
      'sections',
      'section',
      list(lazy(() => subsection, { $ref: '#/definitions/subsection' }, 'sections again, to any depth')),
    ),
  ];
}

/** A section that was only renamed is still the one of its text. */
const identity = (value: DocumentSubsectionInput): (string | undefined)[] => [value.title, value.text];

const section = object<DocumentSectionInput, CompositionSection, FhirScope>(sectionRules('section'), { identity });

const subsection: Codec<DocumentSubsectionInput, CompositionSection, FhirScope> = object<
  DocumentSubsectionInput,
  CompositionSection,
  FhirScope
>(sectionRules('subsection'), { identity });

/** `marked` where a payload may have left out either, so that nothing stands in for what is marked as absent. */
function titleAndTextFromElsewhere(element: JsonObject, payload: JsonObject, marked: boolean, scope: FhirScope): void {
  if (payload.title === undefined && !(marked && isAbsent(element._title))) {
    const found = displayOf(element.code);
    const title = found === undefined ? undefined : text(200).read(found, scope);
    standIn('title', title, 'information', 'section-title-from-code', 'code');
  }
  if (marked && isTextAbsent(element)) return;
  if (payload.text === undefined) {
    const reason = narrated(displayOf(element.emptyReason));
    standIn('text', reason, 'warning', 'section-text-from-empty-reason', 'emptyReason');
  }
  if (payload.text === undefined) {
    const title = narrated(nonEmpty(payload.title));
    standIn('text', title, 'warning', 'section-text-from-title', 'title');
  }

  function narrated(found: string | undefined): string | undefined {
    return found === undefined ? undefined : narratable(found, 50000, scope);
  }

  function standIn(
    key: 'title' | 'text',
    value: string | undefined,
    severity: 'information' | 'warning',
    id: string,
    from: string,
  ): void {
    if (value === undefined) return;
    payload[key] = value;
    const diagnostics = `The section has no ${key}; its ${from} stands in for it.`;
    report(scope, { severity, code: 'incomplete', id, diagnostics }, from);
  }
}

/** The first display of a concept, else its text. */
function displayOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  for (const coding of codingsOf(value)) {
    const display = nonEmpty(coding.display);
    if (display !== undefined) return display;
  }
  return phraseOf(value);
}

/** `/v1/documents` ⇄ Composition (https://hl7.org/fhir/R4/composition.html). */
export const documents = resourceLens<DocumentInput, DocumentPayload, Composition>({
  resourceType: 'Composition',
  path: 'documents',
  defaulted: [
    ['date', 'date'],
    ['confidentiality', 'confidentiality'],
  ],
  definitions: { subsection: subsection.schema },
  singleIdentifier: true,
  hasConfidentiality: true,
  updatable: ['status', 'title', 'sections', 'confidentiality', 'attester', 'date'],
  rules: [
    field('status', 'status', status(['preliminary', 'final', 'amended']), { required: true }),
    field('type', 'type', concept(100, documentTypes, { slugs: true }), { required: true }),
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
    field('practitionerId', 'author', first(reference('Practitioner')), { required: true }),
    field('title', 'title', text(500), { required: true }),
    field('confidentiality', 'confidentiality', code(['N', 'R', 'V'], { U: 'N', L: 'N', M: 'N' })),
    field('attester', 'attester', list(attester)),
    field('custodianId', 'custodian', reference('Organization')),
    field('relatesTo', 'relatesTo', list(relation)),
    field('event', 'event', list(event)),
    field('sections', 'section', list(section, { min: 1, max: 50 }), { required: true }),
  ],
});
