// Composition resources.
import fc from 'fast-check';
import { choice, isObject, type Json, list, merge, nonEmpty, object, pick, repeating } from '../object.js';
import { anyText as text } from '../text.js';
import { dateTime, plainDate, plainPeriod } from '../values.js';
import { concept, DOCUMENTS, identifier, SECTIONS } from './datatypes.js';
import { narrative } from './narrative.js';
import { anyReference, readable, reference } from './references.js';
import { ABSENT_REASON, resource } from './resource.js';

const WRITERS = ['PractitionerRole', 'Organization', 'Device', 'Patient', 'RelatedPerson'] as const;
const EMPTY_REASON = 'http://terminology.hl7.org/CodeSystem/list-empty-reason';
const emptyReason = concept([
  { system: EMPTY_REASON, code: 'nilknown', display: 'Nil Known' },
  ...['notasked', 'withheld', 'unavailable', 'closed'].map((code) => ({ system: EMPTY_REASON, code })),
]);

const none = object({});
const body = narrative('additional', 'generated', 'extensions');
const entry = repeating(list(anyReference()));

/** Stands for the document's own subject until that is drawn. */
const SUBJECT: Json = { reference: 'the subject' };

/** Most sections that have a focus are about the document's subject, in one of its names. */
function focused(element: Json, subject: Json | undefined): Json {
  const sections: unknown[] = Array.isArray(element.section) ? element.section : [];
  const inside = sections.map((one) => (isObject(one) ? focused(one, subject) : one));
  const made: Json = inside.length === 0 ? { ...element } : { ...element, section: inside };
  if (!isObject(made.focus) || made.focus.reference !== SUBJECT.reference) return made;
  const { display: _, ...name } = subject ?? {};
  if (Object.keys(name).length === 0) delete made.focus;
  else made.focus = inside.length === 0 ? name : { ...name, display: 'about' };
  return made;
}

/** What a section holds: never nothing (cmp-1), and no entries beside the reason for having none (cmp-2). */
function content(levels: number): fc.Arbitrary<Json> {
  const flat = [
    choice(6, object({ text: body })),
    choice(4, object({ text: body, entry })),
    choice(2, object({ entry })),
    choice(1, object({ text: body, emptyReason })),
  ];
  if (levels <= 1) return pick(...flat);
  const inner = list(section(levels - 1));
  return pick(
    ...flat,
    choice(2, object({ section: inner }, { text: body, entry })),
    choice(1, object({ section: inner, emptyReason })),
  );
}

function section(levels: number): fc.Arbitrary<Json> {
  const rest = {
    code: concept(SECTIONS),
    author: list(reference('Practitioner', ...WRITERS)),
    focus: pick<Json>(choice(12, fc.constant({ ...SUBJECT })), choice(1, anyReference())),
    mode: fc.constantFrom('working', 'snapshot', 'changes'),
    orderedBy: concept([{ system: 'http://terminology.hl7.org/CodeSystem/list-order', code: 'priority' }]),
  };
  const title = pick(choice(5, object({ title: text(200) })), choice(1, none));
  return merge(title, object({}, rest), content(levels));
}

const attester = object(
  { mode: fc.constantFrom('personal', 'professional', 'legal', 'official') },
  {
    time: pick(choice(1, dateTime()), choice(1, plainDate())),
    party: reference('Practitioner', 'PractitionerRole', 'Organization', 'Patient', 'RelatedPerson'),
  },
);

const relation = merge(
  object({ code: fc.constantFrom('replaces', 'transforms', 'signs', 'appends') }),
  pick(
    choice(3, object({ targetReference: reference('Composition') })),
    choice(1, object({ targetIdentifier: identifier() })),
  ),
);

const event = nonEmpty({ code: list(concept()), period: plainPeriod(), detail: entry });

const firstAuthor = readable('Practitioner', ...WRITERS);
const author = pick<Json[]>(
  choice(4, fc.tuple(firstAuthor)),
  choice(1, fc.tuple(firstAuthor, reference('Organization', 'Practitioner'))),
);

const elements = object(
  {
    status: pick(
      choice(30, fc.constantFrom('preliminary', 'final', 'amended')),
      choice(1, fc.constant('entered-in-error')),
    ),
    type: concept(DOCUMENTS),
    author,
    title: text(500),
  },
  {
    identifier: identifier(),
    category: list(concept(DOCUMENTS)),
    encounter: reference('Encounter'),
    confidentiality: fc.constantFrom('U', 'L', 'M', 'N', 'R', 'V'),
    attester: list(attester),
    custodian: reference('Organization'),
    relatesTo: list(relation),
    event: list(event),
  },
);

const date = pick(
  choice(15, object({ date: plainDate() })),
  choice(1, object({ _date: fc.constant({ extension: [ABSENT_REASON] }) })),
);
const subject = pick(choice(25, object({ subject: readable('Patient', 'Group') })), choice(1, none));
const sections = pick(choice(40, object({ section: list(section(3)) })), choice(1, none));

const whole = merge(elements, date, subject, sections);

export const Composition = resource(
  'Composition',
  whole.map((made) => focused(made, isObject(made.subject) ? made.subject : undefined)),
);
