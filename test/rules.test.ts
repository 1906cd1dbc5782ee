import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { placedInvariants } from '../scripts/rules/places.js';
import type { Issue } from '../src/lens/issue.js';
import { isFailure } from '../src/lens/issue.js';
import { refusals } from '../src/read/recordRefusals.js';
import { describeRule, type RuleExample, rulePages } from '../src/report/rulePages.js';
import { findLens } from '../src/resources/registry.js';
import { FORMAT_WORDS } from '../src/validate/primitive.js';
import { RULES } from '../src/validate/rules.js';
import type { ValidationRule } from '../src/validate/userRules.js';
import { validationIssues } from '../src/validate/validate.js';
import { ensure, fail } from './support/ensure.js';

/** Those of docs/rules.md. */
const pages = [...rulePages().values()].filter(({ page }) => page === undefined);

/** The rules that no example can show: what breaks them is no JSON, too large to print, or cannot be. */
const UNSHOWN = [
  'unreadable',
  'too-deep',
  'too-large',
  'format-decimal',
  'format-string',
  'terminology-not-loaded',
  'eld-11',
  'tst-4',
  'cid-0',
  'profile-min',
  'profile-max',
  'profile-type',
  'profile-fixed',
  'profile-pattern',
  'profile-length',
  'profile-range',
  'profile-target',
  'profile-binding',
  'profile-binding-extensible',
  'profile-binding-not-checked',
  'profile-must-support',
  'profile-part-not-checked',
  'profile-other-version',
  'profile-slice-closed',
  'profile-slice-order',
  'profile-context',
  'text-too-large',
  'invariant-not-evaluated',
  'issues-truncated',
  'valid',
];
const OF_FILES = 'Files and records';

/** The Patient that the rules of the caller's own are asked of. */
const NAMED = { resourceType: 'Patient', name: [{ family: 'Lee' }, { family: 'Lang' }] };

function issuesOf({ of }: RuleExample, json: unknown, bestPractice: boolean): readonly Issue[] {
  if (of === 'resource') return validationIssues(json, { bestPractice });
  if (of === 'rule') {
    const rule: ValidationRule = JSON.parse(JSON.stringify(json));
    return validationIssues(NAMED, { rules: [rule] });
  }
  return findLens(of.payload)?.validatePayload(json) ?? fail(of.payload);
}

describe('the pages of the rules', () => {
  const missing = (ids: readonly string[]): string[] => ids.filter((id) => !rulePages().has(id));

  it('are there for every rule of the validator', () => expect(missing(Object.keys(RULES))).toStrictEqual([]));

  it('are there for every format that a value can miss', () => {
    // What is no boolean has another JSON type.
    const types = Object.keys(FORMAT_WORDS).filter((type) => type !== 'boolean');
    expect(missing(types.map((type) => `format-${type}`))).toStrictEqual([]);
  });

  it('are there for every invariant of R4, with each of its meanings', () => {
    const meanings = new Map<string, number>();
    for (const { invariant } of placedInvariants()) meanings.set(invariant.key, (meanings.get(invariant.key) ?? 0) + 1);
    expect(missing([...meanings.keys()])).toStrictEqual([]);
    for (const [key, count] of meanings)
      expect([key, rulePages().get(key)?.meanings.length]).toStrictEqual([key, count]);
  });

  it('are there for what is said of payloads and of records', () => {
    const [, , writing = ''] = readFileSync(join('docs', 'issues.md'), 'utf8').split('\n## ');
    const ofPayloads = [...writing.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, id = '']) => id);
    expect(ofPayloads.includes('payload-type') && ofPayloads.includes('reference-type')).toBe(true);
    expect(missing(ofPayloads)).toStrictEqual([]);
    expect(missing(Object.values(refusals).map(({ id }) => id))).toStrictEqual([]);
  });

  it('give every rule an identifier of its own, and an example where there can be one', () => {
    expect(new Set(pages.map(({ id }) => id.toLowerCase())).size).toBe(pages.length);
    const without = pages.filter(({ meanings }) => !meanings.some(({ example }) => example !== undefined));
    expect(without.filter(({ group }) => group !== OF_FILES).map(({ id }) => id)).toStrictEqual(UNSHOWN);
  });
});

for (const { id, meanings } of pages) {
  meanings.forEach(({ example, severity }, index) => {
    if (example === undefined) return;
    describe(`the examples of ${id}${meanings.length === 1 ? '' : ` (${index + 1})`}`, () =>
      holdExamples(id, example, severity));
  });
}

function holdExamples(id: string, example: RuleExample, severity: string): void {
  // dom-6 is a rule of best practice, which is looked at on request only.
  const issues = (json: unknown): readonly Issue[] => issuesOf(example, json, id === 'dom-6');

  it('break it where they say, and no other rule', () => {
    const found = issues(example.broken);
    const here = found.filter((issue) => issue.id === id);
    ensure(here.length > 0, `it is not reported: ${lines(found)}`);
    expect([here[0]?.severity, here[0]?.expression]).toStrictEqual([severity, [example.at]]);
    const others = found.filter((issue) => issue.id !== id && isFailure(issue) && !followsFrom(example, issue));
    expect(lines(others)).toStrictEqual([]);
  });

  it('are fine otherwise', () => {
    const found = issues(example.fine).filter((issue) => isFailure(issue) || issue.id === id);
    expect(lines(found)).toStrictEqual([]);
  });
}

/** A value of a payload that is refused is missing, too, where it or the list that it stands in is required. */
function followsFrom({ at, also = [] }: RuleExample, { id, expression: [place = ''] }: Issue): boolean {
  return also.includes(id) || (id === 'payload-required' && at.startsWith(place));
}

const lines = (issues: readonly Issue[]): string[] => issues.map(({ id, expression }) => `${id} ${expression.join()}`);

describe('describeRule', () => {
  it('gives a rule in a sentence, and in a few', () => {
    expect(describeRule('format-id')).toStrictEqual({
      title: 'The value should be an id: 1 to 64 letters, digits, hyphens and dots.',
      text: `The value should be an id: 1 to 64 letters, digits, hyphens and dots.

To fix it: Use 1 to 64 letters, digits, hyphens and dots; an id with other characters belongs in an identifier.`,
    });
  });

  it('gives the expression of an invariant', () => {
    expect(describeRule('per-1')?.text ?? '').toMatch(/ FHIRPath: start\.hasValue\(\)\.not\(\) or /);
  });

  it('says of which type each meaning is, where there are several', () => {
    const { text = '' } = describeRule('inv-1') ?? {};
    for (const type of ['Parameters.parameter.part: ', 'Task: ', 'TestReport.setup.action: '])
      ensure(text.includes(type), type);
  });

  it('has a text for every rule', () => {
    for (const { id } of pages) expect(describeRule(id)?.text ?? '').toMatch(/\n\nTo fix it: [A-Z]/);
  });

  it('knows nothing of what is no rule of the library', () => expect(describeRule('patient-named')).toBeUndefined());
});
