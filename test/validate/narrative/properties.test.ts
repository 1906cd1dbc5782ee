import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ensure } from '../../support/ensure.js';
import { fullFaults, isCleanNarrative, narrativeFaults } from '../../support/narratives.js';
import { runs } from '../../support/runs.js';

const XMLNS = 'xmlns="http://www.w3.org/1999/xhtml"';
const NUM_RUNS = 5_000;

const words = (text: string): string[] => text.split(' ');

/** What narratives are made of: what R4 allows, and with `wild`, what it does not. */
function partsOf(wild: boolean) {
  const either = (tame: readonly string[], others: readonly string[]): fc.Arbitrary<string> =>
    fc.constantFrom(...tame, ...(wild ? others : []));
  return {
    names: either(words('div p b td tr table ul li a img br span pre h1 blockquote'), words('script u P x:p del')),
    pairs: fc.oneof(
      fc.tuple(
        fc.constant('style'),
        fc.oneof(fc.constantFrom(...STYLES), fc.string({ unit: CSS_SIGN, maxLength: 24 })),
      ),
      fc.tuple(fc.constantFrom('href', 'src', 'cite'), fc.constantFrom(...LINKS)),
      fc.tuple(either(TEXT_ATTRIBUTES, OTHER_ATTRIBUTES), either(VALUES, [...STYLES, ...LINKS, '<', '&', '&nbsp;'])),
    ),
    gaps: either([' ', '\n '], ['']),
    quotes: either(['"', "'"], ['']),
    texts: fc.oneof(
      either(
        ['a', ' ', '\n', '&lt;', '&#160;', '&#32;', '>', ']]', '😀', '<br/>'],
        ['&#x0;', '&nbsp;', ' & ', ']]>', '\ud83d'],
      ),
      wild ? fc.constantFrom(...MARKUP) : fc.constant('é'),
      wild ? fc.string({ maxLength: 6 }) : fc.constant('a'),
    ),
    ends: either(['', '/'], [' ']),
    namespaces: either([XMLNS, XMLNS.replaceAll('"', "'")], ['', 'xmlns="urn:x"']),
    last: either(['</div>', '</div>\n'], ['</div>a', '']),
  };
}

/** The name of an end tag: that of the start tag, but for a few. */
const SAME = fc.constant(undefined);

const MARKUP = [
  '<!-- a -->',
  '<!--> -->',
  '<![CDATA[a]]>',
  '<?a?>',
  '<!a>',
  '</',
  '<',
  '</p>',
  '<p>',
  '<br/ >',
  '\u0001',
];
const TEXT_ATTRIBUTES = words('title class name id lang xml:lang colspan width alt');
const OTHER_ATTRIBUTES = words('onclick target xmlns Href a:b data-x');
const VALUES = ['', 'a', 'b &amp; c', 'a:b', ']]', '>', ' src=', '\n'];
const LINKS = [
  '#a',
  'http://a/?b=1&amp;c',
  'a/b?c:d',
  'a:b',
  'data:image/png;base64,AA==',
  'data: image/gif;base64,AA',
  'data:text/html,a',
  'javascript:a',
  '&#106;avascript:a',
  ' java\tscript:a',
];
const STYLES = [
  'color: red; width: 1px',
  'color: rgb(1,2,3)',
  'background-image: url(data: image/png;base64,AA)',
  'background: url(data:text/html,a)',
  'background: url(javascript:a)',
  'width: expression(a)',
  'width: ex\\70 ression(a)',
  'width: expression\\28 a)',
  'width: expression&#40;a)',
  'behavior: url(a)',
  '@import a',
  '/* rgb(*/ expression(a)',
];
const CSS_SIGN = fc.constantFrom(...'(/*)\\:;@ urlexpsion#4javscript');

function narrativesOf(wild: boolean): fc.Arbitrary<string> {
  const parts = partsOf(wild);
  const one = fc.tuple(parts.gaps, parts.pairs, parts.quotes);
  const several = wild
    ? fc.array(one, { maxLength: 3 })
    : fc.uniqueArray(one, { maxLength: 3, selector: ([, [name]]) => name });
  const attributes = several.map((all) =>
    all.map(([gap, [name, value], quote]) => `${gap}${name}=${quote}${value}${quote}`).join(''),
  );
  const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
    content: fc
      .array(fc.oneof({ depthSize: 'small' }, parts.texts, tie('element')), { maxLength: 4 })
      .map((all) => all.join('')),
    element: fc
      .tuple(
        parts.names,
        attributes,
        tie('content'),
        parts.ends,
        fc.oneof({ weight: 15, arbitrary: SAME }, parts.names),
      )
      .map(([name, own, inner, end, closing]) =>
        end === '/' ? `<${name}${own}/>` : `<${name}${own}>${inner}</${closing ?? name}${end}>`,
      ),
  }));
  return fc
    .tuple(parts.namespaces, attributes, fc.array(fc.oneof(parts.texts, element), { maxLength: 4 }), parts.last)
    .map(([xmlns, own, content, last]) => `<div ${xmlns}${own}>${content.join('')}${last}`);
}

const narratives = fc.oneof(narrativesOf(false), narrativesOf(true));
const anything = fc.oneof(
  narratives,
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'<>/&;#"\'=! -[]adivp') }),
);

describe('the check of a narrative', () => {
  it('accepts in full all that it accepts at once', () => {
    let clean = 0;
    let tried = 0;
    fc.assert(
      fc.property(narratives, (text) => {
        tried += 1;
        if (!isCleanNarrative(text)) return;
        clean += 1;
        expect(fullFaults(text)).toStrictEqual([]);
      }),
      { numRuns: runs(4 * NUM_RUNS) },
    );
    // The narratives are neither all right nor all wrong.
    ensure(clean > tried / 50 && clean < tried / 2, `${clean} of ${tried}`);
  });

  it('accepts at once what is written without fault and without ado', () => {
    const said = fc.stringMatching(/^[\wé.,>]+$/);
    const tags = fc.constantFrom('b', 'i', 'p', 'td', 'span', 'h2', 'code');
    const styles = fc.constantFrom('', ' class="a"', ' style="color: red" title="b"', " id='c'");
    const pieces = fc.tuple(tags, styles, said).map(([tag, own, text]) => {
      const cell = `<${tag}${own}>${text}</${tag}>\n`;
      return tag === 'td' ? `<table><tr>${cell}</tr></table>` : cell;
    });
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1 }), (all) =>
        isCleanNarrative(`<div ${XMLNS}>${all.join('')}<br/></div>`),
      ),
    );
  });

  it('never throws, and says each thing once', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const said = narrativeFaults(text).map(({ diagnostics }) => diagnostics);
        expect(new Set(said).size).toBe(said.length);
      }),
      { numRuns: runs(NUM_RUNS) },
    );
  });

  it('never says a word of the record', () => {
    const secret = 'qzxjk';
    const secretive = anything.map((text) => text.replace(/[A-Za-z]\b/g, (letter) => `${letter}${secret}`));
    fc.assert(
      fc.property(secretive, (text) => narrativeFaults(text).every(({ diagnostics }) => !diagnostics.includes(secret))),
      { numRuns: runs(NUM_RUNS) },
    );
    const places = [`<${secret}/>`, `<p ${secret}="a"/>`, `<p on${secret}="a"/>`, `<a href="javascript:${secret}"/>`];
    for (const place of [
      ...places,
      `&${secret};`,
      `<${secret}:p/>`,
      `<p xmlns="${secret}"/>`,
      `<!${secret}>`,
      `<?${secret}?>`,
    ]) {
      const faults = narrativeFaults(`<div ${XMLNS}>${place}${secret}</div>`);
      ensure(faults.length > 0, place);
      ensure(!JSON.stringify(faults).includes(secret), place);
    }
  });
});
