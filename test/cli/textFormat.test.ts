import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../src/check/finding.js';
import { cutOut } from '../../src/cli/excerpt.js';
import { paint } from '../../src/cli/style.js';
import { type TextOptions, text } from '../../src/cli/textFormat.js';
import { ALL, finding, NOTHING, written } from '../check/formats/samples.js';
import { ensure } from '../support/ensure.js';

const plain: TextOptions = { width: 80, paint: paint({}, {}), verbose: false };
const shown = (findings: readonly Finding[], options: Partial<TextOptions> = {}): string =>
  written(text({ ...plain, ...options }), findings);

describe('the format text', () => {
  it('shows a finding under its file, with its line and what it is about', () => {
    expect(shown([finding()], { width: 120 })).toBe(`export/Patient.ndjson
  error per-1 12:71
    If present, start SHALL have a lower value than end.
    Patient.name[0].period
    12 | {"resourceType":"********","name":[{"family":"*****","period":{"start":"****","end":"****"}}]}
       |                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 error in 1,204 records of 3 files.
`);
  });

  it('names a file once for all of its findings', () => {
    const other = finding({ source: { file: 'b.json', line: 1 } });
    const page = shown([finding(), finding(), other]);
    expect(page.match(/^export\/Patient\.ndjson$/gm)?.length).toBe(1);
    expect(page.match(/^b\.json$/gm)?.length).toBe(1);
    expect(page).toMatch(/^3 errors in /m);
  });

  it('says in one line that all is well', () => {
    const page = written(text(plain), [], NOTHING);
    expect(page).toBe('All is well: nothing to complain about in 1,204 records of 3 files.\n');
  });

  it('counts known and ignored findings, and shows them where it is asked', () => {
    const findings = [finding({ state: 'known' }), finding({ state: 'ignored', reason: 'The vendor mends it.' })];
    const counts =
      'All is well: nothing to complain about in 1,204 records of 3 files.\nBesides: 1 known, 1 ignored.\n';
    expect(shown(findings)).toBe(counts);
    const page = shown(findings, { verbose: true });
    expect(page).toMatch(/^ {2}known error per-1 12:71$/m);
    expect(page).toMatch(/^ {2}ignored error per-1 12:71\n.*\n {4}Ignored: The vendor mends it\.$/m);
    expect(page.endsWith(counts)).toBe(true);
  });

  it('names what of the baseline is no longer there', () => {
    const vanished = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((rule, index) => ({
      rule,
      path: 'Patient',
      count: index + 1,
    }));
    const page = written(text(plain), [], { ...NOTHING, vanished });
    expect(page).toMatch(/^Besides: 28 of the baseline no longer there\.$/m);
    expect(page).toMatch(/^ {2}a Patient\n {2}b Patient, 2 times\n(?:.*\n){3} {2}and 2 other places$/m);
  });

  it('keeps to the width, in a narrow and in a wide terminal, and puts the carets under the element', () => {
    const value = '{"start":"****","end":"****"}';
    const line = `{"a":"${'*'.repeat(300)}","period":${value},"b":"${'*'.repeat(300)}"}`;
    const start = line.indexOf(value);
    const long = finding({
      excerpt: { text: line, start, end: start + value.length },
      message: 'word '.repeat(60).trim(),
    });
    for (const width of [80, 160]) {
      const lines = shown([long], { width }).split('\n');
      for (const one of lines) ensure(one.length <= width, one);
      const carets = lines.findIndex((one) => one.includes('^'));
      const from = lines[carets]?.indexOf('^') ?? 0;
      expect(lines[carets - 1]?.slice(from, lines[carets]?.length)).toBe(value);
    }
  });

  it('gives the terminal nothing to obey', () => {
    expect(shown(ALL, { verbose: true })).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('names no id of a record', () => {
    expect(shown(ALL, { verbose: true })).not.toMatch(/pat-12/);
  });

  it('paints by severity where there are colours', () => {
    const page = shown([finding(), finding({ severity: 'warning' })], {
      paint: paint({ isTTY: true }, { TERM: 'xterm' }),
    });
    expect(page).toContain('\u001b[31merror\u001b[39m');
    expect(page).toContain('\u001b[33mwarning\u001b[39m');
  });
});

describe('an excerpt', () => {
  const text = `    "0123456789": "${'*'.repeat(80)}",`;

  it('loses its indentation and nothing else where it fits', () => {
    expect(cutOut({ text, start: 18, end: 100 }, 120)).toStrictEqual({ text: text.trim(), start: 14, end: 96 });
  });

  it('shows as much of a long element as there is room for', () => {
    const cut = cutOut({ text, start: 18, end: 100 }, 30);
    expect(cut).toStrictEqual({ text: `…"${'*'.repeat(27)}…`, start: 1, end: 30 });
  });

  it('is cut at one side only where the element is near the other', () => {
    expect(cutOut({ text, start: 4, end: 16 }, 30).text).toBe('"0123456789": "**************…');
    expect(cutOut({ text, start: 100, end: 101 }, 30).text).toBe(`…${'*'.repeat(27)}",`);
  });
});
