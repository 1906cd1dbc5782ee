// Create payloads of /v1/tasks, in normal form.
import fc from 'fast-check';
import { anyKeyOrder, choice, distinct, list, nonEmpty, object, pick } from './object.js';
import { text } from './text.js';
import { date, dateTime, id, period, plainPeriod, positiveInt, refAny, signedInt } from './values.js';

const STATUSES = [
  ...['draft', 'requested', 'received', 'accepted', 'rejected', 'ready', 'cancelled', 'in-progress', 'on-hold'],
  ...['failed', 'completed'],
];
const INTENTS = [
  ...['unknown', 'proposal', 'plan', 'order', 'original-order', 'reflex-order', 'filler-order'],
  ...['instance-order', 'option'],
];
const CODES = ['approve', 'fulfill', 'abort', 'replace', 'change', 'suspend', 'resume', 'lab-collection', 'Approve'];

const type = pick(choice(1, fc.constantFrom('lab-report', 'dispensed', 'count', 'same')), choice(1, text(200)));

/** An input or output: a type, and a value of one kind or of none. */
const parameter = pick(
  choice(1, object({ type })),
  choice(2, object({ type, valueString: text(300) })),
  choice(1, object({ type, valueBoolean: fc.boolean() })),
  choice(1, object({ type, valueInteger: signedInt() })),
  choice(1, object({ type, valueDate: date() })),
  choice(1, object({ type, valueDateTime: dateTime() })),
  choice(2, object({ type, valueReference: refAny() })),
);

const restriction = nonEmpty({
  repetitions: positiveInt(),
  period: plainPeriod(),
  recipientIds: distinct(refAny()),
});

export const tasks = anyKeyOrder(
  object(
    { status: fc.constantFrom(...STATUSES), intent: fc.constantFrom(...INTENTS) },
    {
      statusReason: text(500),
      businessStatus: text(200),
      priority: fc.constantFrom('routine', 'urgent', 'asap', 'stat'),
      code: pick(choice(1, fc.constantFrom(...CODES)), choice(1, text(200))),
      description: text(2000),
      focusId: refAny(),
      patientId: id('pt'),
      encounterId: id('enc'),
      executionPeriod: period(),
      authoredOn: dateTime(),
      requesterId: id('prac'),
      ownerId: id('prac'),
      reasonCode: text(500),
      note: text(2000),
      basedOn: distinct(refAny()),
      partOf: distinct(id('task')),
      input: list(parameter),
      output: list(parameter),
      restriction,
    },
  ),
);
