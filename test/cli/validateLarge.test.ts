import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ensure } from '../support/ensure.js';
import { fine, scratch } from './scratch.js';

const period = { start: '2020', end: '2019' };

/** A Patient that breaks six rules. */
const patient = (index: number) => ({
  ...fine,
  id: `p${index}`,
  gender: 'F',
  birthdate: '2020-01-01',
  birthDate: '2024-02-30',
  name: [{ family: 'Canary', period }],
  contact: [{ period, gender: 'M' }],
  managingOrganization: { reference: 'Practitioner/1' },
});

describe('clinik-fhir validate, of a hundred thousand findings', () => {
  it('prints under two hundred lines, counts each, and lists all of them on request', async () => {
    const lines = Array.from({ length: 14_500 }, (_, index) => patient(index));
    const encounters = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `in/e${index}.json`,
        { resourceType: 'Encounter', status: 'x', period, participant: [{ period }] },
      ]),
    );
    const { folder, validate } = scratch({ 'in/Patient.ndjson': lines, ...encounters });
    const { code, stdout } = await validate(['in', '--format', 'compact', '--output', 'all.txt', '--format', 'text']);
    expect(code).toBe(1);
    const printed = stdout.split('\n');
    ensure(printed.length < 200, `${printed.length} lines`);
    const [, errors = ''] = /^([\d,]+) errors in 14,600 records of 101 files\.$/m.exec(stdout) ?? [];
    ensure(Number(errors.replace(/,/g, '')) > 100_000, stdout);
    expect(stdout).toMatch(/^per-1 {2,}error {3,}29,200 {3,}14,600 {3,}101$/m);
    expect(stdout).toMatch(/ more in in\/Patient\.ndjson, lines \d+–14,500$/m);
    expect(stdout).toMatch(
      / and 99 more in in\/e1\.json \(line \d+\), in\/e10\.json \(line \d+\) and 97 other files$/m,
    );
    expect(stdout).not.toMatch(/Canary/);
    const all = readFileSync(join(folder, 'all.txt'), 'utf8');
    expect(all.match(/\n/g)).toHaveLength(Number(errors.replace(/,/g, '')));
  });
});
