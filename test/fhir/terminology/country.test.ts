import { describe, expect, it } from '@jest/globals';
import { countryTest, subdivisionTest } from '../../../src/fhir/terminology/country.js';
import { loadTable } from '../../../src/tables.js';

const table = loadTable('countries') ?? {};

describe('a country', () => {
  const isCountry = countryTest(table);

  it.each(['US', 'USA', '840', 'GB', '004', 'YU', 'DDR'])('may be %s', (code) => {
    expect(isCountry(code)).toBe(true);
  });

  it.each(['us', 'UK', 'ZZZ', 'XK', 'US-CA', '4', '', ' ', 'US '])('is not %j', (code) => {
    expect(isCountry(code)).toBe(false);
  });
});

describe('a part of a country', () => {
  const isSubdivision = subdivisionTest(table);

  it.each(['US-CA', 'FR-75C', 'AD-02', 'GB-ENG'])('may be %s', (code) => {
    expect(isSubdivision(code)).toBe(true);
  });

  it.each(['US', 'ZZ-CA', 'US-', 'US-CALI', 'us-ca', 'US-CA '])('is not %j', (code) => {
    expect(isSubdivision(code)).toBe(false);
  });
});
