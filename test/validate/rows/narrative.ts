import { patient, type Row } from '../../support/validation.js';

const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';
const narrative = (div: unknown) => ({ text: { status: 'generated', div } });
const holding = (content: string) => narrative(`<div ${XHTML}>${content}</div>`);
const AT = 'Patient.text.div';

/** A row or two of each rule of narratives; narrative.test.ts has the others. */
export const narrativeRows: readonly Row[] = [
  ['a narrative that is not well-formed', patient, holding('<p>a'), `error narrative-not-xhtml ${AT}`],
  ['a narrative that is no div', patient, narrative(`<p ${XHTML}>a</p>`), `error narrative-not-xhtml ${AT}`],
  ['a narrative of text alone', patient, narrative('a'), `error narrative-not-xhtml ${AT}`],
  ['a script', patient, holding('a<script>b</script>'), `error txt-1 ${AT}`],
  ['a form', patient, holding('<form>a</form>'), `error txt-1 ${AT}`],
  ['a narrative of nothing', patient, holding(''), `error txt-2 ${AT}`],
  ['a narrative of white space', patient, holding(' <p> \t\n</p>'), `error txt-2 ${AT}`],
  ['a narrative of the wrong JSON type', patient, narrative(7), `error wrong-json-type ${AT}`],
  ['an empty narrative', patient, narrative(''), `error empty-value ${AT}`],
  ['a narrative without its text', patient, { text: { status: 'empty' } }, 'error missing-element Patient.text.div'],
  [
    'a status of another value set',
    patient,
    { text: { status: 'final', div: `<div ${XHTML}>a</div>` } },
    'error binding-required Patient.text.status',
  ],
  ['a narrative with a table', patient, holding('<table><tr><td>a</td></tr></table>')],
  ['a narrative with an image', patient, holding('<img src="#a" alt="b"/>')],
];
