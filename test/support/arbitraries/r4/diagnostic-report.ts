// DiagnosticReport resources.
import fc from 'fast-check';
import { choice, list, merge, object, pick, repeating } from '../object.js';
import { anyText as text } from '../text.js';
import { dateTime, plainDate, plainPeriod } from '../values.js';
import { attachment, CATEGORIES, CLINICAL, concept, identifier, REPORTS } from './datatypes.js';
import { readable, reference } from './references.js';
import { resource } from './resource.js';

const TWINS = ['registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled'];

const PERFORMERS = ['Practitioner', 'PractitionerRole', 'Organization', 'CareTeam'] as const;
const performer = pick(
  choice(1, list(reference(...PERFORMERS))),
  choice(1, fc.tuple(readable('Practitioner', ...PERFORMERS))),
);

const effective = pick(
  choice(1, object({})),
  choice(2, object({ effectiveDateTime: plainDate() })),
  choice(1, object({ effectivePeriod: plainPeriod() })),
);

const textOnly = object({ text: text(200) });

const elements = object(
  {
    status: pick(choice(30, fc.constantFrom(...TWINS)), choice(1, fc.constantFrom('entered-in-error', 'unknown'))),
    code: concept(REPORTS),
  },
  {
    identifier: list(identifier()),
    basedOn: repeating(list(reference('ServiceRequest', 'CarePlan', 'MedicationRequest'))),
    category: list(concept(CATEGORIES)),
    encounter: reference('Encounter'),
    issued: dateTime(),
    performer,
    resultsInterpreter: performer,
    specimen: repeating(list(reference('Specimen'))),
    result: repeating(list(reference('Observation'))),
    imagingStudy: list(reference('ImagingStudy')),
    media: list(object({ link: reference('Media') }, { comment: text(200) })),
    conclusion: text(5000),
    conclusionCode: list(pick(choice(2, concept(CLINICAL)), choice(1, textOnly))),
    presentedForm: list(attachment()),
  },
);

const subject = pick(
  choice(24, object({ subject: readable('Patient', 'Group', 'Device', 'Location') })),
  choice(1, object({})),
);

export const DiagnosticReport = resource('DiagnosticReport', merge(elements, effective, subject));
