import { describe, expect, it } from '@jest/globals';
import { narrativeFaults } from '../../support/narratives.js';

const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';
const counted = (of: (index: number) => string, length: number): string =>
  Array.from({ length }, (_, i) => of(i)).join('');

/** Texts of about a given length that are made to take long. */
const HOSTILE: { readonly [name: string]: (length: number) => string } = {
  'nested divs': (length) => '<div>'.repeat(length / 5),
  'nested divs that are closed': (length) =>
    `${DIV}${'<div>'.repeat(length / 11)}a${'</div>'.repeat(length / 11)}</div>`,
  'end tags that match nothing': (length) => DIV + '<p>'.repeat(length / 6) + '</b>'.repeat(length / 6),
  ampersands: (length) => DIV + '&'.repeat(length),
  'references to white space': (length) => DIV + '&#32;'.repeat(length / 5),
  'a reference with many digits': (length) => `${DIV}&#${'0'.repeat(length)}65;</div>`,
  'a name of an entity that goes on': (length) => `${DIV}&${'a'.repeat(length)};`,
  'a quote that is not closed': (length) => `${DIV}<p title="${'x'.repeat(length)}`,
  'many quotes': (length) => DIV + '<p title="'.repeat(length / 10),
  'many signs of a tag': (length) => '<'.repeat(length),
  'white space in a tag': (length) => `${DIV}<p${' '.repeat(length)}`,
  'white space after the div': (length) => `${DIV}a</div>${' '.repeat(length)}x`,
  'a name that goes on': (length) => `${DIV}<${'p'.repeat(length)}>`,
  'many attributes': (length) => `${DIV}<p ${counted((i) => `a${i}="" `, length / 10)}>a</p></div>`,
  'many prefixes': (length) => `${DIV}<p ${counted((i) => `xmlns:a${i}="b" `, length / 18)}>a</p></div>`,
  'namespaces in each other': (length) => DIV + '<p xmlns:a="b">'.repeat(length / 15),
  'a scheme after much white space': (length) => `${DIV}<a href="${' '.repeat(length)}javascript:a">a</a></div>`,
  'a link of references': (length) => `${DIV}<a href="${'&#106;'.repeat(length / 6)}">a</a></div>`,
  'comments of CSS that are not closed': (length) => `${DIV}<p style="(${'/*'.repeat(length / 2)}">a</p></div>`,
  'escapes of CSS': (length) => `${DIV}<p style="(${'\\65 '.repeat(length / 4)}">a</p></div>`,
  'functions of CSS': (length) => `${DIV}<p style="${'behavior:url(x'.repeat(length / 14)}">a</p></div>`,
  'hyphens of a comment': (length) => `${DIV}<!--${'-'.repeat(length)}`,
  'comments that are not closed': (length) => DIV + '<!--'.repeat(length / 4),
  'CDATA sections that are not closed': (length) => DIV + '<![CDATA['.repeat(length / 9),
  brackets: (length) => DIV + ']]'.repeat(length / 2),
  'processing instructions that are not closed': (length) => DIV + '<?'.repeat(length / 2),
  'unknown elements': (length) => DIV + '<x/>'.repeat(length / 4),
};

const MEGABYTES = 1_000_000;

describe('millions of characters', () => {
  for (const [name, make] of Object.entries(HOSTILE)) {
    it(`of ${name} take their time once, not squared`, () => {
      // A quadratic check would take hours for these, and Jest would give it up; the slowest of ours takes about a second.
      expect(() => narrativeFaults(make(MEGABYTES))).not.toThrow();
    });
  }

  it('of images and text are let through', () => {
    const image = `<img src="data:image/png;base64,${'A'.repeat(MEGABYTES)}"/>`;
    expect(narrativeFaults(`${DIV}${image}</div>`)).toStrictEqual([]);
    expect(narrativeFaults(`${DIV}${'é '.repeat(2 * MEGABYTES)}</div>`)).toStrictEqual([]);
  });
});

it('does not read what is longer than 64 million characters, unless it is clean', () => {
  const long = 'a'.repeat(65 * MEGABYTES);
  expect(narrativeFaults(`${DIV}${long}</div>`)).toStrictEqual([]);
  expect(narrativeFaults(`<div>${long}</div>`)[0]?.diagnostics ?? '').toMatch(/longer than 64 million/);
});
