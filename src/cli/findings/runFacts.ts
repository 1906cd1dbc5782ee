import type { NotChecked } from '../../check/finding.js';
import { DEFAULTS } from '../../check/mergeConfig.js';
import type { Settings } from '../../check/settings.js';
import type { Inputs } from '../../read/findInputs.js';
import type { RunFacts } from '../../report/runFacts.js';

/** Options of a run that are no settings. */
export interface OtherOptions {
  readonly resource?: string;
  readonly ruleTimeLimit?: number;
  readonly remarks?: boolean;
  readonly verbose?: boolean;
  readonly showValues?: boolean;
}

/** The options of a run that differ from the defaults, in a stable order: of lists, how long they are. What is written where is none. */
export function optionsOf(settings: Settings, others: OtherOptions): RunFacts['options'] {
  const { failOn, rules, bestPractice, maxIssues, maxDiagnostics, statistics, quiet, baseline, ignore } = settings;
  const { include, exclude, ig, profile, terminology, mustSupport, requireComplete } = settings;
  const { resource, ruleTimeLimit, remarks, verbose, showValues } = others;
  const all: readonly (readonly [name: string, value: RunFacts['options'][string] | undefined])[] = [
    ['failOn', failOn === DEFAULTS.failOn ? undefined : failOn],
    ['rules', rules === undefined || typeof rules === 'string' ? rules : rules.length],
    ['ruleTimeLimit', ruleTimeLimit],
    ['bestPractice', bestPractice || undefined],
    ['maxIssues', maxIssues === DEFAULTS.maxIssues ? undefined : maxIssues],
    ['resource', resource],
    ['baseline', baseline],
    ['ignore', ignore.length || undefined],
    ['ig', ig.length || undefined],
    ['profile', profile.length || undefined],
    ['terminology', terminology.length || undefined],
    ['mustSupport', mustSupport || undefined],
    ['requireComplete', requireComplete || undefined],
    ['include', include.length || undefined],
    ['exclude', exclude.length || undefined],
    ['remarks', remarks || undefined],
    ['maxDiagnostics', maxDiagnostics === DEFAULTS.maxDiagnostics ? undefined : maxDiagnostics],
    ['statistics', statistics || undefined],
    ['verbose', verbose || undefined],
    ['showValues', showValues || undefined],
    ['quiet', quiet || undefined],
  ];
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** What of the folders was not read. */
export function skippedIn({
  endings,
  leftOut,
}: Pick<Inputs, 'endings' | 'leftOut'>): Pick<NotChecked, 'files' | 'endings'> {
  const counts = Object.entries(endings).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    files: counts.reduce((sum, [, count]) => sum + count, leftOut.length),
    endings: counts.flatMap(([ending]) => (ending === '' ? [] : [ending])),
  };
}
