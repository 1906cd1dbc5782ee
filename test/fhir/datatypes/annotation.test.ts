import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { absentReason, isAbsent, markAbsent } from '../../../src/fhir/dataAbsent.js';
import { notes } from '../../../src/fhir/datatypes/annotation.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';
import { putValue } from '../../../src/lens/codec.js';

const codec = notes(10);
const reading = (value: unknown, options: ConvertOptions = {}) => {
  const scope = readScope('Task', options);
  return { text: codec.read(value, scope), ids: scope.issues?.map((issue) => issue.id) };
};

describe('notes', () => {
  it('are one text with blank lines between them', () => {
    assert.equal(reading([{ text: 'a' }, { text: 'b', time: 't' }, { text: 'c' }]).text, 'a\n\nb\n\nc');
    assert.equal(reading([null, { text: '' }, { time: 't' }, { text: 'a' }, { text: 1 }]).text, 'a');
    for (const value of [[], [{}], { text: 'a' }, 'a', null]) assert.equal(reading(value).text, undefined);
  });

  it('are refused or cut together', () => {
    const long = [{ text: 'abcdef' }, { text: 'ghi' }];
    assert.deepEqual(reading(long), { text: undefined, ids: ['text-over-limit'] });
    assert.deepEqual(reading(long, { overflow: 'truncate' }), { text: 'abcdef\n\ngh', ids: ['text-truncated'] });
    assert.deepEqual(reading([{ text: 'a\u0001' }]).ids, ['text-not-holdable']);
  });

  it('are one note when written, and keep author and time while unchanged', () => {
    assert.deepEqual(codec.write('a\n\nb', payloadScope({})), [{ text: 'a\n\nb' }]);
    const before = [
      { text: 'a', authorString: 'x' },
      { text: 'b', time: 't' },
    ];
    assert.equal(putValue(codec, 'a\n\nb', before, readScope('Task', {})).value, before);
    assert.deepEqual(putValue(codec, 'a\n\nc', before, readScope('Task', {})).value, [{ text: 'a\n\nc' }]);
  });
});

describe('the mark of an absent value', () => {
  it('is the data-absent-reason extension, among others', () => {
    assert.equal(isAbsent(absentReason()), true);
    assert.equal(isAbsent({ extension: [null, { url: 'x' }, ...absentReason().extension] }), true);
    for (const value of [
      undefined,
      {},
      { extension: [] },
      { extension: [{ url: 'x' }] },
      { extension: absentReason() },
    ]) {
      assert.equal(isAbsent(value), false);
    }
  });

  it('stands in the element that it marks', () => {
    const mark = markAbsent('_date');
    assert.deepEqual(mark.write(payloadScope({})), { _date: absentReason() });
    assert.equal(mark.marks({ _date: absentReason() }), true);
    assert.equal(mark.marks({ date: absentReason() }), false);
  });
});
