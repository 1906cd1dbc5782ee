import { describe, expect, it } from '@jest/globals';
import { github } from '../../../src/check/formats/github.js';
import { ensure } from '../../support/ensure.js';
import { ALL, finding, NOTHING, ODD_NAMES, ODD_TEXT, OPTIONS, summaryOf, written } from './samples.js';

interface Command {
  readonly name: string;
  readonly properties: Record<string, string>;
  readonly data: string;
}

/** A line as GitHub's runner reads it (actions/runner, ActionCommand.TryParseV2); undefined for one that is only logged. */
function parsed(line: string): Command | undefined {
  const [, name = '', list = '', data = ''] = /^\s*::(\w+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
  if (name === '') return undefined;
  const unescaped = (value: string, more: readonly [string, string][]): string =>
    [['%0D', '\r'] as const, ['%0A', '\n'] as const, ...more, ['%25', '%'] as const].reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      value,
    );
  const properties = list
    .trim()
    .split(',')
    .flatMap((pair) => {
      const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
      return key === undefined || value === undefined
        ? []
        : [
            [
              key,
              unescaped(value, [
                ['%3A', ':'],
                ['%2C', ','],
              ]),
            ],
          ];
    });
  return { name, properties: Object.fromEntries(properties), data: unescaped(data, []) };
}

function commands(text: string): Command[] {
  const lines = text.split(/\r\n|\r|\n/);
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const command = parsed(line);
    ensure(command, line);
    return command;
  });
}

describe('the format github', () => {
  it('annotates the element of each finding that counts, by its severity', () => {
    const [error, fatal, warning, notice] = commands(written(github(OPTIONS), ALL));
    expect(error).toStrictEqual({
      name: 'error',
      properties: {
        file: 'export/Patient.ndjson',
        line: '12',
        endLine: '12',
        col: '71',
        endColumn: '117',
        title: 'per-1',
      },
      data: 'If present, start SHALL have a lower value than end.\nAt Patient.name[0].period\ndocs/rules.md#per-1',
    });
    expect([fatal?.name, warning?.name, notice?.name]).toStrictEqual(['error', 'warning', 'notice']);
  });

  it('keeps odd names and texts as they are, but for what a terminal would obey', () => {
    const text = written(github(OPTIONS), ALL);
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    const files = commands(text).map(({ properties }) => properties.file);
    const obeyed = ODD_NAMES.filter((name) => /[^\P{Cc}\r\n]/u.test(name));
    expect(obeyed).toStrictEqual(['bell\u0007\u001b[31m.json']);
    for (const name of ODD_NAMES)
      ensure(files.includes(obeyed.includes(name) ? 'bell\\u0007\\u001b[31m.json' : name), name);
    const read = commands(text);
    const odd = read.find(({ properties }) => properties.title === 'Site-Rule: "1"');
    const shown = ODD_TEXT.replace('\u0000\b', '\\u0000\\u0008').replace('\ud800', '\\ud800');
    expect(odd?.data).toBe(`${shown}\nAt Patient.name[0].period`);
  });

  it('gives no columns to what spans several lines, which GitHub would refuse', () => {
    const region = { line: 3, column: 5, endLine: 9, endColumn: 2 };
    const [one] = commands(written(github(OPTIONS), [finding({ region })]));
    expect(one?.properties).toStrictEqual({
      file: 'export/Patient.ndjson',
      line: '3',
      endLine: '9',
      title: 'per-1',
    });
  });

  it('counts known and ignored findings in the notice at the end only', () => {
    const findings = [finding({ state: 'known' }), finding({ state: 'ignored', reason: 'old' })];
    const read = commands(written(github(OPTIONS), findings));
    expect(read).toStrictEqual([
      {
        name: 'notice',
        properties: { title: 'clinik-fhir validate' },
        data: 'No new errors in 1,204 records of 3 files. Besides: 1 known, 1 ignored.',
      },
    ]);
  });

  it('says in one notice that there is no error', () => {
    const [only, ...others] = commands(written(github(OPTIONS), [], NOTHING));
    expect(only?.data).toBe('No errors in 1,204 records of 3 files.');
    expect(others).toStrictEqual([]);
  });

  it('says so where GitHub shows only a part, and keeps the last notice for that', () => {
    const ten = new Array(10).fill(finding());
    expect(written(github(OPTIONS), ten)).not.toMatch(/at most 10/);
    const eleven = commands(written(github(OPTIONS), [...ten, finding()]));
    expect(eleven.filter(({ name }) => name === 'error')).toHaveLength(11);
    expect(eleven.at(-1)?.data ?? '').toMatch(/^11 errors in .* GitHub shows at most 10 errors, /);
    const remarks = new Array(30).fill(finding({ severity: 'information' }));
    const notices = commands(written(github(OPTIONS), remarks));
    expect(notices).toHaveLength(10);
    expect(notices.at(-1)?.data ?? '').toMatch(/^No errors, 30 remarks in .* at most 10/);
  });

  it('names no id of a record', () => {
    expect(written(github(OPTIONS), ALL, summaryOf(ALL))).not.toMatch(/pat-12/);
  });
});
