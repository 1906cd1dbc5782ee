import { describe, expect, it } from '@jest/globals';
import type { Encounter, OperationOutcome } from 'fhir/r4.js';
import { questions } from '../scripts/engines/questions.js';
import { encounters, lensFor, operationOutcome, type Path, validate } from '../src/index.js';
import * as small from '../src/lenses.js';
import { ensure } from './support/ensure.js';

const patient = { reference: 'Patient/p1' };
const encounter: Encounter = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject: patient,
};
const { payload } = encounters.fromFhir(encounter);
const whole = small.lensesWith(validate);

/** What the questions of every engine ask of a lens: fixtures, HL7's examples, hard texts. */
const asked = questions().flatMap(({ do: what, path, input, options }) =>
  path === undefined ? [] : [{ what, path: path as Path, input, options }],
);

describe('the lenses alone', () => {
  it('convert as the whole package does', () => {
    const one = asked.filter(({ what }) => what === 'toFhir' || what === 'fromFhir');
    expect(one.length).toBeGreaterThan(500);
    for (const { what, path, input, options } of one) {
      const [here, there] = [small.lensFor(path), lensFor(path)];
      if (what === 'toFhir') expect(here.safeToFhir(input, options)).toStrictEqual(there.safeToFhir(input, options));
      else expect(here.safeFromFhir(input, options)).toStrictEqual(there.safeFromFhir(input, options));
    }
  });

  it('refuse a put, and say what is missing', () => {
    const edit = { ...payload, lengthMinutes: 5 };
    const onto = small.encounters.safeToFhir(edit, { onto: encounter });
    const update = small.encounters.safeUpdate(encounter, { status: 'cancelled' });
    for (const refused of [onto, update]) {
      expect([refused.ok, refused.issues.map(({ id, expression }) => [id, ...expression])]).toStrictEqual([
        false,
        [['put-not-checked', 'Encounter']],
      ]);
      expect(refused.issues[0]?.diagnostics).toMatch('lensesWith');
    }
    expect(() => small.encounters.toFhir(edit, { onto: encounter })).toThrow(small.ClinikFhirError);
    // What changes nothing breaks nothing.
    expect(small.encounters.toFhir(payload, { onto: encounter })).toStrictEqual(encounter);
  });

  it('find a lens by its name', () => {
    expect(small.lensFor('Encounter')).toBe(small.encounters);
    expect(whole.lensFor('encounters')).toBe(whole.encounters);
    expect([small.findLens('Patient'), whole.findLens('Patient')]).toStrictEqual([undefined, undefined]);
  });
});

describe('the lenses with a validator', () => {
  it('put as the whole package does', () => {
    const puts = asked.flatMap(({ what, path, input }) => {
      const there = lensFor(path);
      const read = what === 'thereAndBack' ? there.safeFromFhir(input) : undefined;
      return read?.ok === true ? [{ path, payload: read.payload, onto: input }] : [];
    });
    expect(puts.length).toBeGreaterThan(50);
    for (const { path, payload, onto } of puts) {
      const options = { onto } as object;
      expect(whole.lensFor(path).safeToFhir(payload, options)).toStrictEqual(
        lensFor(path).safeToFhir(payload, options),
      );
    }
  });

  it('refuse what breaks a rule as the whole package does', () => {
    const onto = {
      resourceType: 'Task',
      status: 'draft',
      intent: 'order',
      authoredOn: '2026-01-05T10:00:00Z',
    } as const;
    const edit = { status: 'ready', intent: 'order', authoredOn: '2026-01-05T10:00:00Z' } as const;
    const options = { onto, now: '2026-01-04T08:00:00Z' };
    const refused = whole.tasks.safeToFhir(edit, options);
    expect(refused.issues.map(({ id }) => id)).toStrictEqual(['put-breaks-inv-1']);
    const { issues } = lensFor('tasks').safeToFhir(edit, options);
    expect(operationOutcome(refused.issues)).toStrictEqual(operationOutcome(issues));
  });

  it.each([
    ['an error', { severity: 'error', code: 'exception', details: { text: 'It is full.' } }, 'put-breaks-exception'],
    ['a fatal one', { severity: 'fatal', code: 'invalid' }, 'put-breaks-invalid'],
    ['a warning', { severity: 'warning', code: 'invalid' }, undefined],
  ] as const)('take the answers of another: %s', (_, issue, id) => {
    const answers = (resource: unknown): OperationOutcome => ({
      resourceType: 'OperationOutcome',
      issue: resource === encounter ? [{ severity: 'information', code: 'informational' }] : [issue],
    });
    const result = small
      .lensesWith(answers)
      .encounters.safeToFhir({ ...payload, lengthMinutes: 5 }, { onto: encounter });
    ensure(result.ok === (id === undefined));
    expect(result.issues[0]?.id).toBe(id);
  });
});
