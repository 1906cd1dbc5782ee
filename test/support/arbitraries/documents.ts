// Create payloads of /v1/documents, in normal form.
import fc from 'fast-check';
import { anyKeyOrder, choice, distinct, type Json, list, type Model, nonEmpty, object, pick } from './object.js';
import { narrativeText, text } from './text.js';
import { anyCodeObject, date, dateTime, id, plainDate, plainPeriod, refAny } from './values.js';
import { SLUGS } from './words.js';

const TYPES = [
  ...['discharge-summary', 'referral-letter', 'care-plan', 'operative-report', 'transfer-summary'],
  ...['consultation-report', '18842-5', 'Discharge summary'],
];
const SECTIONS = ['chief-complaint', 'hospital-course', 'medications', 'follow-up', 'physical-exam', '10154-3'];

const attester = object(
  { mode: fc.constantFrom('personal', 'professional', 'legal', 'official') },
  { time: dateTime(), partyId: id('prac') },
);
const relation = object({
  code: fc.constantFrom('replaces', 'transforms', 'signs', 'appends'),
  targetId: id('doc'),
});
const event = nonEmpty({ code: list(anyCodeObject()), period: plainPeriod(), detailIds: distinct(refAny()) });

const known = fc.constantFrom(...SECTIONS);
const title = pick(choice(1, fc.constantFrom('Medications', 'Hospital course', ...SLUGS)), choice(2, text(200)));
const sectionCode = pick(choice(3, known), choice(2, text(200)));

function section(levels: number): fc.Arbitrary<Json> {
  const optional: Model = {
    code: sectionCode,
    resourceIds: distinct(refAny()),
    authorId: id('prac'),
    mode: fc.constantFrom('working', 'snapshot', 'changes'),
  };
  if (levels > 1) optional.sections = list(subsection(levels - 1));
  return object({ title, text: narrativeText(50_000) }, optional);
}

/** Of what is within another section, ClinikAPI asks for nothing. */
const subsection = (levels: number): fc.Arbitrary<Json> =>
  pick(
    choice(4, section(levels)),
    choice(1, nonEmpty({ title, text: narrativeText(50_000), code: sectionCode, mode: fc.constant('working') })),
  );

export const documents = anyKeyOrder(
  object(
    {
      status: fc.constantFrom('preliminary', 'final', 'amended'),
      type: pick(choice(2, fc.constantFrom(...TYPES)), choice(1, text(100))),
      patientId: id('pt'),
      practitionerId: id('prac'),
      title: text(500),
      sections: pick(choice(99, list(section(3))), choice(1, fc.array(section(1), { minLength: 50, maxLength: 50 }))),
    },
    {
      category: list(text(200)),
      encounterId: id('enc'),
      date: pick(choice(1, plainDate()), choice(1, date())),
      confidentiality: fc.constantFrom('N', 'R', 'V'),
      attester: list(attester),
      custodianId: id('org'),
      relatesTo: list(relation),
      event: list(event),
    },
  ),
);
