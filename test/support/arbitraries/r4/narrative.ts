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

const table = fc
  .array(fc.tuple(run, run), { minLength: 1, maxLength: 3 })
  .map((rows) => rows.map(([a, b]) => `<tr><td>${a}</td><td colspan="1">${b}</td></tr>`).join(''));

const block = pick(
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
