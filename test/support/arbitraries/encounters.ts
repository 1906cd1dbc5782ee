// Create payloads of /v1/encounters, in normal form.
import fc from 'fast-check';
import { anyKeyOrder, choice, list, nonEmpty, object, pick } from './object.js';
import { code, text } from './text.js';
import { id, int, nameOrRef, period, positiveInt } from './values.js';
import { CODES, DISPLAYS } from './words.js';

const STATUSES = ['planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled'];
const CLASSES = ['AMB', 'IMP', 'EMER', 'HH', 'VR', 'ACUTE', 'NONAC', 'OBSENC', 'PRENC', 'SS', 'FLD', 'amb', 'XYZ'];
const PRIORITIES = ['R', 'EM', 'S', 'UR', 'A', 'CR', 'EL', 'P', 'T', 'routine', 'Routine', 'emergency'];
const USES = ['AD', 'DD', 'CC', 'CM', 'pre-op', 'post-op', 'billing'];

/** A list of one is not normal form: that is a string. */
const reasons = fc.array(text(500), { minLength: 2, maxLength: 4 });

const condition = pick(
  choice(2, fc.constantFrom(...CODES)),
  choice(1, fc.constantFrom(...DISPLAYS)),
  choice(3, nameOrRef(['Condition', 'Procedure'], 500)),
);
const diagnosis = nonEmpty({
  condition,
  use: pick(choice(3, fc.constantFrom(...USES)), choice(1, text(200))),
  rank: positiveInt(),
});

const participant = object(
  { practitionerId: id('prac') },
  { role: pick(choice(1, fc.constantFrom('PPRF', 'ATND', 'ADM', 'PART', 'SPRF', 'translator')), choice(2, text(200))) },
);

const site = nameOrRef(['Location', 'Organization'], 200);
const hospitalization = nonEmpty({
  admitSource: pick(
    choice(1, fc.constantFrom('hosp-trans', 'emd', 'gp', 'other', 'Other', 'From nursing home')),
    choice(1, text(200)),
  ),
  dischargeDisposition: pick(
    choice(1, fc.constantFrom('home', 'snf', 'exp', 'aadvice', 'Home', 'Expired')),
    choice(1, text(200)),
  ),
  reAdmission: pick(choice(1, fc.constantFrom('R', 'Re-admission')), choice(1, text(200))),
  dietPreference: list(
    pick(choice(1, fc.constantFrom('vegetarian', 'halal', 'Vegan', 'nut-free')), choice(1, text(200))),
  ),
  specialArrangement: list(pick(choice(1, fc.constantFrom('wheel', 'att', 'dog')), choice(1, text(200)))),
  destination: site,
  origin: site,
});

export const encounters = anyKeyOrder(
  object(
    {
      status: fc.constantFrom(...STATUSES),
      class: pick(choice(2, fc.constantFrom(...CLASSES)), choice(1, code())),
      patientId: id('pt'),
    },
    {
      practitionerId: id('prac'),
      participants: list(participant),
      type: text(200),
      serviceType: text(200),
      priority: pick(choice(1, fc.constantFrom(...PRIORITIES)), choice(1, text(50))),
      reasonCode: pick<string | string[]>(choice(1, text(500)), choice(1, reasons)),
      period: period(),
      lengthMinutes: int(0, 10_080),
      location: nameOrRef(['Location'], 200),
      serviceProvider: nameOrRef(['Organization'], 200),
      diagnosis: list(diagnosis, 20),
      appointmentId: id('appt'),
      basedOnId: id('sr'),
      partOfId: id('enc'),
      hospitalization,
    },
  ),
);
