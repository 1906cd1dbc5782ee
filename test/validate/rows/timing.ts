import type { JsonObject } from '../../../src/lens/json.js';
import { AT, type InvariantRows, type Row, valueRow } from '../../support/validation.js';

const timing = (title: string, repeat: JsonObject, ...keys: string[]): Row =>
  valueRow(title, 'Timing', { repeat }, ...keys.map((key) => `error ${key} ${AT}.repeat`));

/** The rules of Timing. */
export const timingRows: InvariantRows = {
  'tim-1': [
    timing('a duration of no unit', { duration: 1 }, 'tim-1'),
    timing('a duration of a unit', { duration: 1, durationUnit: 'h' }),
  ],
  'tim-2': [
    timing('a period of no unit', { period: 1 }, 'tim-2'),
    timing('a period of a unit', { period: 1, periodUnit: 'd' }),
  ],
  'tim-4': [
    timing('a duration below zero', { duration: -1, durationUnit: 'h' }, 'tim-4'),
    timing('a duration of zero', { duration: 0, durationUnit: 'h' }),
  ],
  'tim-5': [
    timing('a period below zero', { period: -1, periodUnit: 'h' }, 'tim-5'),
    timing('a period of zero', { period: 0, periodUnit: 'h' }),
  ],
  'tim-6': [
    timing('a longest period alone', { periodMax: 2 }, 'tim-6'),
    timing('a longest period', { period: 1, periodMax: 2, periodUnit: 'd' }),
  ],
  'tim-7': [
    timing('a longest duration alone', { durationMax: 2 }, 'tim-7'),
    timing('a longest duration', { duration: 1, durationMax: 2, durationUnit: 'd' }),
  ],
  'tim-8': [
    timing('a greatest count alone', { countMax: 2 }, 'tim-8'),
    timing('a greatest count', { count: 1, countMax: 2 }),
  ],
  'tim-9': [
    timing('an offset from nothing', { offset: 5 }, 'tim-9'),
    timing('an offset from a meal', { offset: 5, when: ['CM'] }, 'tim-9'),
    timing('an offset from meals, one of several', { offset: 5, when: ['ACM', 'CD'] }, 'tim-9'),
    timing('an offset from before a meal', { offset: 5, when: ['ACM'] }),
    timing('an offset from before several meals', { offset: 5, when: ['ACM', 'ACD'] }),
    timing('a meal without an offset', { when: ['CM', 'CD'] }),
  ],
  'tim-10': [
    timing('a time of day and an event', { timeOfDay: ['10:00:00'], when: ['ACM'] }, 'tim-10'),
    timing('a time of day', { timeOfDay: ['10:00:00'] }),
  ],
};
