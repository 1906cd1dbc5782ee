import type { Table } from './table.js';

const words = (table: Table, name: string): string[] => (table[name] ?? '').split(' ');

/** The test of a country, today's or a former one: two letters, three letters or three digits (ISO 3166-1 and 3166-3). */
export function countryTest(table: Table): (code: string) => boolean {
  const all = new Set([...words(table, 'alpha2'), ...words(table, 'alpha3'), ...words(table, 'numeric')]);
  return (code) => all.has(code);
}

/** The test of a part of a country: the country, and one to three letters or digits (ISO 3166-2). Which parts there are changes every year. */
export function subdivisionTest(table: Table): (code: string) => boolean {
  const countries = new Set(words(table, 'alpha2'));
  return (code) => SUBDIVISION.test(code) && countries.has(code.slice(0, 2));
}

const SUBDIVISION = /^[A-Z]{2}-[A-Z0-9]{1,3}$/;
