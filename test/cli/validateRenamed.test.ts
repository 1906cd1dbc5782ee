import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Scratch, scratch } from './scratch.js';

/** Written before document-entry-unreferenced and text-invalid-character had these names. */
const BASELINE = `{
  "version": 1,
  "tool": "clinik-fhir",
  "findings": [
    {"fingerprint":"d35e6336371c31b2","rule":"document-entry-stray","path":"Bundle.entry","resourceType":"Bundle","count":1},
    {"fingerprint":"c3653764d5ef202a","rule":"text-not-holdable","path":"location","resourceType":"Encounter","count":1}
  ]
}
`;

const composition = {
  resourceType: 'Composition',
  id: 'c',
  status: 'final',
  type: { text: 'Note' },
  date: '2024-05-01',
  author: [{ display: 'Dr. Lee' }],
  title: 'Note',
};
const document = {
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' },
  timestamp: '2024-05-01T10:00:00Z',
  entry: [
    { fullUrl: 'https://example.org/Composition/c', resource: composition },
    { fullUrl: 'https://example.org/Patient/p', resource: { resourceType: 'Patient', id: 'p' } },
  ],
};
const FILES = {
  'fhir/doc.json': document,
  'fhir/encounters.ndjson': [{ status: 'planned', class: 'AMB', patientId: 'pat-17', location: 'a\u0007b' }],
};
const WARNING =
  'clinik-fhir: warning: text-not-holdable is now text-invalid-character, document-entry-stray is now document-entry-unreferenced. The old ids are read until 1.0.\n';

describe('rules that were renamed', () => {
  it('keep their fingerprints: a baseline from before still holds, with one warning', async () => {
    const { folder, validate } = scratch(FILES);
    writeFileSync(join(folder, 'old.json'), BASELINE);
    const { code, stdout, stderr } = await validate(['fhir', '--baseline', 'old.json', '--ignore', 'text-not-*']);
    expect([code, stderr]).toStrictEqual([0, WARNING]);
    expect(stdout).toMatch(/^Besides: 1 known, 1 ignored\.$/m);
  });

  it('are ignored by their old names, of a config and of the command line, and said under the new ones', async () => {
    const ignored: Scratch = scratch({
      ...FILES,
      'clinik-fhir.config.json': { ignore: [{ rule: 'text-not-holdable', reason: 'The vendor corrects it.' }] },
    });
    const { code, stdout, stderr } = await ignored.validate(['fhir', '--ignore', 'document-entry-stray', '--verbose']);
    expect([code, stderr]).toStrictEqual([0, WARNING]);
    expect(stdout).toMatch(/ignored error {2}text-invalid-character /);
    expect((await ignored.validate(['fhir', '--ignore', 'document-entry-stray', '--quiet'])).stderr).toBe('');
  });

  it('need no warning where their new names are used', async () => {
    const { validate } = scratch(FILES);
    const ignores = ['--ignore', 'document-entry-unreferenced', '--ignore', 'text-*'];
    expect(await validate(['fhir', ...ignores])).toMatchObject({ code: 0, stderr: '' });
  });
});
