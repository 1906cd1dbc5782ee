import type { Finding, FindingWriter, ValidationSummary } from '../../../src/check/finding.js';
import type { FormatOptions } from '../../../src/check/formats/formatOptions.js';

const PERIOD = '{"start":"****","end":"****"}';
const LINE = `{"resourceType":"********","name":[{"family":"*****","period":${PERIOD}}]}`;

/** A finding as `clinik-fhir validate` makes them, with what a test changes. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'per-1',
    severity: 'error',
    code: 'invariant',
    message: 'If present, start SHALL have a lower value than end.',
    source: { file: 'export/Patient.ndjson', line: 12, resourceType: 'Patient', id: 'pat-12' },
    expression: 'Patient.name[0].period',
    region: { line: 12, column: 71, endLine: 12, endColumn: 117 },
    excerpt: { text: LINE, start: LINE.indexOf(PERIOD), end: LINE.indexOf(PERIOD) + PERIOD.length },
    fingerprint: '5f2c0e6a9d41b7e8',
    state: 'new',
    ...changes,
  };
}

/** Names of files that each format has to escape in its own way. */
export const ODD_NAMES = [
  'my export/Patient 1.json',
  'Öffentlich/Ärzte-名前-😀.json',
  '100%/a%20b.json',
  'a,b/c,d=e.json',
  'c:d::e.json',
  `quo"te's <&> ]]>.json`,
  'line\nbreak\r.json',
  'bell\u0007\u001b[31m.json',
  '[x]/#y?z.json',
];

/** Messages and reasons with all that could end a string of some format too early. */
export const ODD_TEXT =
  'First line\r\nsecond "line" with \'quotes\', 100% <b>&amp;</b> ]]> ::error::, \u0000\u0008\ufffe\ud800 end';

/** One of each: every severity, known and ignored ones, several files, odd names and texts. */
export const ALL: readonly Finding[] = [
  finding(),
  finding({ rule: 'missing-element', severity: 'fatal', expression: undefined, excerpt: undefined, fingerprint: 'a1' }),
  finding({ severity: 'warning', rule: 'dom-6', message: 'A resource should have narrative.', fingerprint: 'a2' }),
  finding({ severity: 'information', rule: 'remark', fingerprint: 'a3' }),
  finding({ state: 'known', fingerprint: 'a4' }),
  finding({ state: 'ignored', reason: ODD_TEXT, fingerprint: 'a5' }),
  finding({
    rule: 'Site-Rule: "1"',
    message: ODD_TEXT,
    region: { line: 1, column: 1, endLine: 9, endColumn: 2 },
    fingerprint: 'a6',
  }),
  ...ODD_NAMES.map((file, index) =>
    finding({
      source: { file, line: index + 1 },
      fingerprint: `b${index}`,
      severity: index % 2 === 0 ? 'error' : 'warning',
    }),
  ),
];

export const NOTHING: ValidationSummary = {
  files: 3,
  records: 1204,
  new: { fatal: 0, error: 0, warning: 0, information: 0 },
  known: 0,
  ignored: 0,
  remarks: [],
  vanished: [],
  notChecked: { profiles: [], otherProfiles: 0, files: 0, endings: [], terminology: false },
  run: { version: '0.1.0', bytes: 241_000_000, milliseconds: 19_320, options: {} },
};

/** What the findings come to. */
export function summaryOf(findings: readonly Finding[], changes: Partial<ValidationSummary> = {}): ValidationSummary {
  const counts = { fatal: 0, error: 0, warning: 0, information: 0 };
  for (const { state, severity } of findings) if (state === 'new') counts[severity] += 1;
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  return { ...NOTHING, new: counts, known: count('known'), ignored: count('ignored'), ...changes };
}

/** A catalogue with rules of R4 and none of a user's own. */
export const OPTIONS: FormatOptions = {
  failOn: 'error',
  hasBaseline: true,
  version: '0.1.0',
  describe: (rule) =>
    rule.startsWith('Site') ? undefined : { title: `What ${rule} says`, text: `${rule} holds. Fix it at the source.` },
};

/** What a format writes of a run; each file ends before the next one begins. */
export function written(
  writer: FindingWriter,
  findings: readonly Finding[],
  summary: ValidationSummary = summaryOf(findings),
): string {
  const chunks = [writer.begin()];
  findings.forEach((one, index) => {
    chunks.push(writer.add(one));
    const { file } = one.source;
    if (findings[index + 1]?.source.file !== file) chunks.push(writer.file?.(file, 4) ?? '');
  });
  return [...chunks, writer.end(summary)].join('');
}
