'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { after, afterEach, before, describe, it } = require('node:test');
const { helper, started } = require('./flow.js');

const ROOT = resolve(__dirname, '../../..');
const EXPORT = join(ROOT, 'fixtures', 'ehr-export');
const ID_MAP = join(ROOT, 'fixtures', 'ehr-ids.csv');

const lines = readdirSync(EXPORT)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(join(EXPORT, name), 'utf8').split('\n'))
  .filter((line) => line.trim() !== '');

/** What `clinik-fhir` answers each line with. */
function answers(...args) {
  const main = join(ROOT, 'dist', 'cli', 'main.js');
  const { stdout } = spawnSync(process.execPath, [main, ...args], { input: `${lines.join('\n')}\n`, encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

before(() => new Promise((done) => helper.startServer(done)));
afterEach(() => helper.unload());
after(() => new Promise((done) => helper.stopServer(done)));

describe('the export of a hospital', () => {
  for (const strict of [false, true])
    it(`gives what "convert -" gives for each line${strict ? ', where both are strict' : ''}`, async () => {
      const config = { id: 'c', type: 'clinik-fhir-config', idMap: ID_MAP };
      const send = await started({ type: 'clinik-from-fhir', options: 'c', strict }, [config]);
      const expected = answers('convert', '-', '--id-map', ID_MAP, ...(strict ? ['--strict'] : []));
      assert.equal(expected.length, lines.length);
      const counts = { good: 0, refused: 0, skipped: 0 };
      for (const [index, line] of lines.entries()) {
        const { ok, name, payload, losses, issues, skipped } = expected[index];
        const { from, msg } = await send({ payload: line });
        const place = `line ${index + 1} of all`;
        if (ok) {
          counts.good += 1;
          assert.deepEqual(
            [from, msg.payload, msg.clinikFhir],
            ['first', payload, { ok, losses, name, issues }],
            place,
          );
        } else if (skipped === undefined) {
          counts.refused += 1;
          const errors = (all) =>
            all.filter(({ severity }) => severity === 'error').map(({ id, expression }) => [id, expression]);
          assert.deepEqual([from, errors(msg.clinikFhir.issues)], ['second', errors(issues)], place);
        } else {
          counts.skipped += 1;
          assert.deepEqual([from, msg.clinikFhir.issues[0].id], ['second', 'resource-type'], place);
        }
      }
      assert.ok(counts.good > 0 && counts.refused > 0 && counts.skipped > 0);
    });

  it('is judged as "validate -" judges it', async () => {
    const send = await started({ type: 'clinik-validate' });
    const expected = answers('validate', '-');
    for (const [index, line] of lines.entries()) {
      const { from, msg } = await send({ payload: line });
      const errors = (all) => all.filter(({ severity }) => severity === 'error').length;
      assert.deepEqual(
        [from, errors(msg.clinikFhir.issues)],
        [expected[index].ok ? 'first' : 'second', errors(expected[index].issues)],
        `line ${index + 1} of all`,
      );
    }
  });
});
