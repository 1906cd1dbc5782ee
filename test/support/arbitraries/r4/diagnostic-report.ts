// DiagnosticReport resources.
import fc from 'fast-check';
import { choice, type Json, list, merge, object, pick, repeating } from '../object.js';
import { anyText as text } from '../text.js';
import { dateTime, plainDate, plainPeriod } from '../values.js';
import { attachment, CATEGORIES, CLINICAL, concept, identifier, REPORTS } from './datatypes.js';
import { readable, reference } from './references.js';
import { resource } from './resource.js';

const SUPPORTED = ['registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled'];

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

/** What a code object without a system is written as, or nearly so. */
const asGiven = fc
  .tuple(fc.constantFrom('718-7', '24323-8', '718-8', 'x'), fc.constantFrom({}, { display: 'Hb' }), fc.boolean())
  .map(([code, more, reversed]): Json => {
    const coding = [
      { system: 'http://loinc.org', code },
      { code, ...more },
    ];
    return { coding: reversed ? coding.reverse() : coding };
  });

const elements = object(
  {
    status: pick(choice(30, fc.constantFrom(...SUPPORTED)), choice(1, fc.constantFrom('entered-in-error', 'unknown'))),
    code: pick(choice(20, concept(REPORTS)), choice(1, asGiven)),
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
