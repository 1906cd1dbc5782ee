// Create payloads of /v1/assessments, in normal form.
import fc from 'fast-check';
import { anyKeyOrder, choice, distinct, list, nonEmpty, object, pick } from './object.js';
import { code, text } from './text.js';
import { dateTime, id, refAny, uri } from './values.js';
import { CODES } from './words.js';

const clinicalCode = pick(choice(2, fc.constantFrom(...CODES.map((made) => made.trim()))), choice(1, code()));

const finding = nonEmpty({ code: clinicalCode, text: text(300), basis: text(300) });
const prognosis = object({ text: text(300) }, { code: clinicalCode });
const investigation = object({ name: text(200) }, { itemIds: distinct(refAny()) });

const slug = fc.constantFrom('initial-assessment', 'follow-up', 'discharge', 'pre-operative');

export const assessments = anyKeyOrder(
  object(
    {
      status: fc.constantFrom('in-progress', 'completed'),
      patientId: id('pt'),
      summary: text(5000),
    },
    {
      statusReason: text(500),
      encounterId: id('enc'),
      practitionerId: id('prac'),
      code: pick(choice(1, slug), choice(1, text(200))),
      description: text(2000),
      findings: list(finding, 50),
      note: text(2000),
      effectiveDateTime: dateTime(),
      date: dateTime(),
      previousAssessmentId: id('assess'),
      problemIds: distinct(pick(choice(1, refAny()), choice(1, id('cond')), choice(1, id('allergy')))),
      investigations: list(investigation, 20),
      protocol: list(uri()),
      prognosis: list(prognosis, 10),
      supportingInfoIds: distinct(refAny()),
    },
  ),
);
