import { findConfig, loadConfig } from '../../check/config.js';
import { ignoresOf } from '../../check/ignore.js';
import { mergeConfig } from '../../check/mergeConfig.js';
import { type Validation, validateRecord } from '../../check/validateRecord.js';
import { type Issue, isFailure } from '../../lens/issue.js';
import type { ValidateFlags } from '../findings/settingsOf.js';
import { configOf, resourceOf, rulesOf } from '../findings/settingsOf.js';
import { asksForGuide } from '../guide/asked.js';
import { filter } from './filter.js';
import { checkAlone } from './flags.js';
import { publicIssues, type RecordAnswer, recordsOfLine, together } from './recordsOfLine.js';

/** Options of `validate` that are about files and reports. */
const OF_FILES = {
  formats: '--format',
  include: '--include',
  exclude: '--exclude',
  baseline: '--baseline',
  writeBaseline: '--write-baseline',
  report: '--report',
  statistics: '--statistics',
  maxDiagnostics: '--max-diagnostics',
  showValues: '--show-values',
  verbose: '--verbose',
  printConfig: '--print-config',
  requireComplete: '--require-complete',
  ruleTimeLimit: '--rule-time-limit',
  threads: '--threads',
} as const;

/**
 * Validates the lines of standard input, each by itself, and answers each with one: whether it is right, and what is wrong with it.
 * @throws UsageError for options, a config file or rules that cannot be; the operating system's error.
 */
export async function validatePipe(inputs: readonly string[], flags: ValidateFlags): Promise<void> {
  checkAlone(inputs, flags, OF_FILES);
  const here = process.cwd();
  const config = flags.config === undefined ? await findConfig(here) : await loadConfig(flags.config, here);
  const { settings } = mergeConfig(configOf(flags), config?.config);
  const { bestPractice, maxIssues, failOn } = settings;
  const rules = await rulesOf(settings.rules);
  const guide = asksForGuide(settings) ? (await import('../guide/guideOf.js')).guideOf(settings) : undefined;
  const checks = { bestPractice, maxIssues, rules, resource: resourceOf(flags.resource), ...guide?.checks };
  const ignores = ignoresOf(settings.ignore);
  const counts = ({ id, severity, expression }: Issue): boolean =>
    (flags.remarks === true || severity !== 'information') && ignores.reasonFor(id, expression[0]) === undefined;
  const said = (validation: Validation): RecordAnswer => {
    const issues = publicIssues(validation.issues.filter(counts));
    const fails = (issue: Issue): boolean => isFailure(issue) || (failOn === 'warning' && issue.severity === 'warning');
    const ok = !issues.some(fails);
    return { ok, text: JSON.stringify({ ok, issues }) };
  };
  await filter((line) => {
    const { records, isOne } = recordsOfLine(line, true);
    const answers = records.map((record) => said(validateRecord(record, checks)));
    return { out: together(records, answers, isOne), isRefused: answers.some(({ ok }) => !ok) };
  });
}
