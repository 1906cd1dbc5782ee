import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { TableName } from '../src/fhir/terminology/table.js';
import { isAsWritten, loadText } from '../src/tables.js';

const NAMES: readonly TableName[] = ['codeSystems', 'extensions', 'profiles', 'moreValueSets'];

describe('a text of a table', () => {
  it.each(NAMES)('is found before all of %s is read, and after', (name) => {
    const table: { [key: string]: string } = JSON.parse(
      readFileSync(join('src', 'fhir', 'generated', `${name}.json`), 'utf8'),
    );
    const keys = Object.keys(table);
    const some = [keys[0], keys.at(-1), keys[1], ...keys.slice(-30)].map((key) => key ?? '');
    for (const key of [...some, ...some]) {
      expect([key, loadText(name, key)]).toStrictEqual([key, table[key]]);
      expect(loadText(name, `${key}"`)).toBeNull();
    }
    expect([loadText(name, ''), loadText(name, 'toString'), loadText(name, '\n')]).toStrictEqual([null, null, null]);
  });

  it.each(['"', 'toString', '', 'http://nowhere.example'])('is null where there is none: %j', (key) => {
    expect(loadText('languages', key)).toBeNull();
  });
});

describe('the file of a table', () => {
  const files: readonly TableName[] = [...NAMES, 'languages', 'countries', 'units'];
  const textOf = (name: TableName) => readFileSync(join('src', 'fhir', 'generated', `${name}.json`), 'utf8');

  it.each(files)('is searched as it was written: %s', (name) => {
    expect(isAsWritten(Buffer.from(textOf(name)))).toBe(true);
  });

  it.each(files)('is read as a whole, and so found damaged, where it was not written so: %s', (name) => {
    const text = textOf(name);
    const others = [
      '',
      text.slice(0, -1),
      text.slice(0, text.length >> 1),
      text.slice(2),
      JSON.stringify(JSON.parse(text)),
      JSON.stringify(JSON.parse(text), null, 2),
      text.replaceAll('\n', '\r\n'),
    ];
    expect(others.map((other) => isAsWritten(Buffer.from(other)))).toStrictEqual(others.map(() => false));
  });
});
