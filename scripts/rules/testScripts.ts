import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, type Entry, on, withOthers } from './entry.js';

const operation = { url: 'Patient/1', encodeRequestUrl: true };
const assert = { response: 'okay', warningOnly: false };

type Place = 'setup' | 'test' | 'teardown';

/** A rule of an action in one of the parts of a script. */
function action(place: Place, fix: string, fine: JsonObject, broken: JsonObject, below = ''): Entry {
  const script = (one: JsonObject): JsonObject =>
    place === 'test' ? { test: [{ action: [one] }] } : { [place]: { action: [one] } };
  const at = `${place === 'test' ? 'test[0]' : place}.action[0]${below === '' ? '' : `.${below}`}`;
  return on('TestScript', fix, script(fine), script(broken), at);
}

const either = (place: Place): Entry =>
  action(place, 'Make two actions of the operation and the assert.', { operation }, { operation, assert });
const single = (place: Place): Entry =>
  action(
    place,
    'Make an action of each assertion.',
    { assert },
    { assert: { ...assert, resource: 'Patient' } },
    'assert',
  );
const addressed = (place: Place): Entry =>
  action(
    place,
    'Say what is sent, or where to: one of sourceId, targetId, url and params.',
    { operation },
    { operation: { encodeRequestUrl: true } },
    'operation',
  );
const compared = (place: Place): Entry =>
  action(
    place,
    'Add the expression or path in the source that is compared with, or take compareToSourceId away.',
    { assert: { compareToSourceId: 'source', compareToSourceExpression: 'Patient.id', warningOnly: false } },
    { assert: { compareToSourceId: 'source', warningOnly: false } },
    'assert',
  );
const directed = (place: Place): Entry =>
  action(
    place,
    'Make the direction response, or take response and responseCode away: a request has neither.',
    { assert: { direction: 'response', ...assert } },
    { assert: { direction: 'request', ...assert } },
    'assert',
  );

/** The invariants of TestScript. What a test or teardown does has the definition of what a setup does, with its rules. */
export const testScripts: Entries = {
  'tst-1': either('setup'),
  'tst-2': either('test'),
  'tst-3': on(
    'TestScript',
    'Keep one of expression, headerField and path.',
    { variable: [{ name: 'id', expression: 'Patient.id' }] },
    { variable: [{ name: 'id', expression: 'Patient.id', headerField: 'ETag', path: '/Patient/id' }] },
    'variable[0]',
  ),
  'tst-4': {
    fix: 'Give each capability its required and validated, which R4 requires anyway: missing-element says which.',
  },
  'tst-5': single('setup'),
  'tst-6': withOthers(single('test'), 'tst-5'),
  'tst-7': addressed('setup'),
  'tst-8': withOthers(addressed('test'), 'tst-7'),
  'tst-9': withOthers(addressed('teardown'), 'tst-7'),
  'tst-10': compared('setup'),
  'tst-11': withOthers(compared('test'), 'tst-10'),
  'tst-12': directed('setup'),
  'tst-13': withOthers(directed('test'), 'tst-12'),
};
