import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { divOf, narratable, narrative, narrativeText, plainText } from '../../../src/fhir/datatypes/narrative.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;
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
      assert.equal(narrativeText(divOf(text)), text);
      assert.equal(plainText(divOf(text)), text);
    });
  }

  it('never writes markup or a bare carriage return', () => {
    assert.equal(divOf('<a> & \r'), div('&lt;a&gt; &amp; &#13;'));
    assert.equal(divOf('"quotes" stay'), div('"quotes" stay'));
  });
});

describe('a div without markup', () => {
  it('may have single quotes, no namespace, and space around it', () => {
    assert.equal(plainText("<div xmlns='http://www.w3.org/1999/xhtml'>a &amp; b</div>"), 'a & b');
    assert.equal(plainText('<div>a</div>'), 'a');
    assert.equal(plainText(`\n ${div('a')} \n`), 'a');
    assert.equal(plainText(div('&quot;a&quot; &apos;b&apos; &gt;')), '"a" \'b\' >');
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
      assert.equal(plainText(other), undefined);
    }
  });
});

describe('the text of XHTML', () => {
  it('decodes entities of every kind, once', () => {
    assert.equal(textOf('a&nbsp;b &eacute; &#233; &#xe9; &#x1F600;'), 'a\u00a0b é é é 😀');
    assert.equal(textOf('<p>&amp;lt; &lt;b&gt;</p>'), '&lt; <b>');
    assert.equal(textOf('a&#xD;&#xA;b'), 'a\r\nb');
  });

  it('keeps its white space where there is no block', () => {
    assert.equal(textOf('a  <b>b</b>\n  c'), 'a  b\n  c');
  });

  it('makes lines of blocks and breaks', () => {
    assert.equal(textOf('<p>a</p><p>b</p>'), 'a\nb');
    assert.equal(textOf('a<br/>b<br />c<br></br>d'), 'a\nb\nc\nd');
    assert.equal(textOf('<h1>a</h1>b<hr/>c'), 'a\nb\nc');
    assert.equal(textOf('<div>a<div>b</div></div><div>c</div>'), 'a\nb\nc');
  });

  it('makes single spaces of other white space between blocks', () => {
    assert.equal(textOf('\n  <p>\n   a\n   <b> b</b>\t c\n  </p>\n\n  <p>d </p>\n'), 'a b c\nd');
  });

  it('sets table cells apart, row by row', () => {
    const table =
      '<table><thead><tr><th>Test</th><th>Value</th></tr></thead><tbody><tr><td>Na</td><td>140</td></tr></tbody></table>';
    assert.equal(textOf(table), 'Test\tValue\nNa\t140');
  });

  it('makes a line of each item of a list', () => {
    assert.equal(
      textOf('<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><dl><dt>d</dt><dd>e</dd></dl>'),
      'a\nb\nc\nd\ne',
    );
  });

  it('keeps the white space of pre', () => {
    assert.equal(textOf('<p>a</p><pre>  b\n    c  d</pre><p>e  f</p>'), 'a\n  b\n    c  d\ne f');
  });

  it('shows neither comments nor what a browser hides', () => {
    assert.equal(textOf('a<!-- secret <p> -->b'), 'ab');
    assert.equal(textOf('<style>p { color: red }</style><p>a</p><script>var b = "<p>c</p>";</script><p>d</p>'), 'a\nd');
  });

  it('gives the words that stand for an image', () => {
    assert.equal(textOf('<p>ECG: <img src="#ecg" alt="sinus rhythm"/> today</p>'), 'ECG: sinus rhythm today');
    assert.equal(textOf('<img src="#ecg"/>'), undefined);
  });

  it('is none where nothing can be seen', () => {
    for (const empty of ['', '   ', '<p> </p>', '<p><br/></p>', '&#160;', '<!-- a -->'])
      assert.equal(textOf(empty), undefined);
    for (const other of [undefined, null, 1, {}, '']) assert.equal(narrativeText(other), undefined);
  });

  it('reads what is no XHTML as far as it goes', () => {
    assert.equal(narrativeText('just text'), 'just text');
    assert.equal(textOf('<p>a<p>b'), 'a\nb');
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
    assert.deepEqual(codec.write('a', payloadScope({})), { status: 'additional', div: div('a') });
  });

  it('refuses or cuts what is too long, by the text and not by its markup', () => {
    assert.deepEqual(read({ div: div('<p><b>abcde</b></p>') }), { text: 'abcde', ids: [] });
    assert.deepEqual(read({ div: div('abcdef') }), { text: undefined, ids: ['text-over-limit'] });
    assert.deepEqual(read({ div: div('😀😀😀😀😀😀') }, { overflow: 'truncate' }), {
      text: '😀😀😀😀😀',
      ids: ['text-truncated'],
    });
  });

  it('reads nothing but a narrative', () => {
    for (const value of [undefined, null, 'text', div('a'), { status: 'generated' }, { div: 7 }]) {
      assert.deepEqual(read(value), { text: undefined, ids: [] });
    }
  });

  it('refuses a payload text that no narrative can hold', () => {
    for (const text of [' ', '\n\t', '\u00a0', 'a\ufffe', '\uffffb']) {
      assert.deepEqual(admit(text), { text: undefined, ids: ['narrative-not-holdable'] }, JSON.stringify(text));
    }
    assert.deepEqual(admit('\u0001'), { text: undefined, ids: ['text-not-holdable'] });
    assert.deepEqual(admit(''), { text: undefined, ids: ['payload-empty-omitted'] });
    assert.deepEqual(admit(' a '), { text: ' a ', ids: [] });
  });

  it('takes words from elsewhere only if they could stand in one', () => {
    assert.equal(narratable('abc', 5, readScope('Composition', {})), 'abc');
    assert.equal(narratable(' ', 5, readScope('Composition', {})), undefined);
    assert.equal(narratable('abcdef', 5, readScope('Composition', {})), undefined);
  });
});
