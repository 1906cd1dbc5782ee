import { describe, expect, it } from '@jest/globals';
import { findingGroups } from '../../../src/check/formats/findingGroups.js';
import { finding } from './samples.js';

const at = (file: string, line: number) => ({
  source: { file, line },
  region: { line, column: 1, endLine: line, endColumn: 2 },
});

describe('the groups of findings', () => {
  it('are of a rule, a path without indexes, a severity and a state', () => {
    const found = findingGroups(0);
    for (const expression of ['Patient.name[0].period', 'Patient.name[7].period', 'Patient.contact[0].period'])
      found.add(finding({ expression }));
    found.add(finding({ severity: 'warning' }));
    found.add(finding({ state: 'known' }));
    found.add(finding({ rule: 'per-2' }));
    expect(found.groups().map(({ count }) => count)).toStrictEqual([2, 1, 1, 1, 1]);
    expect(found.count).toBe(6);
  });

  it('are the same in each entry of a Bundle, by the type of its resource', () => {
    const found = findingGroups(0);
    const inside = (index: string, resourceType: string, expression: string) =>
      found.add(finding({ entry: { index, resourceType }, expression }));
    inside('0', 'Patient', 'Bundle.entry[0].resource.name[0].period');
    inside('1.2', 'Patient', 'Bundle.entry[1].resource.entry[2].resource.name[0].period');
    inside('2', 'Practitioner', 'Bundle.entry[2].resource.name[0].period');
    found.add(finding({ expression: 'Patient.name[3].period' }));
    found.add(finding({ entry: { index: '0', resourceType: 'Patient' }, expression: 'Bundle.entry[0].fullUrl' }));
    expect(found.groups().map(({ count }) => count)).toStrictEqual([3, 1, 1]);
  });

  it('keep all findings as long as there are no more than were asked for', () => {
    const found = findingGroups(2);
    found.add(finding());
    found.add(finding());
    expect(found.all()).toHaveLength(2);
    found.add(finding());
    expect(found.all()).toHaveLength(0);
  });

  it('keep the first three, and the lines of the others in the first two files', () => {
    const found = findingGroups(0);
    for (const [file, line] of [
      ['a', 1],
      ['a', 9],
      ['a', 3],
      ['a', 12],
      ['a', 5],
      ['b', 7],
      ['c', 1],
      ['c', 2],
      ['d', 1],
    ] as const)
      found.add(finding(at(file, line)));
    const [group] = found.groups();
    expect(group?.kept.map(({ region }) => region.line)).toStrictEqual([1, 9, 3]);
    expect(group?.rest).toStrictEqual([
      { file: 'a', first: 5, last: 12 },
      { file: 'b', first: 7, last: 7 },
    ]);
    expect(group?.otherFiles).toBe(2);
    expect(group?.count).toBe(9);
  });

  it('are bounded, each severity by itself', () => {
    const found = findingGroups(0);
    for (let index = 0; index < 3000; index += 1)
      found.add(finding({ severity: 'warning', expression: `Patient${'.extension'.repeat(index)}` }));
    found.add(finding());
    expect(found.groups()).toHaveLength(501);
    expect(found.groups().at(-1)?.severity).toBe('error');
    expect(found.count).toBe(3001);
  });
});
