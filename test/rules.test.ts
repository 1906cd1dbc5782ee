import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Issue } from '../src/lens/issue.js';
import { isFailure } from '../src/lens/issue.js';
import { describeRule, type RuleExample, rulePages } from '../src/pipeline/rules.js';
import { findLens } from '../src/resources/registry.js';
import { FORMAT_WORDS } from '../src/validate/primitive.js';
import { RULES } from '../src/validate/rules.js';
import type { ValidationRule } from '../src/validate/userRules.js';
import { validationIssues } from '../src/validate/validate.js';

const pages = [...rulePages().values()];

/** The rules that no example can show: what they say of is no JSON, too large to print, or nothing at all. */
const UNSHOWN = [
  'unreadable',
  'too-deep',
  'too-large',
  'format-decimal',
  'text-too-large',
  'invariant-not-evaluated',
  'issues-cut',
  'valid',
];
const OF_FILES = 'Files and records';

/** The Patient that the rules of the caller's own are asked of. */
const NAMED = { resourceType: 'Patient', name: [{ family: 'Lee' }, { family: 'Lang' }] };

function issuesOf({ of }: RuleExample, json: unknown, bestPractice: boolean): readonly Issue[] {
  if (of === 'resource') return validationIssues(json, { bestPractice });
  if (of === 'rule') return validationIssues(NAMED, { rules: [json as ValidationRule] });
  return findLens(of.payload)?.validatePayload(json) ?? assert.fail(of.payload);
}

describe('the pages of the rules', () => {
  const missing = (ids: readonly string[]): string[] => ids.filter((id) => !rulePages().has(id));

  it('are there for every rule of the validator', () => assert.deepEqual(missing(Object.keys(RULES)), []));

  it('are there for every format that a value can miss', () => {
    // What is no boolean has another JSON type.
    const types = Object.keys(FORMAT_WORDS).filter((type) => type !== 'boolean');
    assert.deepEqual(missing(types.map((type) => `format-${type}`)), []);
  });

  it('give every rule an identifier of its own, and an example where there can be one', () => {
    assert.equal(new Set(pages.map(({ id }) => id.toLowerCase())).size, pages.length);
    const without = pages.filter(({ meanings }) => !meanings.some(({ example }) => example !== undefined));
    assert.deepEqual(
      without.filter(({ group }) => group !== OF_FILES).map(({ id }) => id),
      UNSHOWN,
    );
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
    assert.ok(here.length > 0, `it is not reported: ${lines(found)}`);
    assert.deepEqual([here[0]?.severity, here[0]?.expression], [severity, [example.at]]);
    const others = found.filter((issue) => issue.id !== id && isFailure(issue) && !followsFrom(example, issue));
    assert.deepEqual(lines(others), []);
  });

  it('are fine otherwise', () => {
    const found = issues(example.fine).filter((issue) => isFailure(issue) || issue.id === id);
    assert.deepEqual(lines(found), []);
  });
}

/** A value of a payload that is refused is missing, too, where it or the list that it stands in is required. */
function followsFrom({ at }: RuleExample, { id, expression: [place = ''] }: Issue): boolean {
  return id === 'payload-required' && at.startsWith(place);
}

const lines = (issues: readonly Issue[]): string[] => issues.map(({ id, expression }) => `${id} ${expression.join()}`);

describe('describeRule', () => {
  it('gives a rule in a sentence, and in a few', () => {
    assert.deepEqual(describeRule('format-id'), {
      title: 'The value should be an id: 1 to 64 letters, digits, hyphens and dots.',
      text: `The value should be an id: 1 to 64 letters, digits, hyphens and dots.

To mend it: Use 1 to 64 letters, digits, hyphens and dots; an id with other characters belongs into an identifier.`,
    });
  });

  it('has a text for every rule', () => {
    for (const { id } of pages) assert.match(describeRule(id)?.text ?? '', /\. ?FHIRPath: |\.\n\nTo mend it: /, id);
  });

  it('knows nothing of what is no rule of the library', () => assert.equal(describeRule('patient-named'), undefined));
});
