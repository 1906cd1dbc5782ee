// Dates and times by FHIR's own grammar: any number of fraction digits, any offset, any year from 0001 to 9999.
import fc from 'fast-check';
import { choice, type Json, pick } from './object.js';

interface Zone {
  readonly text: string;
  readonly minutes: number;
}

const two = (value: number) => String(value).padStart(2, '0');
const DAY = 86_400;
const at = (iso: string) => Date.parse(iso) / 1000;

const zone: fc.Arbitrary<Zone> = pick(
  choice(4, fc.constant({ text: 'Z', minutes: 0 })),
  choice(1, fc.constantFrom({ text: '+00:00', minutes: 0 }, { text: '-00:00', minutes: 0 })),
  choice(1, fc.constantFrom({ text: '+14:00', minutes: 840 }, { text: '-12:00', minutes: -720 })),
  choice(
    3,
    fc.integer({ min: -839, max: 839 }).map((minutes) => {
      const size = Math.abs(minutes);
      return { text: `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`, minutes };
    }),
  ),
);

const fraction = pick(
  choice(5, fc.constant('')),
  choice(
    2,
    fc.integer({ min: 0, max: 999 }).map((ms) => `.${String(ms).padStart(3, '0')}`),
  ),
  choice(1, fc.constantFrom('.0', '.5', '.50', '.000', '.999', '.123456', '.123456789', '.1234567890123456789')),
  choice(
    1,
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }).map((d) => `.${d.join('')}`),
  ),
);

const second = pick(
  choice(6, fc.integer({ min: at('1900-01-01T00:00:00Z'), max: at('2099-12-31T23:59:59Z') })),
  choice(1, fc.integer({ min: at('0001-01-02T00:00:00Z'), max: at('9999-12-30T23:59:59Z') })),
  choice(1, fc.constantFrom(0, at('2024-02-29T23:59:59Z'), at('2000-02-29T00:00:00Z'), at('0004-02-29T12:00:00Z'))),
);

const written = (seconds: number, fractional: string, { text, minutes }: Zone) =>
  `${new Date((seconds + minutes * 60) * 1000).toISOString().slice(0, 19)}${fractional}${text}`;

const EDGES = [
  ...['0001-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59-12:00'],
  ...['2016-12-31T23:59:60Z', '2024-03-10T02:30:00-05:00', '1582-10-10T00:00:00Z', '2038-01-19T03:14:08Z'],
];

/** A date with a time and an offset. */
export function dateTime(): fc.Arbitrary<string> {
  return pick(
    choice(
      30,
      fc.tuple(second, fraction, zone).map((parts) => written(...parts)),
    ),
    choice(1, fc.constantFrom(...EDGES)),
  );
}

/** A calendar day, `YYYY-MM-DD`. */
export function date(): fc.Arbitrary<string> {
  const day = second.map((seconds) => new Date(seconds * 1000).toISOString().slice(0, 10));
  return pick(choice(20, day), choice(1, fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29')));
}

/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a date with a time and an offset. */
export function plainDate(): fc.Arbitrary<string> {
  return pick(
    choice(
      1,
      date().map((day) => day.slice(0, 4)),
    ),
    choice(
      1,
      date().map((day) => day.slice(0, 7)),
    ),
    choice(3, date()),
    choice(3, dateTime()),
  );
}

const gap = pick(
  choice(1, fc.constant(0)),
  choice(2, fc.integer({ min: 0, max: 2 * DAY })),
  choice(2, fc.integer({ min: 0, max: 2000 * DAY })),
);

/** No later than the other, as decimal fractions. */
const sorted = (one: string, other: string): [string, string] => {
  const digits = Math.max(one.length, other.length, 1);
  const key = (fractional: string) => (fractional || '.').padEnd(digits, '0');
  return key(one) <= key(other) ? [one, other] : [other, one];
};

/** Two dates with a time, the first no later than the second: to the last fraction digit, and across offsets. */
export function orderedDateTimes(): fc.Arbitrary<[string, string]> {
  const pair = fc.tuple(second, gap, fraction, fraction, zone, zone).map(([start, length, f1, f2, z1, z2]) => {
    const end = Math.min(start + length, at('9999-12-30T23:59:59Z'));
    const [first, last] = start === end ? sorted(f1, f2) : [f1, f2];
    return [written(start, first, z1), written(end, last, z2)] satisfies [string, string];
  });
  const equal = dateTime().map((both) => [both, both] satisfies [string, string]);
  return pick(choice(9, pair), choice(1, equal));
}

const openOrClosed = (pair: fc.Arbitrary<[string, string]>, end: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  pick<Json>(
    choice(
      1,
      end.map((made) => ({ start: made })),
    ),
    choice(
      1,
      end.map((made) => ({ end: made })),
    ),
    choice(
      4,
      pair.map(([first, last]) => ({ start: first, end: last })),
    ),
  );

/** A Period of dates with times: never empty, never reversed. */
export function period(): fc.Arbitrary<Json> {
  return openOrClosed(orderedDateTimes(), dateTime());
}

const samePrecision = fc
  .tuple(second, gap, fc.constantFrom(4, 7, 10, 10))
  .map(([start, length, precision]): [string, string] => {
    const cut = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, precision);
    return [cut(start), cut(Math.min(start + length, at('9999-12-30T23:59:59Z')))];
  });

/** Ends of two precisions that still compare, because whole years lie between them. */
const yearsApart = fc
  .tuple(fc.integer({ min: 1900, max: 2000 }), fc.integer({ min: 2010, max: 2090 }), fc.constantFrom(0, 1, 2, 3, 4, 5))
  .map(([first, last, mix]): [string, string] => {
    const forms = (year: number): [string, string, string] => [
      String(year),
      `${year}-06`,
      `${year}-06-15T10:00:00+02:00`,
    ];
    const [y1, m1, t1] = forms(first);
    const [y2, m2, t2] = forms(last);
    const mixes: [string, string][] = [
      [y1, m2],
      [y1, t2],
      [m1, y2],
      [m1, t2],
      [t1, y2],
      [t1, m2],
    ];
    return mixes[mix] ?? [y1, y2];
  });

/** A Period whose ends may be partial: never empty, never reversed, always comparable. */
export function plainPeriod(): fc.Arbitrary<Json> {
  return openOrClosed(
    pick(choice(4, samePrecision), choice(4, orderedDateTimes()), choice(1, yearsApart)),
    plainDate(),
  );
}
