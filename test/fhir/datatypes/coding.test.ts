import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareCoding, conceptCoding, stringOrCoding } from '../../../src/fhir/datatypes/coding.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { actEncounterCode, SYSTEM } from '../../../src/fhir/terminology/codeSystems.js';

const other = 'http://example.org/codes';
const reader = () => readScope('DiagnosticReport', {});

describe('a code object for a concept', () => {
  const codec = conceptCoding(SYSTEM.snomed);

  it('reads the first coding of the expected system, else the first with a code', () => {
    const snomed = { system: SYSTEM.snomed, code: '73211009', display: 'Diabetes' };
    const foreign = { system: other, code: 'x' };
    assert.deepEqual(codec.read({ coding: [foreign, snomed, { ...snomed, code: '1' }] }, reader()), snomed);
    assert.deepEqual(codec.read({ coding: [{ display: 'none' }, foreign] }, reader()), foreign);
    assert.equal(codec.read({ text: 'Diabetes' }, reader()), undefined);
  });

  it('notes which coding it took', () => {
    const scope = reader();
    const coding = [{ code: 'x' }, { system: SYSTEM.snomed, code: '73211009' }];
    codec.read({ coding }, scope);
    assert.deepEqual(scope.origins.get(coding), [1]);
  });

  it('leaves out parts that the grammars do not allow', () => {
    const coding = [{ system: 'not a uri', code: 'x', display: '', version: '1', userSelected: true }];
    assert.deepEqual(codec.read({ coding }, reader()), { code: 'x' });
  });

  it('is written without a text', () => {
    assert.deepEqual(codec.write({ code: 'x', display: 'X' }, payloadScope({})), {
      coding: [{ code: 'x', display: 'X' }],
    });
  });

  it('refuses a code of a payload that is none', () => {
    const scope = payloadScope({});
    assert.equal(codec.admit({ code: ' x' }, scope), undefined);
    assert.deepEqual(
      scope.issues?.map((issue) => [issue.id, ...issue.expression]),
      [
        ['code-grammar', 'code'],
        ['payload-required', 'code'],
      ],
    );
  });
});

describe('a string or a code object', () => {
  const codec = stringOrCoding(['loinc']);
  const write = (value: Parameters<typeof codec.write>[0]) => codec.write(value, payloadScope({}));
  const loinc = { system: SYSTEM.loinc, code: '24323-8' };

  it('are two payloads, which both come back as what they were', () => {
    for (const value of [
      '24323-8',
      loinc,
      { ...loinc, display: 'CMP' },
      { code: '24323-8' },
      '24323-9',
      'CMP',
      { code: 'CMP' },
    ]) {
      assert.deepEqual(codec.read(write(value), reader()), value);
    }
  });

  it('writes a system for a right check digit only', () => {
    assert.deepEqual(write('24323-8'), { coding: [loinc], text: '24323-8' });
    assert.deepEqual(write('24323-9'), { text: '24323-9' });
  });

  it('reads a code object where the text says more', () => {
    assert.deepEqual(codec.read({ coding: [loinc], text: 'CMP' }, reader()), loinc);
  });

  it('does not read a code of another system as a bare one', () => {
    const foreign = { system: other, code: '24323-8' };
    assert.deepEqual(codec.read({ coding: [foreign], text: '24323-8' }, reader()), foreign);
  });

  it('prefers LOINC, and reads the text where no coding has a code', () => {
    assert.deepEqual(codec.read({ coding: [{ system: other, code: 'x' }, loinc] }, reader()), loinc);
    assert.equal(codec.read({ coding: [{ display: 'CMP' }] }, reader()), 'CMP');
    assert.equal(codec.read({ text: 'CMP' }, reader()), 'CMP');
    assert.equal(codec.read({}, reader()), undefined);
  });
});

describe('a bare code for a coding', () => {
  const codec = bareCoding(actEncounterCode);

  it('writes system and display for the codes of its vocabulary only', () => {
    assert.deepEqual(codec.write('AMB', payloadScope({})), {
      system: SYSTEM.actCode,
      code: 'AMB',
      display: 'ambulatory',
    });
    assert.deepEqual(codec.write('HOME', payloadScope({})), { code: 'HOME' });
  });

  it('reads a code of its system, or of none', () => {
    assert.equal(codec.read({ system: SYSTEM.actCode, code: 'AMB' }, reader()), 'AMB');
    assert.equal(codec.read({ code: 'AMB' }, reader()), 'AMB');
    assert.equal(codec.read({ system: SYSTEM.actCode, code: 'NEW' }, reader()), 'NEW');
  });

  it('reads a code of another system, but never as one of its own', () => {
    assert.equal(codec.read({ system: other, code: 'HOME' }, reader()), 'HOME');
    assert.equal(codec.read({ system: other, code: 'AMB' }, reader()), undefined);
    assert.equal(codec.read({ system: other, code: 'AMB', display: 'Ambulance' }, reader()), 'Ambulance');
    assert.equal(codec.read({ system: other, code: 'AMB', display: 'IMP' }, reader()), undefined);
  });

  it('reads nothing without a code or a display', () => {
    for (const value of [{}, { code: ' x' }, { system: SYSTEM.actCode }, 'AMB', null]) {
      assert.equal(codec.read(value, reader()), undefined);
    }
  });
});
