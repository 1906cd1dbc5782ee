import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
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
    assert.equal(holds(document), undefined);
    assert.deepEqual(document.summary, summary);
    assert.deepEqual(
      document.findings.map((one: Record<string, unknown>) => [one.fingerprint, one.state, one.message]),
      ALL.map(({ fingerprint, state, message }) => [fingerprint, state, message]),
    );
  });

  it('says all of a finding, and where its rule is explained', () => {
    const [first] = JSON.parse(written(json(OPTIONS), [finding({ rule: 'Per-1' })])).findings;
    assert.deepEqual(first, { ...finding({ rule: 'Per-1' }), help: 'docs/rules.md#per-1' });
  });

  it('holds nothing that a finding does not name', () => {
    const more = { ...finding(), value: 'canary', source: { ...finding().source, text: 'canary' } };
    assert.doesNotMatch(written(json(OPTIONS), [more]), /canary/);
  });

  it('is a document without findings too', () => {
    const document = JSON.parse(written(json(OPTIONS), [], NOTHING));
    assert.deepEqual(document, { findings: [], summary: NOTHING });
    assert.equal(holds(document), undefined);
    assert.match(holds({ findings: [] }) ?? '', /summary/);
  });
});

describe('the format ndjson', () => {
  const holds = schema('finding');

  it('is a line for each finding and one for the summary, each of which its schema holds', () => {
    const lines = written(ndjson(OPTIONS), ALL).split('\n');
    assert.equal(lines.pop(), '');
    assert.equal(lines.length, ALL.length + 1);
    for (const line of lines) assert.equal(holds(JSON.parse(line)), undefined);
    assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), { summary: summaryOf(ALL) });
  });

  it('has the summary only where there are no findings', () => {
    assert.equal(written(ndjson(OPTIONS), [], NOTHING), `${JSON.stringify({ summary: NOTHING })}\n`);
  });
});
