import { type Fault, inNode } from '../fault.js';
import type { Node } from '../places.js';

const XMLNS = 'xmlns="http://www.w3.org/1999/xhtml"';
const div = (inside: string): string => `<div ${XMLNS}>${inside}</div>`;
const hasText = ({ isResource, structure }: Node): boolean => isResource && structure.properties.has('text');

const divs = (texts: readonly unknown[]): Fault =>
  inNode(hasText, [
    ...texts.map((text) => ({ object }: Node) => {
      object.text = { status: 'generated', div: text };
    }),
  ]);

const inside = (texts: readonly string[]): Fault => divs(texts.map(div));

export const narrativeFaults: Readonly<Record<string, Fault>> = {
  'the nesting of a narrative': inside([
    '<p><ul><li>x</li></ul></p>',
    '<p>x<p>y</p></p>',
    '<table>x<tr><td>x</td></tr></table>',
    '<table><tr>x<td>x</td></tr></table>',
    '<table><tbody><tr><td>x</td></tr></tbody></table>',
    '<table><td>x</td></table>',
    '<ul>x<li>x</li></ul>',
    '<ul><p>x</p></ul>',
    '<ul><ul><li>x</li></ul></ul>',
    '<li>x</li>',
    '<td>x</td>',
    '<p><div>x</div></p>',
    '<p><table><tr><td>x</td></tr></table></p>',
    '<p><b>x</b><span>y</span></p>',
    '<b><p>x</p></b>',
    '<span><div>x</div></span>',
    '<h1><p>x</p></h1>',
    '<pre><p>x</p></pre>',
    '<a href="#x"><a href="#y">x</a></a>',
    '<dl><dt>x</dt><dd>y</dd></dl>',
    '<dl><p>x</p></dl>',
    '<blockquote>x</blockquote>',
    '<blockquote><p>x</p></blockquote>',
  ]),
  'an element that a narrative cannot have': inside([
    '<script>x</script>',
    '<form>x</form>',
    '<object>x</object>',
    '<iframe>x</iframe>',
    '<font>x</font>',
    '<center>x</center>',
    '<u>x</u>',
    '<strike>x</strike>',
    '<foo>x</foo>',
    '<style>x</style>',
    '<base href="x"/>x',
    '<input/>x',
    '<link href="x"/>x',
    '<ins>x</ins>',
    '<abbr title="x">x</abbr>',
    '<q>x</q>',
    '<DIV>x</DIV>',
    '<svg>x</svg>',
    '<caption>x</caption>',
    '<img src="data:image/png;base64,YWJj" alt="x"/>',
    '<hr/>x<br/>',
  ]),
  'an attribute that a narrative cannot have': inside([
    '<p onclick="x">x</p>',
    '<p style="color: red">x</p>',
    '<p class="x" title="y" lang="en" xml:lang="en" dir="ltr">x</p>',
    '<table><tr><td bgcolor="red">x</td></tr></table>',
    '<ol start="2"><li>x</li></ol>',
    '<table border="1" width="1" cellspacing="0"><tr><td colspan="2" align="left" valign="top">x</td></tr></table>',
    '<p foo="x">x</p>',
    '<a name="x">x</a>',
    '<a href="javascript:x">x</a>',
    '<a href="http://x.example" target="_blank">x</a>',
    '<p ID="x">x</p>',
    '<p data-x="x">x</p>',
    '<p a="1" a="2">x</p>',
    '<p class="x" class="y">x</p>',
    '<img alt="x"/>x',
    '<img src="x.png"/>',
    '<p style="x" align="center">x</p>',
  ]),
  'a narrative that is no XML': divs([
    `<?xml version="1.0"?>${div('x')}`,
    `<?xml version="1.0" encoding="UTF-8"?>${div('x')}`,
    `<!DOCTYPE html>${div('x')}`,
    `<!-- x -->${div('x')}`,
    div('<!-- x -->x'),
    div('<?x y?>x'),
    `${div('x')} y`,
    `${div('x')}${div('y')}`,
    `<div ${XMLNS}>x`,
    `<div ${XMLNS}><p>x</div>`,
    `<div ${XMLNS}><br>x</div>`,
    div('a & b'),
    div('a < b'),
    div('&nbsp;x'),
    div('&foo;x'),
    div('&#160;x'),
    div('<![CDATA[x]]>'),
    `<div>x</div>`,
    `<p ${XMLNS}>x</p>`,
    `<div xmlns="http://x.example">x</div>`,
    'x',
    `  ${div('x')}  `,
    `<x:div xmlns:x="http://www.w3.org/1999/xhtml">x</x:div>`,
    div(']]>'),
    7,
  ]),
  'an anchor of a narrative': inside([
    '<a href="#nowhere">x</a>',
    '<img src="#nowhere" alt="x"/>',
    '<a href="#q">x</a><p id="q">x</p>',
    '<p id="q">x</p><p id="q">x</p>',
    '<p id="a b">x</p>',
    '<a href="x y">x</a>',
    '<a name="q">x</a><a href="#q">y</a>',
    '<a href="Patient/1">x</a>',
    '<a>x</a>',
  ]),
  'a narrative of nothing': divs([
    div(''),
    div(' '),
    div('<p></p>'),
    div('<p> </p>'),
    div('<br/>'),
    div('<img src="x.png" alt="x"/>'),
    div('&#160;'),
    div('\u00a0'),
    div('\ufeff'),
    `<div ${XMLNS}/>`,
    '',
    null,
    div('<table><tr><td/></tr></table>'),
  ]),
  'a status of a narrative': inNode(hasText, [
    ({ object }) => {
      object.text = { div: div('x') };
    },
    ({ object }) => {
      object.text = { status: 'zzz', div: div('x') };
    },
    ({ object }) => {
      object.text = { status: 'generated' };
    },
    ({ object }) => {
      object.text = { status: 'empty', div: div('x') };
    },
    ({ object }) => {
      object.text = { status: 'generated', div: div('x'), _div: { id: 'a' } };
    },
    ({ object }) => {
      object.text = {
        status: 'generated',
        div: div('x'),
        _div: { extension: [{ url: 'http://x.example/e', valueString: 'x' }] },
      };
    },
    ({ object }) => {
      object.text = { status: 'generated', div: div('<p id="a">x</p>'), id: 'a' };
    },
  ]),
};
