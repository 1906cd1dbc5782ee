import { amount } from '../../report/amount.js';
import type { Finding, FindingWriter } from '../finding.js';
import { type FormatOptions, fails, helpOf } from './formatOptions.js';
import { xmlAttribute, xmlText } from './xml.js';

/**
 * A suite tells its counts before its test cases, so that they are held back; where a file has more findings than this, it gets
 * several suites, which CI servers show as one.
 */
const MOST = 500;

/** The suite that is being made. */
interface Suite {
  readonly file: string;
  readonly cases: string[];
  failures: number;
  skipped: number;
}

/**
 * JUnit's XML as Jenkins and GitLab read it: a suite for each file, a test case for each finding, which fails where the run
 * does, and is skipped where the finding is known or ignored; a file without findings has one that passes.
 */
export function junit(options: Pick<FormatOptions, 'failOn' | 'page' | 'describe'>): FindingWriter {
  let suite: Suite | undefined;
  const flush = (): string => {
    const text = suite === undefined ? '' : testsuite(suite);
    suite = undefined;
    return text;
  };
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="clinik-fhir validate">\n',
    add(finding) {
      const { file } = finding.source;
      const before = suite !== undefined && (suite.file !== file || suite.cases.length >= MOST) ? flush() : '';
      suite ??= { file, cases: [], failures: 0, skipped: 0 };
      if (finding.state !== 'new') suite.skipped += 1;
      else if (fails(finding, options.failOn)) suite.failures += 1;
      suite.cases.push(testcase(finding, options));
      return before;
    },
    file(path, records) {
      if (suite?.file === path) return flush();
      const passed = `<testcase${xmlAttribute('classname', path)} name="no findings"><system-out>${amount(records, 'record')}</system-out></testcase>`;
      return flush() + testsuite({ file: path, cases: [passed], failures: 0, skipped: 0 });
    },
    end: () => `${flush()}</testsuites>\n`,
  };
}

function testsuite({ file, cases, failures, skipped }: Suite): string {
  const counts = [
    xmlAttribute('tests', cases.length),
    xmlAttribute('failures', failures),
    xmlAttribute('errors', 0),
    xmlAttribute('skipped', skipped),
  ];
  const lines = cases.map((line) => `    ${line}\n`);
  return `  <testsuite${xmlAttribute('name', file)}${counts.join('')}>\n${lines.join('')}  </testsuite>\n`;
}

function testcase(finding: Finding, options: Pick<FormatOptions, 'failOn' | 'page' | 'describe'>): string {
  const { rule, severity, expression, source, region } = finding;
  // CI servers know a test again by its name, and show one of those that share it.
  const name = `${rule}${expression === undefined ? '' : ` ${expression}`} (${region.line}:${region.column})`;
  const head = `<testcase${xmlAttribute('classname', source.file)}${xmlAttribute('name', name)}>`;
  return `${head}${outcome(finding, severity, options)}</testcase>`;
}

function outcome(
  finding: Finding,
  severity: Finding['severity'],
  options: Pick<FormatOptions, 'failOn' | 'page' | 'describe'>,
): string {
  const { rule, message, state, reason, source, region, expression } = finding;
  if (state !== 'new') {
    const why = state === 'known' ? 'It is in the baseline.' : `Ignored: ${reason ?? 'no reason was given.'}`;
    return `<skipped${xmlAttribute('message', `${why} ${message}`)}/>`;
  }
  const help = helpOf(rule, options);
  const details = [
    `${severity}: ${message}`,
    `${source.file}:${region.line}:${region.column}`,
    ...(expression === undefined ? [] : [expression]),
    ...(help === undefined ? [] : [help]),
  ];
  const text = xmlText(details.join('\n'));
  if (!fails(finding, options.failOn)) return `<system-out>${text}</system-out>`;
  return `<failure${xmlAttribute('type', rule)}${xmlAttribute('message', message)}>${text}</failure>`;
}
