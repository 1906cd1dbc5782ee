import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { locate } from '../../src/fhir/expression.js';
import { payloadScope } from '../../src/fhir/scope.js';

const express = (root: string, at: readonly (string | number)[]): string => locate(root, at).expression;

describe('an expression', () => {
  it('is a FHIRPath location with indexes', () => {
    assert.equal(express('Encounter', ['participant', 0, 'individual']), 'Encounter.participant[0].individual');
    assert.equal(express('Encounter', []), 'Encounter');
  });

  it('comes with a path without indexes', () => {
    assert.deepEqual(locate('Task', ['input', 12, 'type', 'coding', 0]), {
      expression: 'Task.input[12].type.coding[0]',
      path: 'Task.input.type.coding',
    });
  });

  it('names an element of several types by its stem', () => {
    assert.equal(express('Task', ['input', 0, 'valueDateTime']), 'Task.input[0].value');
    assert.equal(express('DiagnosticReport', ['effectivePeriod', 'start']), 'DiagnosticReport.effective.start');
    assert.equal(express('X', ['value', 'values', 'effective']), 'X.value.values.effective');
  });

  it('names the sibling of a primitive like the primitive', () => {
    assert.equal(express('Composition', ['_date', 'extension', 0]), 'Composition.date.extension[0]');
    assert.equal(express('Task', ['input', 0, '_valueString']), 'Task.input[0].value');
  });

  it('never shows a name that could be a value of the record', () => {
    const longest = 'x'.repeat(64);
    assert.equal(express('Task', [longest]), `Task.${longest}`);
    const hidden = [
      'John Doe',
      `${longest}x`,
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
      assert.equal(express('Task', ['input', 0, name, 'type']), 'Task.input[0].children().type', JSON.stringify(name));
      assert.equal(locate('Task', [name]).path, 'Task.children()');
    }
  });

  it('says the same the second time', () => {
    for (let time = 0; time < 2; time += 1)
      assert.equal(express('T', ['valueCode', 'a b', '_c']), 'T.value.children().c');
  });

  it('of a payload has no root', () => {
    const { express: ofPayload } = payloadScope({});
    assert.equal(ofPayload(['sections', 0, 'title']), 'sections[0].title');
    assert.equal(ofPayload([]), '$this');
    assert.equal(ofPayload(['John Doe']), 'children()');
  });
});
