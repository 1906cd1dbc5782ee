import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LOSS_REASONS } from '../src/report/lossReasons.js';
import { remedyOf } from '../src/report/remedy.js';
import { RENAMED } from '../src/report/renamedIds.js';
import { describeRule, pageOf, rulePages } from '../src/report/rulePages.js';
import { isIssueType } from '../src/response/issueCodes.js';
import { RULES } from '../src/validate/rules.js';

/** The ids that the sources write after `id:`, or as a word of a call that reports an issue. */
function idsOfSources(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.ts$/.test(file));
  const texts = files
    .filter((file) => !file.includes('generated'))
    .map((file) => readFileSync(join('src', file), 'utf8'));
  const found = texts.flatMap((text) => [
    ...text.matchAll(/\bid: '([a-z0-9]+(?:-[a-z0-9]+)+)'/g),
    ...text.matchAll(/\w\(\s*(?:\w+,\s*|'[a-z-]+',\s*)?'([a-z0-9]+(?:-[a-z0-9]+)+)',\s/g),
  ]);
  return [...new Set(found.map(([, id = '']) => id))].filter((id) => !isIssueType(id) && !OTHERS.includes(id));
}

/** Code systems of HL7's, and words of the HTML report, that stand where an id could. */
const OTHERS = [
  'aria-sort',
  'not-lost',
  'admit-source',
  'data-absent-reason',
  'diagnosis-role',
  'discharge-disposition',
  'encounter-special-arrangements',
  'participant-type',
  'task-code',
];

/** What an OperationOutcome without an issue says, which no command prints. */
const NO_ISSUE = 'no-issues';

describe('every id that a command prints', () => {
  const unexplained = (ids: readonly string[]): string[] =>
    ids.filter((id) => id !== NO_ISSUE && (pageOf(id) === undefined || remedyOf(id) === undefined));

  it('is explained, with what to do: those that the sources report', () => {
    const ids = idsOfSources();
    expect(ids.length).toBeGreaterThan(90);
    expect(ids).toContain('status-unsupported');
    expect(ids).toContain('version-unclear');
    expect(unexplained(ids)).toStrictEqual([]);
  });

  it('is explained, with what to do: rules, reasons of losses and old ids', () => {
    expect(unexplained([...Object.keys(RULES), ...Object.keys(LOSS_REASONS), ...RENAMED.keys()])).toStrictEqual([]);
  });

  it('is explained, with what to do: those of docs/issues.md', () => {
    const rows = readFileSync(join('docs', 'issues.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const ids = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, id = '']) => id));
    expect(ids.length).toBeGreaterThan(110);
    expect(unexplained(ids)).toStrictEqual([]);
  });

  it('has a text in whole sentences', () => {
    for (const { id } of rulePages().values()) {
      expect([id, describeRule(id)?.text]).toStrictEqual([
        id,
        expect.stringMatching(/^\S[\s\S]*\n\nTo fix it: [A-Z`/-]/),
      ]);
      expect([id, remedyOf(id)]).toStrictEqual([id, expect.stringMatching(/[.!?]$/)]);
    }
  });

  it('says nothing of another name', () =>
    expect([pageOf('no-such-id'), remedyOf('put-breaks')]).toStrictEqual([undefined, undefined]));
});
