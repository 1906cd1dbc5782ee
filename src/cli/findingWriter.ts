import type { FindingWriter } from '../check/finding.js';
import { FORMATS } from '../check/formats/machineFormats.js';
import type { FormatName } from '../check/settings.js';
import { describeRule } from '../report/rulePages.js';
import { paint } from './style.js';
import { text } from './textFormat.js';
import { version } from './version.js';

/** What the writers want to know of a run. */
export interface WriterOptions {
  readonly failOn: 'error' | 'warning';
  readonly hasBaseline: boolean;
  readonly verbose: boolean;
  /** How many findings the format text shows in full, in how many lines, and whether it shows the table of rules alone. */
  readonly maxDiagnostics: number;
  readonly lines: number;
  readonly statistics: boolean;
  /** True for what goes to standard output, which may be a terminal. */
  readonly isTerminal: boolean;
}

/** The writer of a format. */
export function writerOf(
  format: FormatName,
  { failOn, hasBaseline, isTerminal, ...options }: WriterOptions,
): FindingWriter {
  if (format === 'text') {
    const width = (isTerminal ? process.stdout.columns : undefined) || 100;
    const colours = isTerminal ? paint(process.stdout) : paint({}, {});
    return text({ ...options, width, paint: colours, isExplained: (rule) => describeRule(rule) !== undefined });
  }
  return FORMATS[format]({ failOn, hasBaseline, version: version(), describe: describeRule });
}
