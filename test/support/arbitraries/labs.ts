// Create payloads of /v1/labs, in normal form.
import fc from 'fast-check';
import { anyKeyOrder, choice, distinct, type Json, list, merge, nonEmpty, object, pick } from './object.js';
import { text } from './text.js';
import { anyCodeObject, base64, codeObject, dateTime, id, period, uri } from './values.js';

const STATUSES = ['registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled'];
const CATEGORIES = ['LAB', 'RAD', 'PAT', 'HM', 'MB', 'lab', 'Laboratory', 'CH'];
const LOINC = ['24323-8', '718-7', '2345-7', '58410-2', '24323-7', '24323'];
const MEDIA_TYPES = [
  ...['application/pdf', 'text/plain', 'text/html; charset=utf-8', 'image/png', 'application/dicom'],
  ...['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'image/svg+xml'],
];

const shown = { data: base64(), url: uri(), title: text(300) };
const attachment = pick(
  choice(6, object({ contentType: fc.constantFrom(...MEDIA_TYPES) }, shown)),
  choice(1, nonEmpty(shown)),
);
const media = pick(
  choice(6, object({ linkId: id('media') }, { comment: text(300) })),
  choice(1, object({ comment: text(300) })),
);

/** A report says when once: as a moment, as a period, or not at all. */
const effective = pick(
  choice(1, object({})),
  choice(1, object({ effectiveDateTime: dateTime() })),
  choice(1, object({ effectivePeriod: period() })),
);

const report = object(
  {
    status: fc.constantFrom(...STATUSES),
    code: pick<string | Json>(choice(2, fc.constantFrom(...LOINC)), choice(3, text(300)), choice(5, codeObject())),
    patientId: id('pt'),
  },
  {
    encounterId: id('enc'),
    category: pick(choice(1, fc.constantFrom(...CATEGORIES)), choice(1, text(200))),
    resultIds: distinct(id('obs')),
    conclusion: text(5000),
    conclusionCodes: list(anyCodeObject()),
    performer: id('prac'),
    resultsInterpreter: id('prac'),
    specimenIds: distinct(id('spec')),
    presentedForm: list(attachment),
    basedOn: distinct(id('sr')),
    media: list(media),
  },
);

export const labs = anyKeyOrder(merge(report, effective));
