import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { locate, locator } from '../../src/fhir/expression.js';
import { payloadScope } from '../../src/fhir/scope.js';
import { runs } from '../support/runs.js';

const express = (root: string, at: readonly (string | number)[]): string => locate(root, at).expression;

describe('an expression', () => {
  it('is a FHIRPath location with indexes', () => {
    expect(express('Encounter', ['participant', 0, 'individual'])).toBe('Encounter.participant[0].individual');
    expect(express('Encounter', [])).toBe('Encounter');
  });

  it('comes with a path without indexes', () => {
    expect(locate('Task', ['input', 12, 'type', 'coding', 0])).toStrictEqual({
      expression: 'Task.input[12].type.coding[0]',
      path: 'Task.input.type.coding',
    });
  });

  it('names an element of several types by its stem', () => {
    expect(express('Task', ['input', 0, 'valueDateTime'])).toBe('Task.input[0].value');
    expect(express('DiagnosticReport', ['effectivePeriod', 'start'])).toBe('DiagnosticReport.effective.start');
    expect(express('X', ['value', 'values', 'birthDate', 'effectivePeriod'])).toBe(
      'X.value.children().birthDate.effective',
    );
  });

  it('names the sibling of a primitive like the primitive', () => {
    expect(express('Composition', ['_date', 'extension', 0])).toBe('Composition.date.extension[0]');
    expect(express('Task', ['input', 0, '_valueString'])).toBe('Task.input[0].value');
  });

  it('never shows a name that could be a value of the record', () => {
    const hidden = [
      'John Doe',
      'Muster',
      'birthdate',
      'valueMuster',
      'toString',
      'x'.repeat(100_000),
      'V'.repeat(100_000),
      '1980-01-05',
      'a.b',
      'a_b',
      'é',
      '',
      '_',
      '__proto__',
      '1a',
      'a`b',
      'a\n',
    ];
    for (const name of hidden) {
      expect([JSON.stringify(name), express('Task', ['input', 0, name, 'type'])]).toStrictEqual([
        JSON.stringify(name),
        'Task.input[0].children().type',
      ]);
      expect(locate('Task', [name]).path).toBe('Task.children()');
    }
  });

  it('says the same the second time', () => {
    for (let time = 0; time < 2; time += 1)
      expect(express('T', ['valueCode', 'a b', '_status'])).toBe('T.value.children().status');
  });

  it('of a payload has no root', () => {
    const { express: ofPayload } = payloadScope({}, (name) => name === 'sections' || name === 'title');
    expect(ofPayload(['sections', 0, 'title'])).toBe('sections[0].title');
    expect(ofPayload([])).toBe('$this');
    expect(ofPayload(['John Doe'])).toBe('children()');
  });
});

describe('a locator', () => {
  const step = fc.oneof(
    fc.nat(9),
    fc.constantFrom(
      'participant',
      'valueCode',
      '_status',
      'coding',
      'John Doe',
      'children()',
      '__proto__',
      'constructor',
    ),
  );

  it('says what `locate` says, however many locations it was asked for', () => {
    const known = locator('Encounter');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (at) => {
        const { expression, path } = known(at);
        expect({ expression, path }).toStrictEqual(locate('Encounter', at));
      }),
      { numRuns: runs(50_000) },
    );
  });

  it('keeps the locations of ordinary records, and those far back in a list are right as well', () => {
    const known = locator('Task');
    expect(known(['input', 0, 'type'])).toBe(known(['input', 0, 'type']));
    for (let index = 0; index < 3000; index += 1)
      expect(known(['input', index, 'type']).expression).toBe(`Task.input[${index}].type`);
    expect(known(['output', 7]).expression).toBe('Task.output[7]');
  });
});
