import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CLINIK_API,
  isClinikId,
  isClinikSystem,
  isFhirId,
  PATHS,
  systemOf,
  typeOfPrefix,
  typeOfSystem,
} from '../../../src/fhir/references/identity.js';

describe('ids', () => {
  it('of FHIR have at most 64 characters and no underscore', () => {
    assert.deepEqual(['a', 'A-1.b', '1', 'x'.repeat(64)].map(isFhirId), [true, true, true, true]);
    assert.deepEqual(['', 'pt_1', 'x'.repeat(65), 'a b', 'a/b', 'é', 'a\n', 1, undefined].filter(isFhirId), []);
  });

  it("of ClinikAPI's may have an underscore and any length", () => {
    assert.deepEqual(['pt_abc123', 'A-1.b', 'x'.repeat(65)].map(isClinikId), [true, true, true]);
    assert.deepEqual(['', 'a b', 'Patient/1', 'é', 'a\n', 'a,b', 1, null].filter(isClinikId), []);
  });
});

describe('identifier systems', () => {
  it("are ClinikAPI's root and the path of the type", () => {
    assert.equal(systemOf('Patient'), `${CLINIK_API}/patients`);
    assert.equal(systemOf('DocumentReference'), `${CLINIK_API}/notes`);
  });

  it('are the root for types without a path, and for none', () => {
    for (const type of ['Procedure', 'Group', 'RelatedPerson', 'constructor', undefined]) {
      assert.equal(systemOf(type), CLINIK_API);
    }
  });

  it('tell their type', () => {
    for (const type of Object.keys(PATHS)) assert.equal(typeOfSystem(systemOf(type)), type);
    for (const other of [CLINIK_API, `${CLINIK_API}/`, `${CLINIK_API}/Patient`, 'http://x', undefined, 1]) {
      assert.equal(typeOfSystem(other), undefined);
    }
  });

  it("are ClinikAPI's own exactly", () => {
    assert.deepEqual([CLINIK_API, `${CLINIK_API}/tasks`].map(isClinikSystem), [true, true]);
    assert.deepEqual([`${CLINIK_API}/`, `${CLINIK_API}/foo`, 'http://x', null].filter(isClinikSystem), []);
  });
});

describe('prefixes', () => {
  it('tell a type up to the first underscore', () => {
    assert.deepEqual(['pt_1', 'lab_x_y', 'dr_1', 'proc_1', 'intake_'].map(typeOfPrefix), [
      'Patient',
      'DiagnosticReport',
      'DiagnosticReport',
      'Procedure',
      'QuestionnaireResponse',
    ]);
  });

  it('tell nothing where there is none, or an unknown one', () => {
    for (const id of ['pt', 'pt-1', '_1', 'PT_1', 'ptx_1', 'constructor_1', 'toString_1', '3f2a-uuid', '']) {
      assert.equal(typeOfPrefix(id), undefined, id);
    }
  });
});
