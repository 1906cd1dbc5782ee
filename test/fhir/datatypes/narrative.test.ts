import { describe, expect, it } from '@jest/globals';
import { narratable, narrative } from '../../../src/fhir/datatypes/narrative.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;

describe('narrative', () => {
  const codec = narrative(5);
  const read = (value: unknown, options: ConvertOptions = {}) => {
    const scope = readScope('Composition', options);
    return { text: codec.read(value, scope), ids: scope.issues?.map((issue) => issue.id) };
  };
  const admit = (value: string) => {
    const scope = payloadScope({});
    return { text: codec.admit(value, scope), ids: scope.issues?.map((issue) => issue.id) };
  };

  it('is the record, not a rendering of one', () => {
    expect(codec.write('a', payloadScope({}))).toStrictEqual({ status: 'additional', div: div('a') });
  });

  it('refuses or cuts what is too long, by the text and not by its markup', () => {
    expect(read({ div: div('<p><b>abcde</b></p>') })).toStrictEqual({ text: 'abcde', ids: [] });
    expect(read({ div: div('abcdef') })).toStrictEqual({ text: undefined, ids: ['text-over-limit'] });
    expect(read({ div: div('😀😀😀😀😀😀') }, { overflow: 'truncate' })).toStrictEqual({
      text: '😀😀😀😀😀',
      ids: ['text-truncated'],
    });
  });

  it('reads nothing but a narrative', () => {
    for (const value of [undefined, null, 'text', div('a'), { status: 'generated' }, { div: 7 }]) {
      expect(read(value)).toStrictEqual({ text: undefined, ids: [] });
    }
  });

  it.each([
    ['<p>a <del>b</del></p>', ['information narrative-struck-out']],
    ['<p>a</p><p hidden="hidden">b</p>', ['warning narrative-hidden']],
    ['<p>a <img src="#b"/></p>', ['warning narrative-image']],
    ['<p style="color: red">a</p>', ['information narrative-style']],
    ['<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>', ['information narrative-table']],
    ['<table><tr><td>a</td><td>b</td></tr></table>', []],
    ['<p class="x">a <b>b</b> <a href="#c">c</a></p>', []],
    ['<style>p { color: red }</style><p>a</p>', []],
    [`${'<b>'.repeat(600)}a${'</b>'.repeat(600)}`, ['error narrative-too-deep']],
  ])('says what text cannot say of %s', (inner, expected) => {
    const scope = readScope('Composition', {});
    narrative(500).read({ status: 'additional', div: div(inner) }, scope);
    expect(scope.issues?.map(({ severity, id }) => `${severity} ${id}`)).toStrictEqual(expected);
    expect(scope.issues?.every(({ expression }) => expression[0] === 'Composition.div')).toBe(true);
  });

  it('refuses a payload text that no narrative can hold', () => {
    for (const text of ['a\ufffe', '\uffffb']) {
      expect([JSON.stringify(text), admit(text)]).toStrictEqual([
        JSON.stringify(text),
        { text: undefined, ids: ['narrative-invalid-character'] },
      ]);
    }
    expect(admit('\u0001')).toStrictEqual({ text: undefined, ids: ['text-invalid-character'] });
    expect(admit('')).toStrictEqual({ text: undefined, ids: ['payload-empty-omitted'] });
    expect(admit(' a ')).toStrictEqual({ text: ' a ', ids: [] });
  });

  it('takes words from elsewhere only if they could stand in one', () => {
    expect(narratable('abc', 5, readScope('Composition', {}))).toBe('abc');
    expect(narratable(' ', 5, readScope('Composition', {}))).toBeUndefined();
    expect(narratable('abcdef', 5, readScope('Composition', {}))).toBeUndefined();
  });
});
