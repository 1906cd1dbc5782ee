import { describe, expect, it } from '@jest/globals';
import { readDiv } from '../../../src/fhir/narrative/shown.js';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;
const narrativeText = (made: string): string | undefined => {
  const { text } = readDiv(made);
  return /\S/.test(text) ? text : undefined;
};
const textOf = (inner: string): string | undefined => narrativeText(div(inner));

describe('the text of XHTML', () => {
  it('decodes entities of every kind, once', () => {
    expect(textOf('a&nbsp;b &eacute; &#233; &#xe9; &#x1F600;')).toBe('a\u00a0b é é é 😀');
    expect(textOf('<p>&amp;lt; &lt;b&gt;</p>')).toBe('&lt; <b>');
    expect(textOf('a&#xD;&#xA;b')).toBe('a\r\nb');
  });

  it('keeps its white space where there is no element', () => {
    expect(textOf('a  b&nbsp;\n  c')).toBe('a  b\u00a0\n  c');
    expect(textOf('a  <b>b</b>\n  c')).toBe('a b c');
  });

  it('makes lines of blocks and breaks', () => {
    expect(textOf('<p>a</p><p>b</p>')).toBe('a\nb');
    expect(textOf('a<br/>b<br />c<br></br>d')).toBe('a\nb\nc\nd');
    expect(textOf('<p>a<br/><br/>b<br/></p>c')).toBe('a\n\nb\nc');
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
      '- a\n- b\n  1. c\nd\ne',
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

describe('white space', () => {
  it.each([
    ['<pre>Na  140\n  K 4.0</pre>', 'Na  140\n  K 4.0'],
    ['<p style="white-space: pre-wrap">a\n  b</p>', 'a\n  b'],
    ['<p style="WHITE-SPACE:break-spaces;">a\r\n\r\nb</p>', 'a\n\nb'],
    ['<p style="white-space: pre-line">a   b \n  c</p>', 'a b\nc'],
    ['<pre style="white-space: normal">a\n  b</pre>', 'a b'],
    ['<p>a\n<b> b</b> <i> c</i></p>', 'a b c'],
    ['<div style="white-space: pre"><p>a\nb</p></div>', 'a\nb'],
    ['<p>a<span style="display: block">b</span>c</p>', 'a\nb\nc'],
    ['<p>a<span style="float: right">b</span></p>', 'a\nb'],
    ['<p style="display: inline">a </p><p style="display: inline">b</p>', 'a b'],
  ])('of %s', (inner, text) => expect(textOf(inner)).toBe(text));
});

describe('text that was struck out', () => {
  it.each([
    [
      '<p><span class="bold strikethrough">Aspirin</span> <del>Naproxen</del> Clopidogrel</p>',
      '[struck out: Aspirin] [struck out: Naproxen] Clopidogrel',
    ],
    [
      '<p><s>a <del>b</del> <span style="text-decoration: red line-through">c</span></s> d</p>',
      '[struck out: a b c] d',
    ],
    ['<p>a<span style="text-decoration-line:line-through"> b </span>c</p>', 'a [struck out: b] c'],
    ['<div class="strikethrough"><p>a</p><p>b</p></div>c', '[struck out: a]\n[struck out: b]\nc'],
    ['<ul><li class="strikethrough">a</li><li>b</li></ul>', '- [struck out: a]\n- b'],
    ['<table><tr class="strikethrough"><td>a</td><td>b</td></tr></table>', '[struck out: a]\t[struck out: b]'],
    ['<p><strike>a<br/>b</strike></p>', '[struck out: a]\n[struck out: b]'],
    ['<p><del>10<sup>9</sup>/L</del> 10<sup><del>9</del></sup>/L</p>', '[struck out: 10^9/L] 10^([struck out: 9])/L'],
    ['<p><ins>a</ins> <u>b</u> <span style="text-decoration: underline">c</span></p>', 'a b c'],
    ['<p><del> </del>a</p>', 'a'],
  ])('of %s', (inner, text) => expect(textOf(inner)).toBe(text));
});

describe('text that is hidden', () => {
  it.each([
    ['<p>a</p><p style="display:none">b</p>', 'a'],
    ['<p>a<span style="visibility: hidden"> b <b style="visibility: visible">c</b></span></p>', 'ac'],
    ['<p>a</p><table hidden="hidden"><tr><td>b</td></tr></table>', 'a'],
    [
      '<table><tr><td style="display: none">a</td><td>b</td></tr><tr><td style="visibility:hidden">c</td><td>d</td></tr></table>',
      'b\n\td',
    ],
    ['<ol><li style="display:none">a</li><li>b</li></ol>', '1. b'],
  ])('is not said of %s', (inner, text) => {
    expect(textOf(inner)).toBe(text);
    expect([...readDiv(div(inner)).marks]).toContain('hidden');
  });
});

describe('raised and lowered text', () => {
  it.each([
    ['10<sup>9</sup>/L', '10^9/L'],
    ['10<sup> <b>9</b> </sup>/L', '10^9 /L'],
    ['10<sup>-3</sup>', '10^-3'],
    ['10<sup>9</sup>5', '10^(9)5'],
    ['10<sup>9</sup><b>5</b>', '10^(9)5'],
    ['10<sup>9</sup> 5', '10^9 5'],
    ['Ca<sup>2+</sup>', 'Ca^2+'],
    ['x<sup>1/2</sup>', 'x^(1/2)'],
    ['x<sup>a<sup>b</sup></sup>', 'x^(a^b)'],
    ['SpO<sub>2</sub>97 %', 'SpO_(2)97 %'],
    ['CO<sub>2</sub> 40', 'CO_2 40'],
    ['10<span style="vertical-align: super">9</span>', '10^9'],
    ['10<span style="vertical-align:0.4em">9</span>/L', '10^9/L'],
    ['10<span style="vertical-align:.4em">9</span>/L', '10^9/L'],
    ['10<span style="vertical-align: +30%">9</span>/L', '10^9/L'],
    ['10<span style="vertical-align:text-top">9</span>5', '10^(9)5'],
    ['10<span style="vertical-align:top">9</span>/L', '10^9/L'],
    ['10<span style="position:relative;top:-5px">9</span>/L', '10^9/L'],
    ['10<span style="position:relative;bottom:.5em">9</span>/L', '10^9/L'],
    ['10<span style="font-variant-position: super">9</span>/L', '10^9/L'],
    ['10<sup style="position: relative; top: -.5em; vertical-align: baseline">9</sup>/L', '10^9/L'],
    ['CO<span style="vertical-align:-3px">2</span> 40', 'CO_2 40'],
    ['CO<span style="vertical-align:text-bottom">2</span> 40', 'CO_2 40'],
    ['CO<span style="position:relative;top:2px">2</span> 40', 'CO_2 40'],
    ['10<span style="vertical-align:0">9</span>', '109'],
    ['10<span style="vertical-align:middle">9</span>', '109'],
    ['10<span style="top:-5px">9</span>', '109'],
    ['a <span style="display: inline-block; vertical-align: top">b c</span>', 'a b c'],
    ['a<span style="display: block; vertical-align: top">b c</span>', 'a\nb c'],
    ['Name<sup>®</sup>', 'Name®'],
    ['5<sup></sup>1', '51'],
  ])('of %s', (inner, text) => expect(textOf(`<p>${inner}</p>`)).toBe(text));
});

describe('lists', () => {
  it.each([
    ['<ol start="3"><li>a</li><li value="7">b</li><li>c</li></ol>', '3. a\n7. b\n8. c'],
    ['<ol reversed="reversed"><li>a</li><li>b<ol><li>c</li></ol></li></ol>', '2. a\n1. b\n   1. c'],
    [
      '<ol type="a"><li>a</li><li>b</li></ol><ol type="I"><li>c</li><li>d</li><li>e</li><li>f</li></ol>',
      'a. a\nb. b\nI. c\nII. d\nIII. e\nIV. f',
    ],
    ['<ol style="list-style-type: upper-alpha"><li>a</li></ol><ul style="list-style: none"><li>b</li></ul>', 'A. a\nb'],
    [
      '<ul><li>Never had:<ul><li>MI</li><li><p>TIA</p><p>(doubtful)</p></li></ul></li><li>Stroke</li></ul>',
      '- Never had:\n  - MI\n  - TIA\n    (doubtful)\n- Stroke',
    ],
    [
      '<ol class="big-alpha"><li>a</li><li>b</li></ol><ol class="x little-roman"><li>c</li><li>d</li></ol>',
      'A. a\nB. b\ni. c\nii. d',
    ],
    [
      '<ol class="big-roman" type="a" start="4"><li>a</li></ol><ol class="little-alpha"><li>b</li></ol><ol class="arabic"><li>c</li></ol>',
      'IV. a\na. b\n1. c',
    ],
    [
      '<ul class="unlist"><li>a</li></ul><ol class="unlist"><li>b</li></ol><ol class="square"><li>c</li></ol>',
      'a\nb\n- c',
    ],
    ['<ol class="big-alpha" style="list-style-type: decimal"><li>a</li></ol>', '1. a'],
    ['<ol><li></li><li>b</li></ol>', '2. b'],
    ['<ol style="list-style-type: inherit"><li>a</li></ol>', '- a'],
    ['<ul><li style="display: inline">a</li> <li style="display: inline">b</li></ul>', 'a b'],
  ])('of %s', (inner, text) => expect(textOf(inner)).toBe(text));
});

describe('a table', () => {
  const HEADS =
    '<thead><tr><th rowspan="2">Drug</th><th colspan="2">Dose</th></tr><tr><th>Morning</th><th>Evening</th></tr></thead>';

  it.each([
    [
      'keeps cells in their columns below a cell of several rows',
      '<tr><td rowspan="2">W</td><td>1</td></tr><tr><td>3</td></tr>',
      'W\t1\nW\t3',
    ],
    [
      'keeps cells in their columns behind one of several columns',
      '<tr><td colspan="2">W</td><td>1</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>',
      'W\t\t1\na\tb\tc',
    ],
    [
      'repeats heads of several columns',
      '<tr><th>a</th><th colspan="2">b</th></tr><tr><td>1</td><td>2</td><td>3</td></tr>',
      'a\tb\tb\n1\t2\t3',
    ],
    [
      'joins heads of two levels',
      `${HEADS}<tbody><tr><td>W</td><td>1</td><td>2</td></tr></tbody>`,
      'Drug\tDose Morning\tDose Evening\nW\t1\t2',
    ],
    [
      'joins heads that are no thead',
      '<tr><th></th><th colspan="2">Dose</th></tr><tr><th>Drug</th><th>AM</th><th>PM</th></tr><tr><td>W</td><td>1</td><td>2</td></tr>',
      'Drug\tDose AM\tDose PM\nW\t1\t2',
    ],
    [
      'does not join a title with heads',
      '<tr><th colspan="2">Drugs</th></tr><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>',
      'Drugs\na\tb\n1\t2',
    ],
    [
      'does not take a title between rows for a head of each column',
      '<tr><th>Drug</th><th>Dose</th></tr><tr><th colspan="2">STOPPED</th></tr><tr><td>W</td><td>1</td></tr>',
      'Drug\tDose\nSTOPPED\nW\t1',
    ],
    [
      'does not join such a title with heads above it',
      '<thead><tr><th></th><th colspan="2">Dose</th></tr><tr><th>Drug</th><th>AM</th><th>PM</th></tr><tr><th colspan="3">STOPPED</th></tr></thead><tr><td>W</td><td>1</td><td>2</td></tr>',
      'Drug\tDose AM\tDose PM\nSTOPPED\nW\t1\t2',
    ],
    [
      'does not repeat one that stands beside another cell',
      '<tr><th>Drug</th><th>Dose</th><th>Since</th></tr><tr><th colspan="2">STOPPED</th><th>2020</th></tr><tr><td>W</td><td>1</td><td>2</td></tr>',
      'Drug\tDose\tSince\nSTOPPED\t\t2020\nW\t1\t2',
    ],
    [
      'keeps a second head where it is',
      '<thead><tr><th>Drug</th></tr></thead><tbody><tr><td>A</td></tr></tbody><thead><tr><th>Allergy</th></tr></thead><tbody><tr><td>B</td></tr></tbody>',
      'Drug\nA\nAllergy\nB',
    ],
    [
      'keeps a second foot where it is',
      '<tfoot><tr><td>f</td></tr></tfoot><tbody><tr><td>a</td></tr></tbody><tfoot><tr><td>g</td></tr></tfoot><tbody><tr><td>b</td></tr></tbody>',
      'a\ng\nb\nf',
    ],
    [
      'has its foot last and its caption first',
      '<tfoot><tr><td>f</td><td>g</td></tr></tfoot><tbody><tr><td>b</td><td>c</td></tr></tbody><caption>d <b>e</b> f</caption>',
      'd e f\nb\tc\nf\tg',
    ],
    [
      'has a row on one line',
      '<tr><td><pre>Na 140\nK\t4.0</pre></td><td><p>a</p><p>b</p></td></tr>',
      'Na 140 | K  4.0\ta | b',
    ],
    ['keeps the lines of a cell that is alone in its row', '<tr><td>a<br/>b</td></tr>', 'a\nb'],
    ['keeps empty cells', '<tr><td/><td>b</td><td></td></tr>', '\tb\t'],
    [
      'gives a table in a cell lines of its own',
      '<tr><td>M</td><td>k<table><tr><td>A</td><td>5</td></tr></table></td><td>Z</td></tr>',
      'M\tk\nA\t5\n\t\tZ',
    ],
    [
      'ends what spans with its section',
      '<tbody><tr><td rowspan="0">a</td><td>b</td></tr><tr><td>c</td></tr></tbody><tbody><tr><td>d</td><td>e</td></tr></tbody>',
      'a\tb\na\tc\nd\te',
    ],
    [
      'does not repeat a cell beside nothing',
      '<tr><td rowspan="2">a</td><td>b</td></tr><tr><td></td></tr><tr><td>c</td><td>d</td></tr>',
      'a\tb\nc\td',
    ],
    [
      'takes two cells that reach for a place as HTML does',
      '<tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="2">c</td></tr>',
      'a\tb\nc\tb',
    ],
  ])('%s', (_, rows, text) => expect(textOf(`<table>${rows}</table>`)).toBe(text));

  it('of hostile size is read in proportion', () => {
    const many = (cell: string, rows: number) =>
      `<table><tr>${cell.repeat(2000)}</tr>${'<tr><td>x</td></tr>'.repeat(rows)}</table>`;
    for (const inner of [
      many('<td rowspan="65534" colspan="1000">a</td>', 20_000),
      many('<td rowspan="999999999">a</td>', 20_000),
      `<table><tr><td rowspan="0">${'y'.repeat(100_000)}</td><td>x</td></tr>${'<tr><td>x</td></tr>'.repeat(20_000)}</table>`,
      `<table><tr><th colspan="1000">${'y'.repeat(100_000)}</th><th>x</th></tr><tr><td>x</td></tr></table>`,
      '<table><tr><td>'.repeat(160) + 'x'.repeat(1000) + '</td></tr></table>'.repeat(160),
      '<ul><li>'.repeat(240) + 'a<br/>'.repeat(20_000) + '</li></ul>'.repeat(240),
      `<ol reversed="">${'<li>a</li>'.repeat(50_000)}</ol>`,
    ]) {
      const { text, tooDeep } = readDiv(div(inner));
      expect([tooDeep, text.length > 0, text.length < 30_000_000]).toStrictEqual([false, true, true]);
    }
  });
});
