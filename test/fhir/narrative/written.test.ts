import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDiv } from '../../../src/fhir/narrative/shown.js';
import { divOf, plainText, writtenText } from '../../../src/fhir/narrative/written.js';
import { narrativeText } from '../../support/arbitraries/text.js';
import { runs } from '../../support/runs.js';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;

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
      expect(readDiv(divOf(text)).text).toBe(text);
      expect(writtenText(divOf(text))).toBe(text);
    });
  }

  it('never writes markup or a bare carriage return', () => {
    expect(divOf('<a> &')).toBe(div('&lt;a&gt; &amp;'));
    expect(divOf('a\r')).toBe(div('<pre style="white-space: pre-wrap">a&#13;</pre>'));
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

describe('the form of a div', () => {
  it.each([
    ['one line', div('one line')],
    ['two\nlines', div('two<br/>lines')],
    ['a\n\n- b', div('a<br/><br/>- b')],
    [
      'Drug\tDose\nA & B\t5 mg',
      div('<table><tr><td>Drug</td><td>Dose</td></tr><tr><td>A &amp; B</td><td>5 mg</td></tr></table>'),
    ],
    ['Na\t140', div('<table><tr><td>Na</td><td>140</td></tr></table>')],
    ['a\t\n\tb', div('<table><tr><td>a</td><td></td></tr><tr><td></td><td>b</td></tr></table>')],
    ['Labs\nNa\t140', div('<pre style="white-space: pre-wrap">Labs\nNa\t140</pre>')],
    ['a\t b\nc\td', div('<pre style="white-space: pre-wrap">a\t b\nc\td</pre>')],
    ['a  b', div('<pre style="white-space: pre-wrap">a  b</pre>')],
    ['\na\n', div('<pre style="white-space: pre-wrap"><br/>a\n</pre>')],
  ])('of %j', (text, expected) => {
    expect(divOf(text)).toBe(expected);
    expect(readDiv(expected).text).toBe(text);
  });

  it('is read by what a browser shows where another system wrote it anew', () => {
    expect(readDiv(div("<pre style='white-space:pre-wrap'>Labs\nNa\t140</pre>")).text).toBe('Labs\nNa\t140');
    expect(readDiv(div('two<br />lines')).text).toBe('two\nlines');
    expect(
      readDiv(div('<table><tbody><tr><td>a</td><td></td></tr><tr><td></td><td>b</td></tr></tbody></table>')).text,
    ).toBe('a\t\n\tb');
  });

  it('leads back to any text, to the character', () => {
    fc.assert(
      fc.property(narrativeText(300), (text) => {
        expect(readDiv(divOf(text)).text).toBe(text);
      }),
      { numRuns: runs(100_000) },
    );
  });

  it('takes nothing for its own that it would not write', () => {
    for (const other of [
      '<pre style="white-space: pre-wrap">a b</pre>',
      '<table><tr><td>a</td></tr></table>',
      '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>',
      'a<br/>',
      'a<b>b</b>',
      'a  b',
    ])
      expect(writtenText(div(other))).toBeUndefined();
  });
});
