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
  /** True for what goes to standard output, which may be a terminal. */
  readonly isTerminal: boolean;
}

/** The writer of a format. */
export function writerOf(
  format: FormatName,
  { failOn, hasBaseline, verbose, isTerminal }: WriterOptions,
): FindingWriter {
  if (format === 'text') {
    const width = (isTerminal ? process.stdout.columns : undefined) || 100;
    return text({ width, paint: isTerminal ? paint(process.stdout) : paint({}, {}), verbose });
  }
  return FORMATS[format]({ failOn, hasBaseline, version: version(), describe: describeRule });
}
