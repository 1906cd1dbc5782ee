import type { CompositionSection, Narrative } from 'fhir/r4.js';
import { absentReason, isAbsent, markAbsent } from '../../fhir/dataAbsent.js';
import { code, isCode } from '../../fhir/datatypes/code.js';
import { codingsOf, concept, phraseOf } from '../../fhir/datatypes/concept.js';
import { narratable, narrative } from '../../fhir/datatypes/narrative.js';
import { anyReference } from '../../fhir/datatypes/reference.js';
import { nonEmpty, text } from '../../fhir/datatypes/text.js';
import { divOf } from '../../fhir/narrative/written.js';
import type { FhirScope } from '../../fhir/scope.js';
import { sectionCodes } from '../../fhir/terminology/codeSystems.js';
import { emptyReasonWords } from '../../fhir/terminology/emptyReasons.js';
import { isOfAbsence } from '../../fhir/terminology/systemNames.js';
import type { Codec } from '../../lens/codec.js';
import { group } from '../../lens/group.js';
import { clone, equal, isObject, type JsonObject, objectsIn } from '../../lens/json.js';
import { lazy } from '../../lens/lazy.js';
import { list } from '../../lens/list.js';
import { object } from '../../lens/object.js';
import type { Rule } from '../../lens/rule.js';
import { report } from '../../lens/scope.js';
import { rulesFor } from '../table.js';
import { firstPractitioner } from './authors.js';
import { aboutSubject } from './focus.js';

/** A section within another one as ClinikAPI's OpenAPI file takes it: it may be without a title, and without a text of its own. */
export interface DocumentSubsectionInput {
  /** Its heading. At most 200 characters. FHIR: `Composition.section.title`. */
  title?: string;
  /** What it says, as plain text. At most 50000 characters. FHIR: `Composition.section.text`. */
  text?: string;
  /**
   * What it is about, such as `hospital-course`: a name that has a LOINC code, or words.
   * FHIR: `Composition.section.code`.
   */
  code?: string;
  /** Ids of the records that it rests on, bare or with their type in front. FHIR: `Composition.section.entry`. */
  resourceIds?: string[];
  /** The id of the practitioner who wrote it. FHIR: `Composition.section.author`. */
  authorId?: string;
  /** How its list of records came about. FHIR: `Composition.section.mode`. */
  mode?: 'working' | 'snapshot' | 'changes';
  /** Sections inside of it, to any depth. FHIR: `Composition.section.section`. */
  sections?: DocumentSubsectionInput[];
}

/** An item of `sections` as ClinikAPI's OpenAPI file takes it. */
export interface DocumentSectionInput extends DocumentSubsectionInput {
  /** Its heading. At most 200 characters. FHIR: `Composition.section.title`. */
  title: string;
  /** What it says, as plain text. At most 50000 characters. FHIR: `Composition.section.text`. */
  text: string;
}

/** An item of `sections`, at any depth. */
export interface DocumentSection extends DocumentSectionInput {
  /** Sections inside of it, to any depth. FHIR: `Composition.section.section`. */
  sections?: DocumentSection[];
}

const ofSection = rulesFor<DocumentSubsectionInput, CompositionSection>();

/** A text that a payload leaves out: there is none for a reader, and the section is not without content (cmp-1). */
const NO_TEXT: Narrative = { ...absentReason(), status: 'empty', div: divOf('No text is given.') };

const TITLE = { note: "else the code's display, else its text" };
const TEXT = {
  note: 'else the words of emptyReason; else the displays of entries that have no id; else that there is none, and whether there are entries and sub-sections to see',
  displaces: ['emptyReason'],
};

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
    // What stands in for a text depends on entries and sub-sections, too, so that a put has to look at them together.
    group(
      [
        title,
        ofSection.field('code', 'code', concept(undefined, sectionCodes, { slugs: true })),
        text,
        ofSection.field('authorId', 'author', firstPractitioner()),
        ofSection.field('mode', 'mode', code(['working', 'snapshot', 'changes'])),
        ofSection.field('resourceIds', 'entry', list(anyReference())),
        ofSection.field(
          'sections',
          'section',
          list(lazy(() => subsection, { $ref: '#/definitions/subsection' }, 'sections again, to any depth')),
        ),
      ],
      (element, payload, scope) => titleAndTextFromElsewhere(element, payload, of === 'subsection', scope),
    ),
  ];
}

/** A section that was only renamed is still the one of its text. */
const identity = (value: DocumentSubsectionInput): (string | undefined)[] => [value.title, value.text];

/** A section of a document. */
export const section = aboutSubject(
  object<DocumentSectionInput, CompositionSection, FhirScope>(sectionRules('section'), { identity }),
);

const subsection: Codec<DocumentSubsectionInput, CompositionSection, FhirScope> = aboutSubject(
  object<DocumentSubsectionInput, CompositionSection, FhirScope>(sectionRules('subsection'), { identity }),
);

/** What the schema of a section refers to. */
export const sectionDefinitions = { subsection: subsection.schema };

/** `marked` where a payload may have left out either, so that nothing stands in for what is marked as absent. */
function titleAndTextFromElsewhere(element: JsonObject, payload: JsonObject, marked: boolean, scope: FhirScope): void {
  if (payload.title === undefined && !(marked && isAbsent(element._title))) {
    const found = displayOf(element.code);
    const title = found === undefined ? undefined : text(200).read(found, scope);
    standIn('title', title, 'information', 'section-title-from-code', 'code');
  }
  if (payload.text !== undefined || (marked && isTextAbsent(element))) return;
  const reason = emptyReasonWords(element.emptyReason);
  const words = reason === undefined ? undefined : narratable(reason, 50000, scope);
  standIn('text', words, 'warning', 'section-text-from-empty-reason', 'emptyReason');
  if (payload.text === undefined) sayThatThereIsNone(element, payload, scope);

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

/** A title is no text: where there is none, the payload says so in words that nobody takes for a finding. */
function sayThatThereIsNone(element: JsonObject, payload: JsonObject, scope: FhirScope): void {
  if (scope.options.missingText === 'refuse') {
    const diagnostics = 'The section has no text that can be read.';
    report(scope, {
      severity: 'error',
      code: 'incomplete',
      id: 'section-text-refused',
      diagnostics,
      options: ['missingText'],
    });
    return;
  }
  const words = payload.resourceIds === undefined ? wordsOfEntries(element.entry) : '';
  const said = words === '' ? undefined : narratable(words, 50000, scope);
  if (said !== undefined) {
    payload.text = said;
    const diagnostics =
      'The section has no text, and no entry that has an id; the displays of its entries stand in for it.';
    report(scope, { severity: 'warning', code: 'incomplete', id: 'section-text-from-entries', diagnostics }, 'entry');
    return;
  }
  // Only what the payload has can be seen.
  const others = [
    payload.resourceIds === undefined ? '' : 'entries',
    payload.sections === undefined ? '' : 'sub-sections',
  ].filter(Boolean);
  payload.text = others.length === 0 ? 'No text is given.' : `See ${others.join(' and ')}.`;
  const diagnostics = 'The section has no text that can be read; the payload says so in plain words.';
  report(scope, { severity: 'warning', code: 'incomplete', id: 'section-text-missing', diagnostics });
}

/** What entries are called that no payload has: a line of each that has a display. */
function wordsOfEntries(entries: unknown): string {
  return objectsIn(entries)
    .map(({ display }) => nonEmpty(display)?.trim())
    .filter(Boolean)
    .join('\n');
}

/**
 * The first display of a concept, else its text, else a code: a title of a code is better than a section that is left out. What says
 * that there is no value is no title.
 */
function displayOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const codings = codingsOf(value).filter(({ system }) => !isOfAbsence(system));
  for (const coding of codings) {
    const display = nonEmpty(coding.display);
    if (display !== undefined) return display;
  }
  return phraseOf(value) ?? codings.flatMap(({ code }) => (isCode(code) ? [code] : []))[0];
}
