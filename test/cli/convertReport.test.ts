import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { report } from '../../src/cli/convertReport.js';
import { convert } from '../../src/convert/convertToFiles.js';
import { tally } from '../../src/convert/summary.js';
import type { Issue } from '../../src/lens/issue.js';
import { ensure } from '../support/ensure.js';
import { temporaryFolder } from '../support/folder.js';

const source = { file: 'a.ndjson', line: 1, resourceType: 'Encounter' };
const issue: Omit<Issue, 'id'> = { severity: 'error', code: 'value', expression: [], diagnostics: 'What is wrong.' };
/** A conversion that is only counted. */
const record = { source, bytes: () => Buffer.alloc(0) };
const rejection = { ...record, kept: record.bytes, keptIn: 'Encounter', isDocument: false, kind: 'rejected' } as const;
const loss = { kind: 'missing', class: 'content' } as const;

describe('the report of a run', () => {
  it('says what was lost most often, without bookkeeping', () => {
    const counts = tally();
    const losses = ['a', ...'bbcccddddeeeeeffffff'].map((path) => ({
      ...loss,
      path,
      expression: path,
    }));
    const id = { path: 'id', expression: 'id', kind: 'missing', class: 'record' } as const;
    const all = [...losses, ...new Array(9).fill(id)];
    counts.add({ kind: 'converted', ...record, name: 'encounters', output: {}, losses: all, issues: [] });
    const text = report(counts.summary({ dryRun: false, upload, files }), 'out', 80);
    expect(text).toMatch(
      /6 {2}f was left out, in 1 record\n {2}5 {2}e was left out, in 1 record\n[\s\S]*and 2 other places$/m,
    );
    expect(text).not.toMatch(/id was/);
  });

  it('says why records were rejected, each once for each reason', () => {
    const counts = tally();
    const issues = [
      { ...issue, id: 'x' },
      { ...issue, id: 'x' },
      { ...issue, id: 'y' },
    ];
    counts.add({ ...rejection, issues });
    counts.add({ ...rejection, issues: [{ ...issue, id: 'y' }] });
    const text = report(counts.summary({ dryRun: false, upload, files }), 'out', 80);
    expect(text).toMatch(/2 {2}y: What is wrong\.\n {2}1 {2}x: What is wrong\./);
    const written = [{ file: 'rejects.ndjson', lines: 2 }];
    const whole = report(counts.summary({ dryRun: false, upload, files: { ...files, written } }), 'out', 80);
    expect(whole).toMatch(/out[/\\]rejects\.ndjson/);
    expect(text).toMatch(/Nothing was converted/);
  });

  it('names the most frequent types that were skipped, and counts the rest', () => {
    const counts = tally();
    for (const type of 'ABCDEFGHIJ')
      counts.add({ ...record, kind: 'skipped', reason: 'other-type', source: { ...source, resourceType: type } });
    expect(report(counts.summary({ dryRun: false, upload, files }), 'out', 200)).toMatch(
      /1 A, .*1 H, and 2 other types\./,
    );
  });

  it('is in the README as it is for the invented export', async () => {
    const summary = await convert({ inputs: [join('fixtures', 'ehr-export')], out: join(temporaryFolder(), 'out') });
    const text = report(summary, 'out', 100);
    ensure(readFileSync('README.md', 'utf8').includes(`\`\`\`text\n${text}\n\`\`\``), text);
    ensure(text.split('\n').length <= 50, 'it fits a screen');
  });
});

const files = { read: [], skipped: 0, endings: {}, leftOut: [], written: [] };
const none = { total: 0, byType: {} };
const upload = {
  waves: [],
  cycles: { groups: 0, records: 0, cut: {} },
  references: { total: 0, mapped: 0, inSet: 0, skipped: none, rejected: none, outside: none },
};
