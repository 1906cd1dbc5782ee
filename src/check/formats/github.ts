import type { Severity } from '../../lens/issue.js';
import { printable } from '../../read/printable.js';
import type { Finding, FindingWriter } from '../finding.js';
import { type FormatOptions, helpOf } from './formatOptions.js';
import { total } from './total.js';

/** How many annotations of a kind GitHub shows of a step; the rest stands in its log only. */
const SHOWN = 10;

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  information: 'notice',
};

/**
 * Workflow commands of GitHub Actions, which become annotations of a pull request's lines
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions). Known and ignored findings are counted
 * in the notice at the end only.
 */
export function github(options: Pick<FormatOptions, 'describe' | 'page'>): FindingWriter {
  const counts = { error: 0, warning: 0, notice: 0 };
  return {
    begin: () => '',
    add(finding) {
      if (finding.state !== 'new') return '';
      const name = COMMANDS[finding.severity];
      counts[name] += 1;
      // The last of the notices that GitHub shows is the summary.
      if (name === 'notice' && counts.notice >= SHOWN) return '';
      return command(name, { ...place(finding), title: finding.rule }, text(finding, helpOf(finding.rule, options)));
    },
    end(summary) {
      const isCut = counts.error > SHOWN || counts.warning > SHOWN || counts.notice >= SHOWN;
      const more = `GitHub shows at most ${SHOWN} errors, ${SHOWN} warnings and ${SHOWN} notices of a step: read the others in its log, or in another format.`;
      return command('notice', { title: 'clinik-fhir validate' }, isCut ? `${total(summary)} ${more}` : total(summary));
    },
  };
}

function text({ message, expression }: Finding, help: string | undefined): string {
  return [
    message,
    ...(expression === undefined ? [] : [`At ${expression}`]),
    ...(help === undefined ? [] : [help]),
  ].join('\n');
}

/** GitHub takes columns for a part of one line only. */
function place({ source: { file }, region }: Finding): Record<string, string> {
  const [line, endLine] = [`${region.line}`, `${region.endLine}`];
  if (line !== endLine) return { file, line, endLine };
  return { file, line, col: `${region.column}`, endLine, endColumn: `${region.endColumn}` };
}

function command(name: string, properties: Readonly<Record<string, string>>, data: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${list.join(',')}::${escapeData(data)}\n`;
}

function escapeData(value: string): string {
  return printable(value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escapeProperty(value: string): string {
  return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
