import { describe, expect, it } from '@jest/globals';
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
    expect(['a', 'A-1.b', '1', 'x'.repeat(64)].map(isFhirId)).toStrictEqual([true, true, true, true]);
    expect(['', 'pt_1', 'x'.repeat(65), 'a b', 'a/b', 'é', 'a\n', 1, undefined].filter(isFhirId)).toStrictEqual([]);
  });

  it("of ClinikAPI's may have an underscore and any length", () => {
    expect(['pt_abc123', 'A-1.b', 'x'.repeat(65)].map(isClinikId)).toStrictEqual([true, true, true]);
    expect(['', 'a b', 'Patient/1', 'é', 'a\n', 'a,b', 1, null].filter(isClinikId)).toStrictEqual([]);
  });
});

describe('identifier systems', () => {
  it("are ClinikAPI's root and the path of the type", () => {
    expect(systemOf('Patient')).toBe(`${CLINIK_API}/patients`);
    expect(systemOf('DocumentReference')).toBe(`${CLINIK_API}/notes`);
  });

  it('are the root for types without a path, and for none', () => {
    for (const type of ['Procedure', 'Group', 'RelatedPerson', 'constructor', undefined]) {
      expect(systemOf(type)).toBe(CLINIK_API);
    }
  });

  it('tell their type', () => {
    for (const type of Object.keys(PATHS)) expect(typeOfSystem(systemOf(type))).toBe(type);
    for (const other of [CLINIK_API, `${CLINIK_API}/`, `${CLINIK_API}/Patient`, 'http://x', undefined, 1]) {
      expect(typeOfSystem(other)).toBeUndefined();
    }
  });

  it("are ClinikAPI's own exactly", () => {
    expect([CLINIK_API, `${CLINIK_API}/tasks`].map(isClinikSystem)).toStrictEqual([true, true]);
    expect([`${CLINIK_API}/`, `${CLINIK_API}/foo`, 'http://x', null].filter(isClinikSystem)).toStrictEqual([]);
  });
});

describe('prefixes', () => {
  it('tell a type up to the first underscore', () => {
    expect(['pt_1', 'lab_x_y', 'dr_1', 'proc_1', 'intake_'].map(typeOfPrefix)).toStrictEqual([
      'Patient',
      'DiagnosticReport',
      'DiagnosticReport',
      'Procedure',
      'QuestionnaireResponse',
    ]);
  });

  it('tell nothing where there is none, or an unknown one', () => {
    for (const id of ['pt', 'pt-1', '_1', 'PT_1', 'ptx_1', 'constructor_1', 'toString_1', '3f2a-uuid', '']) {
      expect([id, typeOfPrefix(id)]).toStrictEqual([id, undefined]);
    }
  });
});
