import { describe, expect, it } from '@jest/globals';
import { narratable, narrative } from '../../../src/fhir/datatypes/narrative.js';
import { readDiv } from '../../../src/fhir/narrative/shown.js';
import { divOf, plainText } from '../../../src/fhir/narrative/written.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;
const narrativeText = (made: string): string | undefined => {
  const { text } = readDiv(made);
  return /\S/.test(text) ? text : undefined;
};
const textOf = (inner: string): string | undefined => narrativeText(div(inner));

describe('text through a div and back', () => {
  const nasty = [
    'plain',
    ' leading and trailing ',
    'a  b\t c\n\n d',
    'line\r\nline\rline',
    '\n\nparagraph\n',
    'a < b && c > d',
    '<b>not bold</b>',
    '</div><script>alert(1)</script>',
    '<!-- no comment --> ]]> <![CDATA[ none ]]>',
    '&amp; &lt; &nbsp; &#13; &#x41; &unknown; &',
    '"double" and \'single\'',
    'nbsp\u00a0here, zero width\u200bhere, line\u2028separator',
    'emoji 😀, astral 𝒳, combining e\u0301, rtl \u202eabc',
    'control \u007f\u0085\u009f',
    '{{template}} $${value} $& $1 $1 %s \\n',
    '- 1\n- 2\n\t- 3',
  ];

  for (const text of nasty) {
    it(`keeps ${JSON.stringify(text)}`, () => {
      expect(narrativeText(divOf(text))).toBe(text);
      expect(plainText(divOf(text))).toBe(text);
    });
  }

  it('never writes markup or a bare carriage return', () => {
    expect(divOf('<a> & \r')).toBe(div('&lt;a&gt; &amp; &#13;'));
    expect(divOf('"quotes" stay')).toBe(div('"quotes" stay'));
  });
});

describe('a div without markup', () => {
  it('may have single quotes, no namespace, and space around it', () => {
    expect(plainText("<div xmlns='http://www.w3.org/1999/xhtml'>a &amp; b</div>")).toBe('a & b');
    expect(plainText('<div>a</div>')).toBe('a');
    expect(plainText(`\n ${div('a')} \n`)).toBe('a');
    expect(plainText(div('&quot;a&quot; &apos;b&apos; &gt;'))).toBe('"a" \'b\' >');
  });

  it('is none with an element, another attribute, or other entities', () => {
    for (const other of [
      div('a<b>c</b>'),
      '<div class="x">a</div>',
      div('a&nbsp;b'),
      div('a &b'),
      '<p>a</p>',
      undefined,
      1,
    ]) {
      expect(plainText(other)).toBeUndefined();
    }
  });
});

describe('the text of XHTML', () => {
  it('decodes entities of every kind, once', () => {
    expect(textOf('a&nbsp;b &eacute; &#233; &#xe9; &#x1F600;')).toBe('a\u00a0b é é é 😀');
    expect(textOf('<p>&amp;lt; &lt;b&gt;</p>')).toBe('&lt; <b>');
    expect(textOf('a&#xD;&#xA;b')).toBe('a\r\nb');
  });

  it('keeps its white space where there is no block', () => {
    expect(textOf('a  <b>b</b>\n  c')).toBe('a  b\n  c');
  });

  it('makes lines of blocks and breaks', () => {
    expect(textOf('<p>a</p><p>b</p>')).toBe('a\nb');
    expect(textOf('a<br/>b<br />c<br></br>d')).toBe('a\nb\nc\nd');
    expect(textOf('<h1>a</h1>b<hr/>c')).toBe('a\nb\nc');
    expect(textOf('<div>a<div>b</div></div><div>c</div>')).toBe('a\nb\nc');
  });

  it('makes single spaces of other white space between blocks', () => {
    expect(textOf('\n  <p>\n   a\n   <b> b</b>\t c\n  </p>\n\n  <p>d </p>\n')).toBe('a b c\nd');
  });

  it('sets table cells apart, row by row', () => {
    const table =
      '<table><thead><tr><th>Test</th><th>Value</th></tr></thead><tbody><tr><td>Na</td><td>140</td></tr></tbody></table>';
    expect(textOf(table)).toBe('Test\tValue\nNa\t140');
  });

  it('makes a line of each item of a list', () => {
    expect(textOf('<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><dl><dt>d</dt><dd>e</dd></dl>')).toBe(
      'a\nb\nc\nd\ne',
    );
  });

  it('keeps the white space of pre', () => {
    expect(textOf('<p>a</p><pre>  b\n    c  d</pre><p>e  f</p>')).toBe('a\n  b\n    c  d\ne f');
  });

  it('shows neither comments nor what a browser hides', () => {
    expect(textOf('a<!-- secret <p> -->b')).toBe('ab');
    expect(textOf('<style>p { color: red }</style><p>a</p><script>var b = "<p>c</p>";</script><p>d</p>')).toBe('a\nd');
  });

  it('gives the words that stand for an image', () => {
    expect(textOf('<p>ECG: <img src="#ecg" alt="sinus rhythm"/> today</p>')).toBe('ECG: sinus rhythm today');
    expect(textOf('<img src="#ecg"/>')).toBeUndefined();
  });

  it('is none where nothing can be seen', () => {
    for (const empty of ['', '   ', '<p> </p>', '<p><br/></p>', '&#160;', '<!-- a -->'])
      expect(textOf(empty)).toBeUndefined();
    expect(narrativeText('')).toBeUndefined();
  });

  it('reads what is no XHTML as far as it goes', () => {
    expect(narrativeText('just text')).toBe('just text');
    expect(textOf('<p>a<p>b')).toBe('a\nb');
  });
});

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

  it('refuses a payload text that no narrative can hold', () => {
    for (const text of [' ', '\n\t', '\u00a0', 'a\ufffe', '\uffffb']) {
      expect([JSON.stringify(text), admit(text)]).toStrictEqual([
        JSON.stringify(text),
        { text: undefined, ids: ['narrative-not-holdable'] },
      ]);
    }
    expect(admit('\u0001')).toStrictEqual({ text: undefined, ids: ['text-not-holdable'] });
    expect(admit('')).toStrictEqual({ text: undefined, ids: ['payload-empty-omitted'] });
    expect(admit(' a ')).toStrictEqual({ text: ' a ', ids: [] });
  });

  it('takes words from elsewhere only if they could stand in one', () => {
    expect(narratable('abc', 5, readScope('Composition', {}))).toBe('abc');
    expect(narratable(' ', 5, readScope('Composition', {}))).toBeUndefined();
    expect(narratable('abcdef', 5, readScope('Composition', {}))).toBeUndefined();
  });
});
