import type { JsonObject } from '../../../src/lens/json.js';
import { ABSENT, AT, encounter, type InvariantRows, observation, UCUM, valueRow } from '../../support/validation.js';

/** The types with a unit: a code needs a system. The values are fine by every other rule of their types. */
const QUANTITIES: Readonly<Record<string, JsonObject>> = {
  Quantity: { value: 1 },
  Age: { value: 1 },
  Count: { value: 1 },
  Distance: { value: 1 },
};

/** The rules of what has a unit, and of what is made of it. */
export const quantityRows: InvariantRows = {
  'age-1': [
    valueRow('a value and no code', 'Age', { value: 5 }, `error age-1 ${AT}`),
    valueRow('another system', 'Age', { value: 5, system: 'http://example.org', code: 'a' }, `error age-1 ${AT}`),
    valueRow('the value 0', 'Age', { value: 0, system: UCUM, code: 'a' }, `error age-1 ${AT}`),
    valueRow('a value below 0', 'Age', { value: -1, system: UCUM, code: 'a' }, `error age-1 ${AT}`),
    valueRow('a value above 0', 'Age', { value: 0.5, system: UCUM, code: 'a' }),
    valueRow('a unit alone', 'Age', { unit: 'years' }),
    valueRow('a value that only an extension carries', 'Age', { _value: ABSENT, system: UCUM, code: 'a' }),
  ],
  'cnt-3': [
    valueRow('a value and no code', 'Count', { value: 5 }, `error cnt-3 ${AT}`),
    valueRow('another system', 'Count', { value: 5, system: 'http://example.org', code: '1' }, `error cnt-3 ${AT}`),
    valueRow('another code', 'Count', { value: 5, system: UCUM, code: '2' }, `error cnt-3 ${AT}`),
    valueRow('a part of one', 'Count', { value: 1.5, system: UCUM, code: '1' }, `error cnt-3 ${AT}`),
    valueRow('a whole number', 'Count', { value: 5, system: UCUM, code: '1' }),
    valueRow('none', 'Count', { value: 0, system: UCUM, code: '1' }),
    valueRow('a unit alone', 'Count', { unit: 'pieces' }),
  ],
  'dis-1': [
    valueRow('a value and no code', 'Distance', { value: 5 }, `error dis-1 ${AT}`),
    valueRow('another system', 'Distance', { value: 5, system: 'http://example.org', code: 'm' }, `error dis-1 ${AT}`),
    valueRow('a code of UCUM', 'Distance', { value: 5, system: UCUM, code: 'm' }),
    valueRow('a unit alone', 'Distance', { unit: 'metres' }),
  ],
  'drt-1': [
    valueRow('a code and no value', 'Duration', { system: UCUM, code: 'min' }, `error drt-1 ${AT}`),
    valueRow(
      'another system',
      'Duration',
      { value: 5, system: 'http://example.org', code: 'min' },
      `error drt-1 ${AT}`,
    ),
    [
      'an Encounter that lasts a code of another system',
      encounter,
      { length: { value: 5, system: 'http://example.org', code: 'min' } },
      'error drt-1 Encounter.length',
    ],
    valueRow('a code of UCUM', 'Duration', { value: 5, system: UCUM, code: 'min' }),
    valueRow('a unit and no code', 'Duration', { value: 5, unit: 'minutes' }),
    valueRow('a value that only an extension carries', 'Duration', { _value: ABSENT, system: UCUM, code: 'min' }),
  ],
  'qty-3': [
    valueRow('a code and no system', 'Quantity', { value: 1, code: 'mg' }, `error qty-3 ${AT}`),
    valueRow('a code and no system', 'Age', { value: 1, code: 'a' }, `error qty-3 ${AT}`),
    valueRow('a code and no system', 'Count', { value: 1, code: '1' }, `error qty-3 ${AT}`),
    valueRow('a code and no system', 'Distance', { value: 1, code: 'm' }, `error qty-3 ${AT}`),
    [
      'a limit with a code and no system',
      observation,
      { referenceRange: [{ high: { value: 1, code: 'mg' } }] },
      'error qty-3 Observation.referenceRange[0].high',
    ],
    ...Object.entries(QUANTITIES).map(([type, value]) =>
      valueRow('a code and its system', type, { ...value, system: UCUM, code: '1' }),
    ),
    valueRow('a unit and no code', 'Quantity', { value: 1, unit: 'mg' }),
    valueRow('a system that only an extension carries', 'Quantity', { value: 1, _system: ABSENT, code: 'mg' }),
  ],
  'sqty-1': [
    [
      'a limit with a comparator',
      observation,
      { referenceRange: [{ low: { value: 1, comparator: '<' } }] },
      'error sqty-1 Observation.referenceRange[0].low',
    ],
    valueRow('a comparator at an end', 'Range', { low: { value: 1, comparator: '>' } }, `error sqty-1 ${AT}.low`),
    valueRow('a comparator', 'Quantity', { value: 1, comparator: '<' }),
    ['a limit without a comparator', observation, { referenceRange: [{ low: { value: 1, unit: 'mg' } }] }],
  ],
  'rng-2': [
    valueRow('ends that are reversed', 'Range', { low: { value: 2 }, high: { value: 1 } }, `error rng-2 ${AT}`),
    valueRow(
      'ends that are reversed in one unit',
      'Range',
      { low: { value: 2, system: UCUM, code: 'mg' }, high: { value: 1, system: UCUM, code: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'ends that are reversed in two units',
      'Range',
      { low: { value: 2, system: UCUM, code: 'g' }, high: { value: 1, system: UCUM, code: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'ends that nobody can compare',
      'Range',
      { low: { value: 1, system: UCUM, code: 'mg' }, high: { value: 2, system: UCUM, code: 'mL' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'ends of which one has a code for its unit',
      'Range',
      { low: { value: 1, unit: 'mg' }, high: { value: 2, system: UCUM, code: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'ends in two units, though they could be converted',
      'Range',
      { low: { value: 500, system: UCUM, code: 'mg' }, high: { value: 1, system: UCUM, code: 'g' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'ends whose units differ as text',
      'Range',
      { low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'g' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'ends of one code in two systems',
      'Range',
      { low: { value: 1, system: UCUM, code: 'mg' }, high: { value: 2, system: 'http://x.example', code: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'an end without a value',
      'Range',
      { low: { unit: 'mg' }, high: { value: 2, unit: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    valueRow(
      'an end without a unit',
      'Range',
      { low: { value: 1 }, high: { value: 2, unit: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    valueRow('ends of one unit, of which one has a code, too', 'Range', {
      low: { value: 1, unit: 'mg', system: UCUM, code: 'mg' },
      high: { value: 2, unit: 'mg' },
    }),
    valueRow('ends that are the same', 'Range', { low: { value: 2, unit: 'mg' }, high: { value: 2, unit: 'mg' } }),
    valueRow('ends below zero', 'Range', { low: { value: -2 }, high: { value: -1 } }),
    valueRow('a low end alone', 'Range', { low: { value: 2 } }),
    valueRow('a high end alone', 'Range', { high: { value: 2 } }),
    valueRow(
      'an end that has the wrong JSON type, as that alone',
      'Range',
      { low: { value: '2' }, high: { value: 1 } },
      `error wrong-json-type ${AT}.low.value`,
    ),
  ],
  'rat-1': [
    valueRow('a numerator and no denominator', 'Ratio', { numerator: { value: 1 } }, `error rat-1 ${AT}`),
    valueRow('a denominator and no numerator', 'Ratio', { denominator: { value: 1 } }, `error rat-1 ${AT}`),
    valueRow('both', 'Ratio', { numerator: { value: 1 }, denominator: { value: 2 } }),
    valueRow('neither, but an extension', 'Ratio', ABSENT),
  ],
};
