import { describe, expect, it } from '@jest/globals';
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
    expect(reading([{ text: 'a' }, { text: 'b', time: 't' }, { text: 'c' }]).text).toBe('a\n\nb\n\nc');
    expect(reading([null, { text: '' }, { time: 't' }, { text: 'a' }, { text: 1 }]).text).toBe('a');
    for (const value of [[], [{}], { text: 'a' }, 'a', null]) expect(reading(value).text).toBeUndefined();
  });

  it('are refused or cut together', () => {
    const long = [{ text: 'abcdef' }, { text: 'ghi' }];
    expect(reading(long)).toStrictEqual({ text: undefined, ids: ['text-over-limit'] });
    expect(reading(long, { overflow: 'truncate' })).toStrictEqual({ text: 'abcdef\n\ngh', ids: ['text-truncated'] });
    expect(reading([{ text: 'a\u0001' }]).ids).toStrictEqual(['text-invalid-character']);
  });

  it('are one note when written, and keep author and time while unchanged', () => {
    expect(codec.write('a\n\nb', payloadScope({}))).toStrictEqual([{ text: 'a\n\nb' }]);
    const before = [
      { text: 'a', authorString: 'x' },
      { text: 'b', time: 't' },
    ];
    expect(putValue(codec, 'a\n\nb', before, readScope('Task', {})).value).toBe(before);
    expect(putValue(codec, 'a\n\nc', before, readScope('Task', {})).value).toStrictEqual([{ text: 'a\n\nc' }]);
  });
});

describe('the mark of an absent value', () => {
  it('is the data-absent-reason extension, among others', () => {
    expect(isAbsent(absentReason())).toBe(true);
    expect(isAbsent({ extension: [null, { url: 'x' }, ...absentReason().extension] })).toBe(true);
    for (const value of [
      undefined,
      {},
      { extension: [] },
      { extension: [{ url: 'x' }] },
      { extension: absentReason() },
    ]) {
      expect(isAbsent(value)).toBe(false);
    }
  });

  it('stands in the element that it marks', () => {
    const mark = markAbsent('_date');
    expect(mark.write(payloadScope({}))).toStrictEqual({ _date: absentReason() });
    expect(mark.marks({ _date: absentReason() })).toBe(true);
    expect(mark.marks({ date: absentReason() })).toBe(false);
  });
});
