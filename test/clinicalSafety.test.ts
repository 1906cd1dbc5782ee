import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const FIXTURES = ['assessments', 'documents', 'encounters', 'labs', 'tasks'].flatMap((path) =>
  readdirSync(join('fixtures', path)),
);

/** What holds each hazard of the page: names of tests, and of fixtures. */
const rows = readFileSync(join('docs', 'clinical-safety.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:hazard|---)/.test(line))
  .map((line): [string, string] => {
    const [, hazard = '', , held = ''] = line.split(' | ').length < 3 ? [] : ['', ...line.slice(2).split(' | ')];
    return [hazard, held];
  });

const namesIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

function isTest(name: string, folder: string): boolean {
  return [name, join(folder, name)].some((one) => existsSync(join('test', `${one}.test.ts`)));
}

const isFixture = (name: string): boolean =>
  FIXTURES.some((one) => (name.endsWith('…') ? one.startsWith(name.slice(0, -1)) : one === name));

describe('the hazards of docs/clinical-safety.md', () => {
  it('are many', () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows)('are held by tests that are there: %s', (_, held) => {
    const [missing, names]: [string[], string[]] = [[], []];
    for (const part of held.split(';')) {
      let folder = '';
      for (const name of namesIn(part)) {
        names.push(name);
        if (name.includes('/')) folder = dirname(name);
        if (part.includes('fixture') ? !isFixture(name) : !isTest(name, folder)) missing.push(name);
      }
    }
    expect(missing).toStrictEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });
});
