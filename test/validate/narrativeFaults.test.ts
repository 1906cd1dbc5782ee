import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { NarrativeFault } from '../../src/validate/narrative/fault.js';
import { unless } from '../support/ensure.js';
import { fullFaults, isCleanNarrative, narrativeFaults } from '../support/narratives.js';

const XMLNS = 'xmlns="http://www.w3.org/1999/xhtml"';
const div = (inner: string): string => `<div ${XMLNS}>${inner}</div>`;
const idsOf = (text: string): string[] => narrativeFaults(text).map(({ id }) => id);
const saysOf = (text: string): string[] => narrativeFaults(text).map(({ diagnostics }) => diagnostics);

describe('a narrative that R4 allows', () => {
  const fine: readonly (readonly [name: string, text: string])[] = [
    ['plain text', div('a')],
    ['single quotes', "<div xmlns='http://www.w3.org/1999/xhtml'>a</div>"],
    ['white space around it', ` \n${div('a')}\n`],
    ['a language', `<div ${XMLNS} lang="en" xml:lang="en">a</div>`],
    ['the namespace declared again', div(`<p ${XMLNS}>a</p>`)],
    ['a prefix for the namespace', '<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>a</h:p></h:div>'],
    ['an unused prefix', `<div ${XMLNS} xmlns:f="http://hl7.org/fhir">a</div>`],
    ['tables', div('<table border="1"><tbody><tr><td colspan="2" nowrap="nowrap">a</td></tr></tbody></table>')],
    [
      'elements of chapters 8 and 9 that the XPath forgot',
      div('<kbd>a</kbd><bdo dir="rtl">b</bdo><address>c</address>'),
    ],
    [
      'an image map',
      div('<img src="#a" usemap="#m"/><map name="m"><area shape="rect" coords="1" href="#b" alt="b"/></map>'),
    ],
    ['an image alone', div('<img src="#pic1" alt=""/>')],
    ['an image in itself', div('<img src="data:image/png;base64,iVBORw0KGgo="/>')],
    ['an SVG image in itself', div('<img src="data:image/svg+xml;utf8,%3Csvg/%3E"/>')],
    ['an image from elsewhere', div('<img src="https://example.org/a.png"/>')],
    ['links', div('<a name="a" href="https://example.org/?a=1&amp;b=2#c">a</a><a href="mailto:a@example.org">b</a>')],
    ['a link with a colon in its query', div('<a href="page?to=javascript:1">a</a>')],
    ['styles', div('<p style="color: rgb(1, 2, 3); background: url(data:image/png;base64,AA==)">a</p>')],
    ['a smooth scroll', div('<p style="scroll-behavior: smooth; color: rgb(1,2,3)">a</p>')],
    ['the five entities of XML', div('&amp;&lt;&gt;&quot;&apos;')],
    ['numeric references', div('&#160;&#xA0;&#x1F600;&#00065;&#9;')],
    ['a no-break space, which is no white space of XML', div('\u00a0')],
    ['other writings', div('é 漢字 😀 \u200f\u007f\u0085')],
    ['a CDATA section', div('<![CDATA[a & b]]>')],
    ['comments', div('<!-- a > b --><!---->a')],
    ["a '>' in text", div('a > b')],
    ['brackets in text and in a value', div('<p title="]]>">a]] ></p>')],
    ['white space in tags', div('<p\n\ttitle = "a"\r\n>a</p ><br />')],
  ];
  for (const [name, text] of fine) {
    it(`may have ${name}`, () => {
      expect(narrativeFaults(text)).toStrictEqual([]);
    });
  }
});

describe('text that is not XHTML', () => {
  const wrong: readonly (readonly [name: string, text: string, says: RegExp])[] = [
    ['no element', '', /no element/],
    ['text alone', 'a', /other than white space/],
    ['no namespace', '<div>a</div>', /no namespace; it wants xmlns="http:\/\/www.w3.org\/1999\/xhtml"/],
    ['another namespace', '<div xmlns="http://hl7.org/fhir">a</div>', /in another namespace/],
    ['another namespace inside', div('<p xmlns="urn:x">a</p>'), /namespace other than that of XHTML/],
    ['no namespace inside', div('<p xmlns="">a</p>'), /namespace other than that of XHTML/],
    ['an undeclared prefix', div('<x:p>a</x:p>'), /no namespace is declared/],
    ['an undeclared prefix of an attribute', div('<p x:title="b">a</p>'), /no namespace is declared/],
    [
      'a prefix after its element',
      div('<p xmlns:h="http://www.w3.org/1999/xhtml">a</p><h:p/>'),
      /no namespace is declared/,
    ],
    ['a reserved prefix', div('<p xmlns:xmlns="urn:x">a</p>'), /declared as XML does not allow/],
    ['an undeclared namespace', div('<p xmlns:a="">a</p>'), /declared as XML does not allow/],
    ['another element', `<p ${XMLNS}>a</p>`, /not a div/],
    ['two elements', div('a') + div('b'), /before or after/],
    ['an XML declaration', `<?xml version="1.0"?>${div('a')}`, /processing instruction/],
    ['a processing instruction', div('a<?php b ?>'), /processing instruction/],
    ['a DOCTYPE', `<!DOCTYPE html>${div('a')}`, /declaration/],
    ['a DOCTYPE inside', div('<!DOCTYPE a [<!ENTITY b "c">]>a'), /declaration/],
    ['a comment before it', `<!-- a -->${div('a')}`, /before or after/],
    ['a comment after it', `${div('a')}<!-- a -->`, /before or after/],
    ['white space by reference after it', `${div('a')}&#32;`, /before or after/],
    ["a '>' in the tag of the div", `<div ${XMLNS} title="a>b">a</div>`, /to begin after the first one/],
    ['an element that is not closed', div('<p>a'), /does not match/],
    ['a div that is not closed', `<div ${XMLNS}>a`, /not closed/],
    ['crossed tags', div('<b><i>a</b></i>'), /does not match/],
    ['an end tag in other letters', div('<p>a</P>'), /does not match/],
    ['an HTML line break', div('a<br>b'), /does not match/],
    ['an end tag with an attribute', div('<p>a</p title="b">'), /end tag is not/],
    ['an end tag after a space', div('<p>a</ p>'), /end tag is not/],
    ['an empty end tag', div('a</>'), /./],
    ['a tag that does not end', `<div ${XMLNS}>a</div`, /does not end/],
    ["a stray '<'", div('a < b'), /begins no tag|start tag/],
    ["a stray '<' at the end", `${div('a')}<`, /begins no tag/],
    ['a slash in a tag', div('<p/title="b">a</p>'), /start tag/],
    ['a slash and a space', div('<br/ >a'), /start tag/],
    ['a name that begins with a digit', div('<1>a</1>'), /start tag/],
    ['a name of three parts', div('<a:b:c/>'), /start tag/],
    ['attributes without a space', div('<p title="a"class="b">a</p>'), /start tag/],
    ['an attribute without quotes', div('<p title=a>a</p>'), /quotes/],
    ['an attribute without a value', div('<td nowrap>a</td>'), /quotes/],
    ['an attribute twice', div('<p title="a" title="b">a</p>'), /twice/],
    ["a '<' in a value", div('<p title="<">a</p>'), /'<'/],
    ['an HTML entity', div('a&nbsp;b'), /&#160; for &nbsp;/],
    ['an HTML entity in a value', div('<p title="&eacute;">a</p>'), /&#160; for &nbsp;/],
    ["a stray '&'", div('a & b'), /&amp;/],
    ["a stray '&' in a value", div('<a href="?a=1&b=2">a</a>'), /&amp;/],
    ['an entity without its semicolon', div('a &amp b'), /&amp;/],
    ['a reference with a capital X', div('&#X41;'), /&amp;/],
    ['a reference to a control', div('&#0;'), /reference is to a character/],
    ['a reference to half a character', div('&#xD83D;'), /reference is to a character/],
    ['a reference past all characters', div('&#x110000;'), /reference is to a character/],
    ['a control', div('a\u0001'), /character that XML/],
    ['half a character', div('a\ud83d'), /character that XML/],
    ['a noncharacter', div('a\uffff'), /character that XML/],
    ["a ']]>' in text", div('a]]>'), /\]\]&gt;/],
    ['a CDATA section that is not closed', `<div ${XMLNS}><![CDATA[a</div>`, /not closed/],
    ['a comment that is not closed', `<div ${XMLNS}><!-- a</div>`, /not closed/],
    ['two hyphens in a comment', div('<!-- a -- b -->a'), /'--'/],
    ['three hyphens at the end of a comment', div('<!-- a --->a'), /'--'/],
  ];
  for (const [name, text, says] of wrong) {
    it(`has ${name}`, () => {
      const faults = narrativeFaults(text);
      expect(faults[0]?.id).toBe('narrative-not-xhtml');
      expect(faults[0]?.diagnostics).toMatch(says);
    });
  }
});

describe('txt-1', () => {
  const wrong: readonly (readonly [name: string, inner: string, says: RegExp])[] = [
    ['a script', 'a<script>b</script>', /the element script; R4 allows no scripts/],
    ['a script by a prefix', 'a<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', /the element script/],
    ['a form', '<form>a<input/></form>', /the element form; R4 allows no forms/],
    ['a frame', 'a<iframe/>', /the element iframe; R4 allows no frames/],
    ['an object', 'a<object/>', /the element object; R4 allows no objects/],
    ['a link to a stylesheet', 'a<link/>', /the element link; R4 allows no base and link/],
    ['a stylesheet', 'a<style>p {}</style>', /the element style; R4 allows no stylesheets/],
    ['a body', '<body>a</body>', /the element body/],
    ['a deprecated element', '<font>a</font>', /the element font; R4 allows no deprecated elements/],
    ['a mark of a change', '<del>a</del>', /the element del; .*section 4 of chapter 9/],
    ['an element of HTML 5', '<section>a</section>', /the element section; .*after HTML 4.0/],
    ['an element with capitals', '<P>a</P>', /the element p with capitals/],
    ['an unknown element', '<patient>a</patient>', /an element that HTML 4.0 does not have/],
    ['an event', '<p onclick="b()">a</p>', /element p has the event attribute onclick/],
    ['an event with capitals', '<p onClick="b()">a</p>', /the event attribute onclick/],
    ['an unknown event', '<p onwhatever="b()">a</p>', /has the event attribute;/],
    ['a target', '<a href="#a" target="_blank">a</a>', /element a has the attribute target/],
    ['an attribute of another element', '<p href="#a">a</p>', /element p has the attribute href/],
    ['an attribute with capitals', '<p Title="b">a</p>', /title with capitals/],
    ['an attribute for scripts', '<p data-b="c">a</p>', /of the data- kind/],
    ['an unknown attribute', '<p patient="b">a</p>', /an attribute that HTML 4.0 does not have/],
    ['an xlink', '<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a">a</a>', /HTML 4.0 does not have/],
    ['a link to data', '<a href="data:text/html,b">a</a>', /href of the element a has data/],
    ['a link to an image in itself', '<a href="data:image/png;base64,AA==">a</a>', /href of the element a has data/],
    ['data that are no image', '<img src="data:text/html,b"/>', /data that are no image/],
    ['a comment that a browser ends early', 'a<!--> b -->', /comment holds a '>'/],
    ['a comment that a browser ends early, too', 'a<!---> b -->', /comment holds a '>'/],
    ['a CDATA section with markup', 'a<![CDATA[><img src="x" onerror="b()">]]>', /CDATA section holds a '>'/],
  ];
  for (const [name, inner, says] of wrong) {
    it(`is against ${name}`, () => {
      const faults = narrativeFaults(div(inner));
      expect(faults[0]?.id).toBe('txt-1');
      expect(faults[0]?.diagnostics).toMatch(says);
    });
  }

  const scripts = [
    'javascript:b()',
    'JavaScript:b()',
    ' \u0085javascript:b()',
    'java\tscript:b()',
    'java\nscript:b()',
    'java&#10;script:b()',
    'java&#x9;script:b()',
    '&#106;avascript:b()',
    '&#x6A;&#x61;vascript&#58;b()',
    '&#000000106;avascript:b()',
    'javascript\u200b:b()',
    'vbscript:b()',
  ];
  for (const script of scripts) {
    it(`is against a link to ${JSON.stringify(script)}`, () => {
      const says = (name: string, element: string): string =>
        `The attribute ${name} of the element ${element} is a link to a script; R4 allows no active content.`;
      expect(saysOf(div(`<a href="${script}">a</a>`))).toStrictEqual([says('href', 'a')]);
      expect(saysOf(div(`<img src='${script}'/>`))).toStrictEqual([says('src', 'img')]);
      expect(saysOf(div(`<q cite="${script}">a</q>`))).toStrictEqual([says('cite', 'q')]);
    });
  }

  const styles = [
    'width: expression(b())',
    'width: EXPRESSION (b())',
    'width: exp/* c */ression(b())',
    'width: ex\\70 ression(b())',
    'width: expression\\28 b())',
    'width: expression&#40;b())',
    'content: "/*"; width: expression(b()); quotes: "*/"',
    'background: url(javascript:b())',
    "background: url( 'java&#9;script:b()' )",
    'background: u\\72l(javascript:b())',
    'behavior: url(b.htc)',
    '-moz-binding: url(b.xml#c)',
    '@import "b.css"',
  ];
  for (const style of styles) {
    it(`is against the style ${style}`, () => {
      const [fault, ...others] = narrativeFaults(div(`<p style='${style.replaceAll("'", '&apos;')}'>a</p>`));
      expect(others).toStrictEqual([]);
      expect(fault?.diagnostics ?? '').toMatch(/style of the element p runs a script or fetches a stylesheet/);
    });
  }

  it('is against data in a style that are no image', () => {
    expect(saysOf(div('<p style="background: url(data:text/html,b)">a</p>')).join()).toMatch(/data that are no image/);
  });

  it('is told of what stands before the place that is not well-formed', () => {
    expect(idsOf(div('<script>a</script>b & c'))).toStrictEqual(['txt-1', 'narrative-not-xhtml']);
  });

  it('is told of a script in a div without a namespace, too', () => {
    expect(idsOf('<div><script>a</script></div>')).toStrictEqual(['narrative-not-xhtml', 'txt-1']);
  });
});

describe('txt-2', () => {
  const empty: readonly (readonly [name: string, inner: string])[] = [
    ['nothing', ''],
    ['white space', ' \r\n\t'],
    ['white space by reference', '&#32;&#x0A;'],
    ['elements without text', '<p> <br/></p>'],
    ['an image without a src', '<img alt="a"/>'],
    ['an image whose alt looks like a src', '<img alt=" src="/>'],
    ['a comment', '<!-- a -->'],
    ['an empty CDATA section', '<![CDATA[ ]]>'],
  ];
  for (const [name, inner] of empty) {
    it(`is against ${name}`, () => {
      expect(idsOf(div(inner))).toStrictEqual(['txt-2']);
    });
  }

  it('is against a div that is closed at once', () => {
    expect(idsOf(`<div ${XMLNS}/>`)).toStrictEqual(['txt-2']);
  });
});

it('says each thing once', () => {
  const faults = narrativeFaults(div('<u>a</u><u onclick="">b</u><p onclick="">c</p><p onclick="">d</p><s/>'));
  expect(faults.map(({ diagnostics }) => diagnostics.split(/[;,]/)[0])).toStrictEqual([
    'The narrative holds the element u',
    'The element p has the event attribute onclick',
    'The narrative holds the element s',
  ]);
});

/** Each narrative of a record, those of contained resources, entries and sections among them. */
function narrativesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { text } = value as { text?: { div?: unknown } };
  const inner = Object.values(value).flatMap(narrativesIn);
  return typeof text?.div === 'string' ? [text.div, ...inner] : inner;
}

describe('narratives that nobody here wrote', () => {
  const faultsOf = (text: string): readonly NarrativeFault[] => {
    const faults = fullFaults(text);
    if (isCleanNarrative(text)) expect(faults).toStrictEqual([]);
    return faults;
  };

  it("of HL7's examples are without fault, but for four that are empty", () => {
    const folder = join('node_modules', 'hl7.fhir.r4.examples');
    let count = 0;
    const faulty = readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) =>
        narrativesIn(JSON.parse(readFileSync(join(folder, file), 'utf8'))).flatMap((text) => {
          count += 1;
          return faultsOf(text).map(({ id }) => [basename(file, '.json'), id]);
        }),
      );
    expect(faulty).toStrictEqual([
      ['ActivityDefinition-blood-tubes-supply', 'txt-2'],
      ['ActivityDefinition-heart-valve-replacement', 'txt-2'],
      ['EventDefinition-example', 'txt-2'],
      ['Questionnaire-zika-virus-exposure-assessment', 'txt-2'],
    ]);
    expect(count).toBe(6563);
  });

  const corpus = join('..', 'shared', 'corpus');
  unless(existsSync(corpus) ? false : 'the corpus is not part of this repository')(
    'of the corpus are without fault',
    () => {
      const texts = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ndjson'))
        .flatMap((file) => readFileSync(join(corpus, file), 'utf8').split('\n'))
        .filter((line) => line.includes('"div"'))
        .flatMap((line) => narrativesIn(JSON.parse(line)));
      expect(texts.length).toBeGreaterThan(500);
      for (const text of texts) expect(faultsOf(text)).toStrictEqual([]);
    },
  );
});
