import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanNarrative, hasNoAnchors } from '../../../src/validate/narrative/fast.js';
import { fullNarrative } from '../../../src/validate/narrative/full.js';
import { fullFaults, isCleanNarrative } from '../../support/narratives.js';
import { runs } from '../../support/runs.js';

const XMLNS = 'xmlns="http://www.w3.org/1999/xhtml"';
const div = (content: string, attributes = XMLNS): string => `<div ${attributes}>${content}</div>`;

describe('the first look at a narrative', () => {
  it.each([
    ['a text', div('a')],
    ['a text behind white space', div(' \t\r\n a')],
    ['a reference by name alone', div('&lt;')],
    ['a text behind a reference by number', div('&#160;<b>a</b>')],
    ['a number sign', div('#')],
    ['references by number', div('a&#9;&#10;&#13;&#32;&#99;&#1234;&#x20;&#xE9;&#x20AC;')],
    ['a namespace in single quotes', div('a', XMLNS.replaceAll('"', "'"))],
    ['white space of every kind between attributes', div('<p class="a"\n\tid=\'b\'\r lang="c">a</p>')],
    ['white space behind it', `${div('a')} \n`],
    ['an image alone', div('<img src="a.png"/>')],
    ['an image with its data', div('<img alt="" src="data:image/png;base64,AA=="/>')],
    ['empty elements', div('a<br/><hr /><br\n/>')],
    ['headings and the language of XML', div('<h1>a</h1><h6 xml:lang="de">b</h6>')],
    ['a link to a page', div('<a href="https://x.example/?a=b:c">a</a>')],
    ['a link to a mailbox', div('<a href="mailto:a@x.example">a</a>')],
    ['a link to a place in it', div('<a href="#a:b">a</a>')],
    ['a link with a query', div('<a href="?a:b">a</a>')],
    ['a link to a file', div('<a href="../a/b-c_1.html">a</a>')],
    ['a style', div('<p style="color: red; width: 1px">a</p>')],
    ['a colour by number', div('<p style="color: rgb(1,2,3); border-color: rgba(1,2,3,.5)">a</p>')],
    ['an image in a style', div('<p style="background: url(data: image/png;base64,AA==)">a</p>')],
    ['an image in a longer style', div('<p style="background-image:url(data:image/gif;base64,AA)">a</p>')],
    ['a table', div('<table border="1"><tr><td colspan="2" valign="top">a</td></tr></table>')],
    ['a bracket in the value of an inner tag', div('<p title=">">a</p>')],
  ])('is enough for %s', (_, text) => {
    expect([isCleanNarrative(text), fullFaults(text)]).toStrictEqual([true, []]);
  });

  it.each([
    ['nothing', ''],
    ['no content', div('')],
    ['white space alone', div(' \t\r\n')],
    ['white space by number alone', div('&#32;')],
    ['an image without a source', div('<img alt="a"/>')],
    ['no namespace', '<div class="a">a</div>'],
    ['no attribute', '<div>a</div>'],
    ['another namespace', div('a', 'xmlns="urn:x"')],
    ['a root that is no div', `<p ${XMLNS}>a</p>`],
    ['an empty root', `<div ${XMLNS}/>`],
    ['a bracket in the tag of the root', div('a', `title=">" ${XMLNS}`)],
    ['text behind it', `${div('a')}b`],
    ['a second root', `${div('a')}${div('a')}`],
    ['no end', `<div ${XMLNS}>a`],
    ['an end tag too many', `${div('a')}</div>`],
    ['an end tag that does not match', div('<p>a</b>')],
    ['an end tag that only begins alike', div('<p>a</pre>')],
    ['tags that cross', div('<b><i>a</b></i>')],
    ['an unknown element', div('<x>a</x>')],
    ['an element in capitals', div('<P>a</P>')],
    ['an active element', div('<script>a</script>')],
    ['an unknown attribute', div('<p onclick="a">a</p>')],
    ['an attribute of another element', div('<p src="a">a</p>')],
    ['an attribute twice', div('<p class="a" class="b">a</p>')],
    ['no space between attributes', div('<p class="a"id="b">a</p>')],
    ['an attribute without quotes', div('<p class=a>a</p>')],
    ['an attribute without a value', div('<p class>a</p>')],
    ['an attribute that does not end', div('<p class="a>a</p>')],
    ['a < in a value', div('<p title="<">a</p>')],
    ['a < in a text', div('a < b')],
    ['an & in a text', div('a & b')],
    ['an entity of HTML', div('a&nbsp;b')],
    ['the end of a section that did not begin', div('a]]>b')],
    ['a comment', div('<!-- -- -->a')],
    ['a control character', div('a\u0001')],
    ['half of a pair', div('a\ud83d')],
    ['a link that runs', div('<a href="javascript:a">a</a>')],
    ['an image that is none', div('<img src="data:text/html,a"/>')],
    ['a style that runs', div('<p style="width: expression(a)">a</p>')],
    ['a style that loads', div('<p style="background: url(javascript:a)">a</p>')],
    ['a style with an escape', div('<p style="width: ex\\70 ression\\28 a)">a</p>')],
    ['a tag that does not end', `<div ${XMLNS}>a<p`],
    ['a slash within a tag', div('<br/ >')],
  ])('sees that it is not enough for %s', (_, text) => {
    expect([isCleanNarrative(text), fullFaults(text).length > 0]).toStrictEqual([false, true]);
  });
});

describe('the first look at a style', () => {
  const PIECES = [
    'rgb',
    'rgba',
    'url',
    'url:',
    'background',
    '-image',
    ':',
    ': ',
    ' ',
    '(',
    '(',
    '1)',
    'x',
    '-',
    'data:image/png;base64,A',
  ];

  it('takes a bracket behind a colour or a background, and no other', () => {
    const other = /(?<!\brgba?|\bbackground(?:-image)?: ?url)\(|url\((?!data: ?image\/(?:gif|jpeg|png);base64,[\w+/=])/;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }), (pieces) => {
        const style = pieces.join('');
        expect(isCleanNarrative(div(`<p style="${style}">a</p>`))).toBe(!other.test(style));
      }),
      { numRuns: runs(30000) },
    );
  });
});

describe('the first look for what has an id or leads to one', () => {
  const PIECES = [
    '<p>a</p>',
    '<p id="a">a</p>',
    '<a href="#a">b</a>',
    '<a name="a">b</a>',
    '<img src="#a" alt=""/>',
    ' id="a"',
  ];
  const OTHERS = [
    '<a href="&#35;a">b</a>',
    '<a href="#a&amp;b">b</a>',
    '<p id="a&lt;b">a</p>',
    "<p class='b' id = 'a'>a</p>",
    '<a href="https://example.org">b</a>',
    '<a href="?a=b&amp;c=d#a">b</a>',
    '<p>',
  ];

  it('misses none', () => {
    let without = 0;
    let found = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES, ...OTHERS), { minLength: 1, maxLength: 4 }), (pieces) => {
        const text = div(pieces.join(''));
        const clean = cleanNarrative(text);
        if (clean === undefined) return;
        const full = fullNarrative(text);
        expect(clean).toStrictEqual(full);
        expect(hasNoAnchors(clean)).toBe(full.ids.length + full.fragments.length === 0);
        if (hasNoAnchors(clean)) without += 1;
        else found += 1;
      }),
      { numRuns: runs(2000) },
    );
    expect([without > 10, found > 10]).toStrictEqual([true, true]);
  });
});
