import { describe, expect, it } from '@jest/globals';
import type { Difference } from '../../src/lens/diff.js';
import { resourceLanguage } from '../../src/resources/language.js';

const language = resourceLanguage('Composition');
const SYSTEM = 'https://api.clinikapi.com/v1/documents';

function classOf(at: Difference['at'], kind: Difference['kind'], before?: unknown, after?: unknown, resource = {}) {
  return language.judge({ at, path: language.locate(at).path, kind, before, after, noted: undefined }, resource, {
    before: {},
    after: {},
  }).class;
}

const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';
const written = `<div ${XHTML}>A &amp; b</div>`;

describe('the text of a section that came through', () => {
  const div = ['section', 0, 'text', 'div'];

  it.each([
    ['its status', ['section', 0, 'text', 'status'], 'additional', 'generated'],
    ['white space around it', div, ` <div ${XHTML}>A &amp; b</div> `, written],
    ['a missing namespace', div, '<div>A &amp; b</div>', written],
  ])('is bookkeeping: %s', (_, at, before, after) => {
    expect(classOf(at, 'changed', before, after)).toBe('record');
  });

  it.each([
    ['another text', div, `<div ${XHTML}>A &amp; c</div>`, written],
    ['what is no text', div, 7, written],
    ['what became no text', div, written, undefined],
    ['its extension', ['section', 0, 'text', 'extension'], [], written],
    ['a div without a narrative', ['section', 0, 'title', 'div'], '<div>A &amp; b</div>', written],
    ['a status that is none of a narrative', ['section', 0, 'mode', 'status'], 'a', 'b'],
  ])('is content: %s', (_, at, before, after) => {
    expect(classOf(at, 'changed', before, after)).toBe('content');
  });

  it('is only in another form where mark-up changes no meaning', () => {
    expect(classOf(div, 'changed', `<div ${XHTML}><b>A</b> &amp; b</div>`, written)).toBe('form');
    expect(classOf(div, 'changed', `<div ${XHTML}><p>A</p><p>b</p></div>`, written)).toBe('content');
  });

  it('is content where it is missing, whichever part of it', () => {
    expect(classOf(div, 'missing', written)).toBe('content');
    expect(classOf(['section', 0, 'text', 'status'], 'missing', 'additional')).toBe('content');
  });
});

describe('the bookkeeping of a resource', () => {
  it.each([
    ['what a payload adds', ['title'], 'added', undefined],
    ['its id', ['id'], 'missing', 'x'],
    ['its meta', ['meta'], 'missing', { versionId: '1' }],
    ['a part of its meta', ['meta', 'versionId'], 'missing', '1'],
  ] as const)('is known: %s', (_, at, kind, before) => {
    expect(classOf(at, kind, before)).toBe('record');
  });

  it.each([
    ['generated', 'record'],
    ['empty', 'record'],
    ['additional', 'content'],
    ['extensions', 'content'],
  ])('has its narrative where that is only a rendering: %s', (status, expected) => {
    expect(classOf(['text'], 'missing', {}, undefined, { text: { status } })).toBe(expected);
    expect(classOf(['text', 'div'], 'missing', '', undefined, { text: { status } })).toBe(expected);
  });

  it('has no narrative that is no object', () => {
    expect(classOf(['text'], 'missing', 'generated', undefined, { text: 'generated' })).toBe('content');
  });

  it('has no security labels', () => {
    const labelled = { meta: { security: [{ code: 'R' }] } };
    expect(classOf(['meta'], 'missing', labelled.meta, undefined, labelled)).toBe('content');
    expect(classOf(['meta', 'security'], 'missing', [], undefined, labelled)).toBe('content');
    expect(classOf(['meta', 'versionId'], 'missing', '1', undefined, labelled)).toBe('record');
  });

  it('has one identifier of ClinikAPI and none of others', () => {
    const own = { system: SYSTEM, value: '1' };
    expect(classOf(['identifier'], 'missing', own)).toBe('record');
    expect(classOf(['identifier'], 'missing', [own, own])).toBe('content');
    expect(classOf(['identifier'], 'missing', [{ ...own, system: 'https://hospital.example' }])).toBe('content');
    expect(classOf(['identifier'], 'missing', ['1'])).toBe('content');
  });
});

describe('anything else', () => {
  it('is content', () => {
    expect(classOf(['title'], 'missing', 'x')).toBe('content');
    expect(classOf(['title'], 'changed', 'x', 'y')).toBe('content');
    expect(classOf(['section', 0, 'text'], 'missing', {})).toBe('content');
    expect(classOf(['section', 0, 'id'], 'missing', 'x')).toBe('content');
  });
});
