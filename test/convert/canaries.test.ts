import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert } from '../../src/convert/convertToFiles.js';
import { ensure } from '../support/ensure.js';
import { contents, fill, temporaryFolder } from '../support/folder.js';
import { bundle, encounter, encounterPayload } from '../support/samples.js';

const CANARY = 'canary 7f3';
const KEY = 'canary-7f3';

/** Records that are refused, skipped or lose something, with the canary wherever a message could pick it up. */
const INPUTS = {
  'Encounter.ndjson': [
    `{"resourceType":"Encounter","note":"${CANARY}`,
    `${CANARY}`,
    `{"${CANARY}":${CANARY}}`,
    `"${CANARY}"`,
    JSON.stringify([CANARY]),
    JSON.stringify({ ...encounter, id: 'e2', [CANARY]: { [KEY]: CANARY } }),
    JSON.stringify({ ...encounter, id: 'e3', status: CANARY }),
    JSON.stringify({ ...encounter, id: 'e4', subject: { reference: CANARY, display: CANARY } }),
    JSON.stringify({
      ...encounter,
      id: 'e5',
      period: { start: CANARY },
      serviceType: { coding: [{ code: KEY, display: CANARY }] },
    }),
    JSON.stringify({ ...encounter, id: 'e6', modifierExtension: [{ url: CANARY, valueString: CANARY }] }),
    JSON.stringify({ resourceType: CANARY, id: 'x' }),
    JSON.stringify({ resourceType: 'Patient', name: [{ text: CANARY }] }),
    JSON.stringify({
      ...bundle([{ fullUrl: CANARY, resource: { ...encounter, id: 'e7', class: CANARY } }]),
      implicitRules: CANARY,
    }),
    JSON.stringify({ resourceType: 'Bundle', entry: CANARY }),
    JSON.stringify({ resourceType: { [KEY]: CANARY } }),
    '',
  ].join('\n'),
  'encounters.ndjson': [
    { ...encounterPayload, [CANARY]: CANARY },
    { ...encounterPayload, [KEY]: CANARY },
    { ...encounterPayload, status: CANARY },
    { ...encounterPayload, period: { start: CANARY } },
    { ...encounterPayload, hospitalization: { [KEY]: CANARY } },
  ],
  'unnamed.ndjson': [{ [KEY]: CANARY }, CANARY],
  'broken.json': `{\n  "resourceType": "Encounter",\n  "${CANARY}": "${CANARY}`,
};

describe('no report holds a value of a record', () => {
  it('whatever becomes of the record', async () => {
    const folder = fill(temporaryFolder(), INPUTS);
    const out = join(folder, 'out');
    const summary = await convert({ inputs: [folder], out });
    expect(
      summary.records.rejected.total > 10 && summary.records.converted.total > 0 && summary.losses.length > 0,
    ).toBe(true);
    const reports = contents(out);
    for (const file of ['losses.ndjson', 'rejects.ndjson', 'summary.json']) {
      ensure(reports[file], `${file} was written`);
      expect(reports[file]).not.toMatch(/canary/i);
    }
  });
});
