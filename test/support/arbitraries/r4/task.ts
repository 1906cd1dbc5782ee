// Task resources.
import fc from 'fast-check';
import { choice, list, merge, nonEmpty, object, pick, repeating } from '../object.js';
import { anyText as text } from '../text.js';
import { date, dateTime, orderedDateTimes, plainDate, plainPeriod, positiveInt, signedInt, uri } from '../values.js';
import { annotation, concept, identifier, otherValue, TASK_CODES } from './datatypes.js';
import { anyReference, readable, reference } from './references.js';
import { resource } from './resource.js';

const SUPPORTED = [
  ...['draft', 'requested', 'received', 'accepted', 'rejected', 'ready', 'cancelled', 'in-progress', 'on-hold'],
  ...['failed', 'completed'],
];
const INTENTS = [
  ...['unknown', 'proposal', 'plan', 'order', 'original-order', 'reflex-order', 'filler-order'],
  ...['instance-order', 'option'],
];

const supported = pick(
  choice(2, object({ valueString: text(300) })),
  choice(1, object({ valueBoolean: fc.boolean() })),
  choice(1, object({ valueInteger: signedInt() })),
  choice(1, object({ valueDate: pick(choice(3, date()), choice(1, fc.constantFrom('2024', '2024-02'))) })),
  choice(1, object({ valueDateTime: pick(choice(3, dateTime()), choice(1, plainDate())) })),
  choice(2, object({ valueReference: anyReference() })),
);

const parameter = merge(
  object({ type: pick(choice(2, object({ text: text(200) })), choice(1, concept(TASK_CODES))) }),
  pick(choice(3, supported), choice(2, otherValue())),
);

const RECIPIENTS = ['PractitionerRole', 'RelatedPerson', 'Group', 'Organization', 'Practitioner'] as const;
const restriction = nonEmpty({
  repetitions: positiveInt(),
  period: plainPeriod(),
  recipient: repeating(list(reference('Patient', ...RECIPIENTS))),
});

/** When it was written and last changed: in that order. */
const times = pick(
  choice(2, object({})),
  choice(2, object({ authoredOn: plainDate() })),
  choice(1, object({ lastModified: plainDate() })),
  choice(
    3,
    orderedDateTimes().map(([authoredOn, lastModified]) => ({ authoredOn, lastModified })),
  ),
);

const elements = object(
  {
    status: pick(choice(30, fc.constantFrom(...SUPPORTED)), choice(1, fc.constant('entered-in-error'))),
    intent: fc.constantFrom(...INTENTS),
  },
  {
    identifier: list(identifier()),
    instantiatesCanonical: fc.constantFrom('https://example.org/ActivityDefinition/a|1.0', 'https://example.org/b'),
    instantiatesUri: uri(),
    basedOn: repeating(list(anyReference())),
    groupIdentifier: identifier(),
    partOf: repeating(list(reference('Task'))),
    statusReason: concept(),
    businessStatus: concept(TASK_CODES),
    priority: fc.constantFrom('routine', 'urgent', 'asap', 'stat'),
    code: concept(TASK_CODES),
    description: text(2000),
    focus: anyReference(),
    for: readable('Patient', 'Group', 'Organization'),
    encounter: reference('Encounter'),
    executionPeriod: plainPeriod(),
    requester: reference('Practitioner', 'Organization', 'Device', 'Patient', 'PractitionerRole', 'RelatedPerson'),
    performerType: list(concept()),
    owner: reference('Practitioner', 'Organization', 'CareTeam', 'HealthcareService', 'PractitionerRole'),
    location: reference('Location'),
    reasonCode: concept(),
    reasonReference: anyReference(),
    insurance: list(reference('Coverage')),
    note: list(annotation()),
    relevantHistory: list(reference('Provenance')),
    restriction,
    input: list(parameter),
    output: list(parameter),
  },
);

export const Task = resource('Task', merge(elements, times));
