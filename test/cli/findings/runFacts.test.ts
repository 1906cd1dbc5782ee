import { describe, expect, it } from '@jest/globals';
import { DEFAULTS } from '../../../src/check/mergeConfig.js';
import { optionsOf, skippedIn } from '../../../src/cli/findings/runFacts.js';

describe('the facts of a run', () => {
  it('name no option that is as it always is', () => {
    expect(optionsOf(DEFAULTS, {})).toStrictEqual({});
    expect(optionsOf({ ...DEFAULTS, formats: [{ format: 'json', output: 'x' }] }, { remarks: false })).toStrictEqual(
      {},
    );
  });

  it('name each other one, in the same order, and count lists', () => {
    const ignore = [{ rule: 'per-1', reason: 'r' }];
    const settings = {
      ...DEFAULTS,
      quiet: true,
      ignore,
      rules: [],
      baseline: 'b.json',
      statistics: true,
      maxDiagnostics: 0,
      maxIssues: 5,
      bestPractice: true,
      failOn: 'warning',
    } as const;
    const others = { verbose: true, remarks: true, resource: 'labs', ruleTimeLimit: 3, showValues: true };
    expect(JSON.stringify(optionsOf(settings, others))).toBe(
      JSON.stringify({
        failOn: 'warning',
        rules: 0,
        ruleTimeLimit: 3,
        bestPractice: true,
        maxIssues: 5,
        resource: 'labs',
        baseline: 'b.json',
        ignore: 1,
        remarks: true,
        maxDiagnostics: 0,
        statistics: true,
        verbose: true,
        showValues: true,
        quiet: true,
      }),
    );
  });

  it('count what was not read, by the endings of names', () => {
    const endings = { '': 1, '.log': 2, '.b': 5, '.a': 2 };
    expect(skippedIn({ endings, leftOut: [{ path: 'p.json', kind: 'pipe' }] })).toStrictEqual({
      files: 11,
      endings: ['.b', '.a', '.log'],
    });
  });
});
