import { patient, type Row } from '../../support/validation.js';

const DIV = 'xmlns="http://www.w3.org/1999/xhtml"';
const narrative = (inside: string) => ({ text: { status: 'generated', div: `<div ${DIV}>${inside}</div>` } });
const NARRATIVE = 'Patient.text.div';
const binary = (id: string) => ({ resourceType: 'Binary', id, contentType: 'image/png', data: 'AAAA' });

/** What stands in what, in a narrative. */
const nestingRows: readonly Row[] = [
  ...[
    ['a list in a paragraph', '<p><ul><li>x</li></ul></p>'],
    ['a paragraph in a paragraph', '<p><p>x</p></p>'],
    ['a table in a heading', '<h1><table><tr><td>x</td></tr></table></h1>'],
    ['a div in a span', '<span><div>x</div></span>'],
    ['text in a table', '<table>x<tr><td>y</td></tr></table>'],
    ['text in a list', '<ul>x<li>y</li></ul>'],
    ['a cell in a table', '<table><td>x</td></table>'],
    ['an item in a paragraph', '<p><li>x</li></p>'],
    ['a cell in a div', '<td>x</td>'],
    ['a caption in an item', '<ul><li><caption>x</caption></li></ul>'],
    ['a link in a link', '<a href="http://x.example">x<a href="http://y.example">y</a></a>'],
  ].map(
    ([what, inside]): Row => [`${what}`, patient, narrative(`${inside}`), `warning narrative-nesting ${NARRATIVE}`],
  ),
  ...[
    ['a list in an item', '<ul> <li>x<ul><li>y</li></ul></li> </ul>'],
    ['paragraphs in a cell', '<table><caption>c</caption><tbody><tr><td><p>x</p><p>y</p></td></tr></tbody></table>'],
    ['marks in marks', '<p>a <b>b <i>c</i></b><br/>d</p>'],
    ['a rule between blocks', '<h1>a</h1><hr/><pre>b</pre><blockquote>c<p>d</p></blockquote>'],
    ['a list of terms', '<dl><dt>a</dt><dd>b</dd></dl>'],
  ].map(([what, inside]): Row => [`${what}`, patient, narrative(`${inside}`)]),
];

/** Narratives that refer to what is contained (https://hl7.org/fhir/R4/narrative.html#images). */
const imageRows: readonly Row[] = [
  [
    'a contained image that the narrative shows',
    patient,
    { ...narrative('<img src="#p" alt="x"/>'), contained: [binary('p')] },
  ],
  [
    'a contained image that the narrative links to',
    patient,
    { ...narrative('<a href="#p">x</a>'), contained: [binary('p')] },
  ],
  [
    'a contained image that the narrative of a section shows',
    {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 't' },
      date: '2020-01-01',
      author: [{ display: 'a' }],
      title: 't',
    },
    {
      section: [{ title: 's', text: { ...narrative("<img alt='x' src='#p'/>").text, status: 'additional' } }],
      contained: [binary('p')],
    },
  ],
  [
    'a contained image of whose id the narrative only speaks',
    patient,
    { ...narrative('see #p'), contained: [binary('p')] },
    'error dom-3 Patient.contained[0]',
  ],
  [
    'a contained image beside another that the narrative shows',
    patient,
    { ...narrative('<img src="#q" alt="x"/>'), contained: [binary('p'), binary('q')] },
    'error dom-3 Patient.contained[0]',
  ],
  ['a link to an anchor that is not there', patient, narrative('<a href="#nowhere">x</a>')],
  ['a narrative with an id beside it', patient, { text: { ...narrative('x').text, _div: { id: 'a' } } }],
  [
    'a narrative of an id alone',
    patient,
    { text: { status: 'generated', _div: { id: 'a' } } },
    'error ele-1 Patient.text.div',
  ],
  [
    'a narrative with an extension beside it',
    patient,
    { text: { ...narrative('x').text, _div: { extension: [{ url: 'http://example.org/a', valueCode: 'b' }] } } },
    'error unknown-element Patient.text.div.extension',
  ],
];

/** Contained resources that only themselves refer to. */
const selfRows: readonly Row[] = [
  [
    'a contained resource that only itself refers to',
    patient,
    { contained: [{ resourceType: 'Organization', id: 'o', name: 'x', partOf: { reference: '#o' } }] },
    'error dom-3 Patient.contained[0]',
  ],
  [
    'two contained resources that refer to each other',
    patient,
    {
      contained: [
        { resourceType: 'Organization', id: 'o', name: 'x', partOf: { reference: '#p' } },
        { resourceType: 'Organization', id: 'p', name: 'x', partOf: { reference: '#o' } },
      ],
    },
  ],
];

/** What stands in narratives, and what they refer to. */
export const anchorRows: readonly Row[] = [...nestingRows, ...imageRows, ...selfRows];
