import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../src/check/finding.js';
import { cutOut, folded, shifted } from '../../src/cli/excerpt.js';
import { paint } from '../../src/cli/style.js';
import { type TextOptions, text } from '../../src/cli/textFormat.js';
import { ALL, finding, NOTHING, summaryOf, written } from '../check/formats/samples.js';
import { ensure } from '../support/ensure.js';

const plain: TextOptions = {
  width: 80,
  paint: paint({}, {}),
  verbose: false,
  maxDiagnostics: 20,
  lines: 150,
  statistics: false,
  isExplained: (rule) => rule === 'per-1',
};
const shown = (findings: readonly Finding[], options: Partial<TextOptions> = {}): string =>
  written(text({ ...plain, ...options }), findings);

/** A finding on a line of a file. */
const on = (line: number, changes: Partial<Finding> = {}): Finding =>
  finding({ region: { line, column: 5, endLine: line, endColumn: 9 }, excerpt: undefined, ...changes });

describe('the format text', () => {
  it('shows a finding under its file: place, severity, rule, location, what is wrong, and the line', () => {
    expect(shown([finding()], { width: 120 })).toBe(`export/Patient.ndjson
  12:71  error  per-1  Patient.name[0].period
    If present, start SHALL have a lower value than end.
    12 | {"resourceType":"********","name":[{"family":"*****","period":{"start":"****","end":"****"}}]}
       |                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

rule   severity  findings  records  files
per-1  error            1        1      1

1 error in 1,204 records of 3 files.
What a rule means, and how to fix it: clinik-fhir explain per-1
clinik-fhir 0.1.0 · 241 MB · 19.3 s
`);
  });

  it('names a file once for all of its findings, which are in the order of its lines', () => {
    const other = (line: number): Finding => on(line, { source: { file: 'b.json', line: 1 } });
    const page = shown([on(7), on(3), other(2), other(1)]);
    expect(page.match(/^(?:\S*\.ndjson|b\.json| +\d+:\d+)/gm)?.map((one) => one.trim())).toStrictEqual([
      'export/Patient.ndjson',
      '3:5',
      '7:5',
      'b.json',
      '1:5',
      '2:5',
    ]);
    expect(page).toMatch(/^4 errors in /m);
  });

  it('has the worse one first of two at the same place', () => {
    const page = shown([on(1, { severity: 'warning', rule: 'mild' }), on(1, { rule: 'bad' })]);
    ensure(page.indexOf('bad') < page.indexOf('mild'), page);
  });

  it('names the entry of a Bundle, and what it is', () => {
    const expression = 'Bundle.entry[3].resource.name[0].period';
    const inside = finding({ expression, entry: { index: '3', resourceType: 'Patient' } });
    expect(shown([inside])).toMatch(/^ {4}entry 3 \(Patient\): If present, /m);
    expect(shown([finding({ entry: { index: '2.1' } })])).toMatch(/^ {4}entry 2\.1: If present, /m);
    const listed = finding({ source: { file: 'a.json', line: 1, entry: '7', resourceType: 'Encounter' } });
    expect(shown([listed])).toMatch(/^ {4}entry 7 \(Encounter\): If present, /m);
  });

  it('shows the lines of an object, moved to the left with the first of them', () => {
    const below = ['      "start": "…",', '      "end": "…"', '    }'];
    const object = { text: '    "period": {', start: 4, end: 12, below };
    const region = { line: 9, column: 5, endLine: 9, endColumn: 13 };
    expect(shown([finding({ excerpt: object, region })])).toContain(`
     9 | "period": {
    10 |   "start": "…",
    11 |   "end": "…"
    12 | }
`);
    const behind = { ...object, text: '    "active": …, "period": {', start: 17, end: 25 };
    expect(shown([finding({ excerpt: behind, region })])).toContain(`
     9 | "active": …, "period": {
       |              ^^^^^^^^
    10 |   "start": "…",
`);
  });

  it('says in a line that there is no error, and in another one what it took', () => {
    const page = written(text(plain), [], NOTHING);
    expect(page).toBe('No errors in 1,204 records of 3 files.\nclinik-fhir 0.1.0 · 241 MB · 19.3 s\n');
  });

  it('says that nothing was there to check', () => {
    const page = written(text(plain), [], { ...NOTHING, records: 0, files: 1 });
    expect(page).toMatch(/^There was nothing to check: 0 records of 1 file\.$/m);
  });

  it('says what was not checked, and is not green then', () => {
    const green = paint({ isTTY: true }, { TERM: 'xterm' });
    const notChecked = {
      profiles: [{ name: 'us-core-patient', count: 1225 }],
      otherProfiles: 2,
      files: 2,
      endings: ['.log', '.txt'],
      terminology: false,
    };
    const summary = { ...NOTHING, notChecked, remarks: [{ rule: 'profile-not-checked', count: 1227 }] };
    expect(written(text({ ...plain, width: 200 }), [], summary)).toContain(
      'Not checked: 1,225 × profile us-core-patient, 2 × other profiles, 2 files skipped (.log, .txt). --remarks shows which records claim a profile.\n',
    );
    const well = '\u001b[32mNo errors\u001b[39m';
    expect(written(text({ ...plain, paint: green }), [], NOTHING)).toContain(well);
    expect(written(text({ ...plain, paint: green }), [], summary)).not.toContain(well);
  });

  it('counts known and ignored findings, and shows them where it is asked', () => {
    const findings = [finding({ state: 'known' }), finding({ state: 'ignored', reason: 'The vendor fixes it.' })];
    const counts = 'No new errors in 1,204 records of 3 files.\nBesides: 1 known, 1 ignored.\n';
    ensure(shown(findings).startsWith(counts), shown(findings));
    const page = shown(findings, { verbose: true });
    expect(page).toMatch(/^ {2}12:71 {2}known error {4}per-1 {2}Patient\.name\[0\]\.period$/m);
    expect(page).toMatch(/^ {2}12:71 {2}ignored error {2}per-1 {2}.*\n.*\n {4}Ignored: The vendor fixes it\.$/m);
    ensure(page.includes(counts), page);
    expect(page).not.toMatch(/^rule/m);
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

  it('says in its last line which options differ from the defaults', () => {
    const run = { ...NOTHING.run, options: { failOn: 'warning', bestPractice: true, ignore: 2 } };
    const page = written(text(plain), [], { ...NOTHING, run });
    expect(page).toMatch(/ · 19\.3 s · failOn: warning, bestPractice, ignore: 2\n$/);
  });

  it('keeps to the width, in a narrow and in a wide terminal, and puts the carets under the element', () => {
    const value = '{"start":"****","end":"****"}';
    const line = `{"a":"${'*'.repeat(300)}","period":${value},"b":"${'*'.repeat(300)}"}`;
    const start = line.indexOf(value);
    const long = finding({
      excerpt: { text: line, start, end: start + value.length, below: [line] },
      message: 'word '.repeat(60).trim(),
      expression: `Patient${'.extension[10]'.repeat(9)}`,
    });
    for (const width of [80, 160]) {
      const lines = shown([long, ...Array.from({ length: 40 }, () => long)], { width }).split('\n');
      for (const one of lines) ensure(one.length <= width, one);
      const carets = lines.findIndex((one) => one.includes('^'));
      const from = lines[carets]?.indexOf('^') ?? 0;
      expect(lines[carets - 1]?.slice(from, lines[carets]?.length)).toBe(value);
    }
  });

  it('gives the terminal nothing to obey', () => {
    expect(shown(ALL, { verbose: true })).not.toMatch(/[^\P{Cc}\n]/u);
    const many = ALL.flatMap((one) => new Array<Finding>(9).fill(one));
    expect(shown(many, { verbose: true })).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('names no id of a record', () => {
    expect(shown(ALL, { verbose: true })).not.toMatch(/pat-12/);
  });

  it('paints by severity where there are colours', () => {
    const page = shown([finding(), finding({ severity: 'warning' })], {
      paint: paint({ isTTY: true }, { TERM: 'xterm' }),
    });
    expect(page).toContain('\u001b[31merror  \u001b[39m');
    expect(page).toContain('\u001b[33mwarning\u001b[39m');
  });
});

describe('the format text, of many findings', () => {
  const many = Array.from({ length: 356 }, (_, index) => on(4450 + index, { expression: `Patient.name[${index}]` }));

  it('shows the first three of a rule and path, and says where the others are', () => {
    const page = shown(many);
    expect(page.match(/^ +\d+:\d+/gm)?.map((one) => one.trim())).toStrictEqual(['4450:5', '4451:5', '4452:5']);
    expect(page).toMatch(/^ {4}… and 353 more in export\/Patient\.ndjson, lines 4,453–4,805$/m);
    expect(page).toMatch(/^3 of 356 findings shown; --format compact lists each\.$/m);
    expect(page).toMatch(/^per-1 +error +356 +1 +1$/m);
    // What is wrong is said once.
    expect(page.match(/If present/g)).toHaveLength(1);
  });

  it('shows all of them where they are no more than it is asked for', () => {
    const page = shown(many, { maxDiagnostics: 356 });
    expect(page.match(/^ +\d+:\d+/gm)).toHaveLength(356);
    expect(page).not.toMatch(/ more in | shown; /);
  });

  it('shows as many as it is asked for, however long they are, where no length is given', () => {
    const rules = Array.from({ length: 40 }, (_, index) =>
      on(index + 1, { rule: `r-${index}`, message: 'This is wrong, in many words. '.repeat(30) }),
    );
    const page = shown(rules, { maxDiagnostics: 12, lines: Number.POSITIVE_INFINITY });
    expect(page.match(/^ +\d+:\d+/gm)).toHaveLength(12);
    expect(page.replaceAll('\n', ' ')).toMatch(/ 28 other rules and paths with 28 findings are not shown: /);
    expect(shown(rules).match(/^ +\d+:\d+/gm)?.length).toBeLessThan(12);
  });

  it('says once what follows each other and is the same', () => {
    const two = [on(1, { expression: 'Patient.name[0].period' }), on(2, { expression: 'Patient.name[1].period' })];
    expect(shown(two).match(/If present/g)).toHaveLength(1);
    expect(shown([...two, on(3, { rule: 'per-2' })]).match(/If present/g)).toHaveLength(2);
    const elsewhere = on(2, { source: { file: 'b.json', line: 1 } });
    expect(shown([on(1), elsewhere]).match(/If present/g)).toHaveLength(2);
    const entry = (index: string) => on(1, { entry: { index } });
    expect(shown([entry('0'), entry('1')]).match(/entry [01]: If present/g)).toHaveLength(2);
  });

  it('shows the table alone with --max-diagnostics 0, and all rules with --statistics', () => {
    const rules = Array.from({ length: 25 }, (_, index) => on(index + 1, { rule: `r-${index}` }));
    const page = shown(rules, { maxDiagnostics: 0 });
    expect(page).toMatch(/^rule /);
    expect(page).toMatch(/^and 5 other rules +5$/m);
    expect(page).toMatch(/^25 findings in the table; --format compact lists each\.$/m);
    const all = shown(rules, { statistics: true });
    expect(all.match(/^r-\d+ /gm)).toHaveLength(25);
    expect(all).not.toMatch(/other rule/);
  });

  it('takes under two hundred lines whatever was found, in the memory of a few', () => {
    const below = new Array<string>(4).fill('    "start": "…",');
    const excerpt = { text: '    "period": {', start: 4, end: 12, below };
    for (const width of [80, 140]) {
      const writer = text({ ...plain, width });
      let count = 0;
      for (let file = 0; file < 1000; file += 1)
        for (let index = 0; index < 100; index += 1) {
          count += 1;
          const one = finding({
            rule: `rule-${index}`,
            severity: index % 2 === 0 ? 'error' : 'warning',
            message: 'This is what is wrong with it, said in many words. '.repeat(6).trim(),
            expression: `Bundle.entry[${file}].resource.contained[${index}].part${'.extension[3]'.repeat(index % 9)}`,
            source: {
              file: `a/folder/that/has/a/rather/long/name/for/a/folder/of/many/files/file-${file}.json`,
              line: 1,
            },
            region: { line: index + 1, column: 1, endLine: index + 1, endColumn: 9 },
            excerpt,
          });
          expect(writer.add(one)).toBe('');
        }
      expect(count).toBe(100_000);
      const vanished = Array.from({ length: 50 }, () => ({ rule: 'per-1', path: 'Patient.name.period', count: 2 }));
      const page = writer.end(summaryOf([], { vanished, new: { ...NOTHING.new, error: 50_000, warning: 50_000 } }));
      const lines = page.split('\n');
      ensure(lines.length < 200, `${lines.length} lines`);
      for (const line of lines) ensure(line.length <= width, line);
      expect(page).toMatch(/--format compact lists each\./);
      expect(page).toMatch(/^rule-0 +error +1,000 +1,000 +1,000$/m);
      expect(page).toMatch(/ more in\s+a\/folder\/.+\s*.*file-1\.json\s+\(line 1\),/);
    }
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

  it('has several lines where the element is longer than one, and five at most', () => {
    const object = `{${Array.from({ length: 9 }, (_, index) => `"name${index}": "…"`).join(', ')}}`;
    const around = `"a": ${object}, "b": 0`;
    const excerpt = { text: around, start: 5, end: 5 + object.length };
    expect(folded(excerpt, 50)).toStrictEqual([
      '{"name0": "…", "name1": "…", "name2": "…",',
      '"name3": "…", "name4": "…", "name5": "…",',
      '"name6": "…", "name7": "…", "name8": "…"}',
    ]);
    const long = folded({ text: '*'.repeat(999), start: 0, end: 999 }, 20);
    expect(long).toStrictEqual([...new Array<string>(4).fill('*'.repeat(20)), `${'*'.repeat(19)}…`]);
    const page = shown([finding({ excerpt: { ...excerpt, start: 0, end: around.length } })], { width: 60 });
    expect(page).toMatch(/^ {4}12 \| "a": \{"name0": .*,\n {7}\| "name/m);
    expect(page).not.toContain('^');
  });

  it('moves the lines below by no more than they are indented', () => {
    expect(shifted({ text: '    {', start: 4, end: 5, below: ['      "a": 0', '  }', ''] })).toStrictEqual([
      '  "a": 0',
      '}',
      '',
    ]);
  });
});
