import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { report } from '../../src/cli/report.js';
import type { Issue } from '../../src/lens/issue.js';
import { tally } from '../../src/pipeline/summary.js';

const source = { file: 'a.ndjson', line: 1, resourceType: 'Encounter' };
const issue: Omit<Issue, 'id'> = { severity: 'error', code: 'value', expression: [], diagnostics: 'What is wrong.' };
const loss = { kind: 'missing', class: 'content' } as const;

describe('the report of a run', () => {
  it('says what was lost most often, without bookkeeping', () => {
    const counts = tally();
    const losses = ['a', 'b', 'b', 'c', 'c', 'c', 'd', 'd', 'd', 'd'].map((path) => ({
      ...loss,
      path,
      expression: path,
    }));
    const id = { path: 'id', expression: 'id', kind: 'missing', class: 'record' } as const;
    const all = [...losses, ...new Array(9).fill(id)];
    counts.add({ kind: 'converted', source, name: 'encounters', output: {}, losses: all, issues: [] });
    const text = report(counts.summary(files), 'out', 80);
    assert.match(text, /4 {2}d is missing\n {2}3 {2}c is missing\n {2}2 {2}b is missing\nAnd 1 other place\. /);
    assert.doesNotMatch(text, /id is/);
  });

  it('says why records were rejected, each once for each reason', () => {
    const counts = tally();
    const issues = [
      { ...issue, id: 'x' },
      { ...issue, id: 'x' },
      { ...issue, id: 'y' },
    ];
    counts.add({ kind: 'rejected', source, issues });
    counts.add({ kind: 'rejected', source, issues: [{ ...issue, id: 'y' }] });
    const text = report(counts.summary(files), 'out', 80);
    assert.match(text, /2 {2}y: What is wrong\.\n {2}1 {2}x: What is wrong\./);
    assert.match(text, /out[/\\]rejects\.ndjson/);
    assert.match(text, /Nothing was converted/);
  });

  it('names the most frequent types that were passed over, and counts the rest', () => {
    const counts = tally();
    for (const type of 'ABCDEFGHIJ') counts.add({ kind: 'passedOver', source: { ...source, resourceType: type } });
    assert.match(report(counts.summary(files), 'out', 200), /1 A, .*1 H, and 2 other types\./);
  });
});

const files = { read: [], skipped: 0, written: [] };
