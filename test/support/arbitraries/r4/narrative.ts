// Narratives as systems generate them: paragraphs, lists, tables, line breaks, attributes, entities.
import fc from 'fast-check';
import { choice, type Json, object, pick } from '../object.js';
import { narrativeText } from '../text.js';

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');

const plain = narrativeText(300).map(escaped);
const quoted = plain.map((made) => made.replace(/"/g, '&quot;').replace(/'/g, '&#39;'));
const entity = fc.constantFrom(
  '&amp;',
  '&lt;5&gt;',
  '&#160;',
  '&#xA0;',
  '&#x1F600;',
  '&quot;',
  '&apos;',
  '&#10;',
  'x &#13;',
);

const inline = pick(
  choice(6, plain),
  choice(1, quoted),
  choice(2, entity),
  choice(1, fc.constantFrom('<br/>', 'a<br />b', '<br></br>')),
  choice(
    1,
    plain.map((made) => `<b>${made}</b>`),
  ),
  choice(
    1,
    plain.map((made) => `<span style="color:red" class="a b">${made}</span>`),
  ),
  choice(
    1,
    plain.map((made) => `<a href="Patient/1?x=1&amp;y=2">${made}</a>`),
  ),
  choice(
    1,
    plain.map((made) => `<i>${made} <sub>2</sub></i>`),
  ),
);
const run = fc.array(inline, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));

const marked = pick(
  choice(
    2,
    fc.constantFrom('<del>', '<s>', '<span class="strikethrough">', '<p style="text-decoration: line-through">'),
  ),
  choice(2, fc.constantFrom('<sup>', '<sub>', '<span style="vertical-align: super">')),
  choice(1, fc.constantFrom('<span style="display: none">', '<p hidden="hidden">', '<b style="visibility: hidden">')),
  choice(2, fc.constantFrom('<p style="white-space: pre-line">', '<div style="white-space: pre-wrap">', '<pre>')),
  choice(1, fc.constantFrom('<ol start="3"><li>', '<ol type="a"><li>x<ul><li>', '<ul><li>')),
);
const marks = fc
  .array(fc.tuple(marked, run), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([tags, made]) => `${tags}${made}${ends(tags)}`).join(''));

function ends(tags: string): string {
  const names = Array.from(tags.matchAll(/<([a-z]+)/g), ([, name]) => name);
  let open = '';
  for (const name of names.reverse()) open += `</${name}>`;
  return open;
}

const span = fc.constantFrom('', '', ' rowspan="2"', ' colspan="2"', ' rowspan="0"', ' colspan="3" rowspan="3"');
const spanned = fc.tuple(fc.constantFrom('td', 'td', 'th'), span, pick(choice(3, run), choice(1, marks)));
const rows = fc
  .array(fc.array(spanned, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((made) =>
    made
      .map((cells) => `<tr>${cells.map(([name, spans, c]) => `<${name}${spans}>${c}</${name}>`).join('')}</tr>`)
      .join(''),
  );
const grid = fc.tuple(rows, rows, rows, fc.boolean()).map(([head, body, inner, nested]) => {
  const last = nested ? `<tr><td><table>${inner}</table></td><td>x</td></tr>` : '';
  return `<table><thead>${head}</thead><tfoot>${inner}</tfoot><tbody>${body}${last}</tbody></table>`;
});

const table = fc
  .array(fc.tuple(run, run), { minLength: 1, maxLength: 3 })
  .map((rows) => rows.map(([a, b]) => `<tr><td>${a}</td><td colspan="1">${b}</td></tr>`).join(''));

const block = pick(
  choice(2, marks),
  choice(2, grid),
  choice(
    3,
    run.map((made) => `<p>${made}</p>`),
  ),
  choice(
    1,
    fc
      .array(run, { minLength: 1, maxLength: 3 })
      .map((items) => `<ul>${items.map((i) => `<li>${i}</li>`).join('')}</ul>`),
  ),
  choice(
    1,
    table.map((rows) => `<table border="1"><thead><tr><th>A</th><th>B</th></tr></thead><tbody>${rows}</tbody></table>`),
  ),
  choice(
    1,
    run.map((made) => `<h3>Head</h3>\n<div>${made}</div>`),
  ),
  choice(
    1,
    plain.map((made) => `<pre>${made}\n  two</pre>`),
  ),
  choice(
    1,
    run.map((made) => `<hr/>\n  <blockquote>${made}</blockquote>`),
  ),
);
/** One block of words among the others: a narrative must have something to read. */
const blocks = fc
  .tuple(fc.array(block, { maxLength: 2 }), plain, fc.boolean(), fc.constantFrom('', '\n', '\n    '))
  .map(([others, words, first, between]) => {
    const readable = `<p>${words}</p>`;
    return (first ? [readable, ...others] : [...others, readable]).join(between);
  });

const OPENINGS = [
  '<div xmlns="http://www.w3.org/1999/xhtml">',
  '<div xmlns="http://www.w3.org/1999/xhtml">',
  '<div xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">',
  '<div class="n" xmlns="http://www.w3.org/1999/xhtml">',
];

/** A Narrative with something to read in it. `additional` ones say what the data does not. */
export function narrative(...statuses: readonly string[]): fc.Arbitrary<Json> {
  const content = pick(
    choice(3, plain),
    choice(
      2,
      run.map((made) => `${made} end`),
    ),
    choice(4, blocks),
  );
  return object({
    status: fc.constantFrom(...statuses),
    div: fc.tuple(fc.constantFrom(...OPENINGS), content).map(([opening, made]) => `${opening}${made}</div>`),
  });
}
