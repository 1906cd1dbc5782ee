import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { id } from '../../../src/report/html/escape.js';
import type { ReportPage } from '../../../src/report/html/page.js';
import { render } from '../../../src/report/html/render.js';
import { checkReportName } from '../../../src/report/html/reportName.js';
import { ensure } from '../../support/ensure.js';
import { runs } from '../../support/runs.js';

/** A report in which each text is the same. */
function page(text: string): ReportPage {
  return {
    title: text,
    verdict: { tone: 'bad', text },
    facts: [text, text],
    figures: [{ label: text, value: 1204, tone: 'bad', below: text }],
    notices: [{ tone: 'warning', title: text, text }],
    sections: [
      {
        id: text,
        title: text,
        intro: text,
        caption: text,
        columns: [{ title: text, hint: text, isWide: true }, { title: 'n' }, { title: 'm' }, { title: 'b' }],
        rows: [
          {
            anchor: text,
            cells: [
              { kind: 'code', text, below: text, target: text },
              { kind: 'number', value: 1204 },
              { kind: 'mark', text, tone: 'bad', rank: 0 },
              {
                kind: 'bar',
                parts: [
                  { tone: 'good', value: 3 },
                  { tone: 'bad', value: 1 },
                ],
              }, // prettier-ignore
            ],
          },
          {
            cells: [
              { kind: 'text', text, below: text },
              { kind: 'places', places: [{ file: text, line: 1204 }] },
            ],
          },
        ],
        rest: text,
      },
    ],
  };
}

/** The tags of a document with the names of their attributes, in their order. */
function structure(document: string): string[] {
  const tags: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => tags.push(`${name} ${Object.keys(attributes).join(' ')}`),
  });
  parser.end(document);
  return tags;
}

const withoutBreaks = (tags: string[]): string[] => tags.filter((tag) => tag.trim() !== 'wbr');

describe('a report in HTML', () => {
  it.each(['<script>alert(1)</script>', `"' onclick="x`, '<img src=x onerror=y>', '</style><b>', '&lt;', '{{x}}'])(
    'shows a text as it is: %s',
    (text) => {
      expect(withoutBreaks(structure(render(page(text))))).toStrictEqual(
        withoutBreaks(structure(render(page('plain')))),
      );
    },
  );

  it('has no element, attribute or character of control of a text, whatever stands there', () => {
    const expected = withoutBreaks(structure(render(page('plain'))));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        const document = render(page(text));
        ensure(withoutBreaks(structure(document)).join('\n') === expected.join('\n'));
        // Its own line feeds are the only ones.
        ensure(!/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(document.replaceAll('\n', '')));
      }),
      { numRuns: runs(200) },
    );
  });

  it('allows its own style and script by their hashes, and nothing else', () => {
    const document = render(page('x'));
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(document) ?? [];
    const hashOf = (tag: string): string => {
      const [, text = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(document) ?? [];
      ensure(text !== '');
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy.split('; ')).toStrictEqual([
      "default-src 'none'",
      `style-src ${hashOf('style')}`,
      `script-src ${hashOf('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(document).not.toMatch(/ style=| on[a-z]+=|\bsrc=|@import|url\(|https?:\/\//);
  });

  it('names the places of one file together', () => {
    const cells = [
      {
        kind: 'places' as const,
        places: [{ file: 'a.json', line: 1 }, { file: 'b.json' }, { file: 'a.json', line: 7 }],
      },
    ];
    const [section] = page('x').sections;
    ensure(section !== undefined);
    const document = render({ ...page('x'), sections: [{ ...section, rows: [{ cells }] }] });
    const shown = document.replaceAll('<wbr>', '').includes('<span>a.json:1, 7</span><span>b.json</span>');
    expect(shown).toBe(true);
  });

  it('has a caption, and a header for each column and row, in every table', () => {
    const tags = structure(render(page('x'))).map((tag) => tag.split(' ')[0]);
    const count = (name: string): number => tags.filter((tag) => tag === name).length;
    expect([count('table'), count('caption'), count('th')]).toStrictEqual([1, 1, 6]);
  });

  it('leaves out a section without rows', () => {
    const [section] = page('x').sections;
    ensure(section !== undefined);
    const document = render({ ...page('x'), sections: [{ ...section, rows: [] }] });
    expect(document).not.toContain('<table');
    expect(document).toContain('There is nothing to list.');
  });
});

describe('the names of elements', () => {
  it('differ where the texts do', () => {
    const names = ['a b', 'a_b', 'a.b', 'a-b', 'a_20_b', 'a/b'];
    expect(new Set(names.map(id)).size).toBe(names.length);
    for (const name of names) expect(id(name)).toMatch(/^[\w-]+$/);
  });
});

describe('the name of a report', () => {
  it.each(['report.html', 'a/b.HTM', '/reports/x.y.html'])('may be %s', (name) => {
    expect(() => checkReportName(name)).not.toThrow();
  });

  it.each(['report', 'labs.ndjson', 'summary.json', '.html', 'a/.html', 'report.html/', '/dev/stdout', ''])(
    'may not be %j',
    (name) => {
      expect(() => checkReportName(name)).toThrow('ends with .html');
    },
  );
});
