import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validate } from '../../src/index.js';
import { TYPES } from '../support/laws.js';

const FOLDER = join('node_modules', 'hl7.fhir.r4.examples');

/** One row of docs/conformance.md: an example, a rule, its places without indexes, and how often it is reported. */
const ROW = /^\| `([^`]+\.json)` \| `([^`]+)` \| `([^`]+)` \| (\d+) \| \S.* \|$/;

const listed = readFileSync(join('docs', 'conformance.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, file, rule, place, count] = ROW.exec(line) ?? [];
    return file === undefined ? [] : [`${file} ${rule} ${place} ${count}`];
  });

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json') && file !== 'package.json');

/** The errors of an example, counted by rule and place. */
function errorsOf(file: string): string[] {
  const counts = new Map<string, number>();
  for (const issue of validate(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')), { maxIssues: 100_000 }).issue) {
    if (issue.severity !== 'error' && issue.severity !== 'fatal') continue;
    const key = `${issue.details?.coding?.[0]?.code} ${issue.expression?.[0]?.replace(/\[\d+\]/g, '')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${file} ${key} ${count}`);
}

describe("HL7's own examples of R4", () => {
  it('have the errors that docs/conformance.md lists with their reasons, and no others', () => {
    const found = files.flatMap(errorsOf);
    expect(found.filter((one) => !listed.includes(one)).sort()).toStrictEqual([]);
    expect(listed.filter((one) => !found.includes(one)).sort()).toStrictEqual([]);
    expect(files.length).toBeGreaterThan(5000);
  });

  it('have none in the five types, inside of Bundles neither', () => {
    let checked = 0;
    for (const file of files) {
      const resource = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
      const entries: { resource?: { resourceType: string } }[] = resource.entry ?? [];
      const inside = resource.resourceType === 'Bundle' ? entries.map((entry) => entry.resource) : [resource];
      for (const one of inside) {
        if (one === undefined || !TYPES.some((type) => type === one.resourceType)) continue;
        checked += 1;
        const errors = validate(one).issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
        expect([file, errors]).toStrictEqual([file, []]);
      }
    }
    expect(checked).toBe(43);
  });
});
