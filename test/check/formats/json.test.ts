import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { json } from '../../../src/check/formats/json.js';
import { ndjson } from '../../../src/check/formats/ndjson.js';
import { ALL, finding, NOTHING, OPTIONS, summaryOf, written } from './samples.js';

const ajv = new Ajv({ strict: true, allErrors: true });
/** What is wrong with a value by a schema, in words; undefined where nothing is. */
function schema(name: string): (value: unknown) => string | undefined {
  const valid = ajv.compile(JSON.parse(readFileSync(join('docs', 'schemas', 'files', `${name}.json`), 'utf8')));
  return (value) => (valid(value) ? undefined : ajv.errorsText(valid.errors));
}
const GONE = [{ rule: 'per-1', path: 'Patient.name.period', count: 2 }];

describe('the format json', () => {
  const holds = schema('findings');

  it('is one document of all findings, in their order, that its schema holds', () => {
    const summary = summaryOf(ALL, { vanished: GONE });
    const document = JSON.parse(written(json(OPTIONS), ALL, summary));
    expect(holds(document)).toBeUndefined();
    expect(document.summary).toStrictEqual(summary);
    expect(
      document.findings.map((one: Record<string, unknown>) => [one.fingerprint, one.state, one.message]),
    ).toStrictEqual(ALL.map(({ fingerprint, state, message }) => [fingerprint, state, message]));
  });

  it('says all of a finding, and where its rule is explained', () => {
    const [first] = JSON.parse(written(json(OPTIONS), [finding({ rule: 'Per-1' })])).findings;
    const { code: _, ...said } = finding({ rule: 'Per-1' });
    expect(first).toStrictEqual({ ...said, help: 'docs/rules.md#per-1' });
  });

  it('holds nothing that a finding does not name', () => {
    const more = { ...finding(), value: 'canary', source: { ...finding().source, text: 'canary' } };
    expect(written(json(OPTIONS), [more])).not.toMatch(/canary/);
  });

  it('is a document without findings too', () => {
    const document = JSON.parse(written(json(OPTIONS), [], NOTHING));
    expect(document).toStrictEqual({ findings: [], summary: NOTHING });
    expect(holds(document)).toBeUndefined();
    expect(holds({ findings: [] }) ?? '').toMatch(/summary/);
  });
});

describe('the format ndjson', () => {
  const holds = schema('finding');

  it('is a line for each finding and one for the summary, each of which its schema holds', () => {
    const lines = written(ndjson(OPTIONS), ALL).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(ALL.length + 1);
    for (const line of lines) expect(holds(JSON.parse(line))).toBeUndefined();
    expect(JSON.parse(lines.at(-1) ?? '')).toStrictEqual({ summary: summaryOf(ALL) });
  });

  it('has the summary only where there are no findings', () => {
    expect(written(ndjson(OPTIONS), [], NOTHING)).toBe(`${JSON.stringify({ summary: NOTHING })}\n`);
  });
});
