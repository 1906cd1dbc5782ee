import { describe, expect, it } from '@jest/globals';
import { meantName, nearName } from '../../src/fhir/nearName.js';

const NAMES = ['id', 'birthDate', 'name'];

describe('a name that nobody knows', () => {
  it.each([
    ['birthdate', 'birthDate'],
    ['birhDate', 'birthDate'],
    ['birthDatee', 'birthDate'],
    ['names', 'name'],
    ['Name', 'name'],
    ['xname', 'name'],
    ['nmae', undefined],
    ['name', undefined],
    ['ib', undefined],
    ['Muster', undefined],
    ['', undefined],
  ])('%s is one edit away from %s', (name, near) => {
    expect(nearName(name, NAMES)).toBe(near);
  });

  it('is told by the name that was meant alone', () => {
    expect(meantName('birthdate', NAMES)).toBe(' It is one letter away from birthDate.');
    expect(meantName('Muster', NAMES)).toBe('');
  });
});
