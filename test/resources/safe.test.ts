import { describe, expect, it } from '@jest/globals';
import { findLens } from '../../src/resources/registry.js';
import { ensure } from '../support/ensure.js';

const TYPES = ['ClinicalImpression', 'Encounter', 'Composition', 'DiagnosticReport', 'Task'] as const;

type Json = { [key: string]: unknown };

/** The least that the tables read, with something under every name that they do. */
function filledWith(resourceType: string, value: unknown): Json {
  const fields = findLens(resourceType)?.fields ?? [];
  const elements = fields.map((row) => row.element.split(/[.[]/)[0] ?? '');
  return { resourceType, ...Object.fromEntries(elements.map((element) => [element, value])) };
}

function nested(levels: number, list: boolean): unknown {
  let value: unknown = {};
  for (let level = 0; level < levels; level += 1) value = list ? [value] : { section: value };
  return value;
}

function cyclic(resourceType: string): Json {
  const record: Json = { resourceType };
  record.section = [record];
  record.contained = [record, record];
  return record;
}

const idsOf = ({ issues }: { issues: readonly { id: string }[] }): string[] => issues.map((issue) => issue.id);

for (const type of TYPES) {
  describe(`the safe calls of ${type}`, () => {
    const lens = findLens(type);
    ensure(lens);
    const refused = (result: { ok: boolean; issues: readonly { severity: string }[] }): boolean =>
      !result.ok && result.issues.some((issue) => issue.severity === 'error');

    it('refuse what is no record', () => {
      for (const value of [
        null,
        undefined,
        '',
        'text',
        0,
        1,
        true,
        [],
        [{}],
        {},
        { resourceType: 'Patient' },
        { resourceType: [type] },
      ]) {
        ensure(refused(lens.safeFromFhir(value)), JSON.stringify(value));
        ensure(refused(lens.safeToFhir(value)), JSON.stringify(value));
        expect(lens.validatePayload(value).length).toBeGreaterThan(0);
      }
    });

    it('say of another type only that it is another one', () => {
      const result = lens.safeFromFhir({ resourceType: 'John Doe' });
      expect(result).toStrictEqual({
        ok: false,
        issues: [
          {
            severity: 'error',
            code: 'structure',
            id: 'resource-type',
            expression: [type],
            diagnostics: `The record is no resource of type ${type}.`,
          },
        ],
      });
    });

    it('stand nonsense under every element', () => {
      for (const value of [
        null,
        '',
        'x',
        0,
        true,
        [],
        {},
        [null],
        [[]],
        [{}],
        { coding: null },
        { extension: 1 },
        [{ coding: [null] }],
      ]) {
        ensure(refused(lens.safeFromFhir(filledWith(type, value))), JSON.stringify(value));
      }
      for (const key of ['meta', 'text', 'contained', 'identifier', 'extension', 'id']) {
        for (const value of [null, 1, 'x', [null], {}])
          expect(refused(lens.safeFromFhir({ resourceType: type, [key]: value }))).toBe(true);
      }
    });

    it('refuse 10,000 levels of nesting', () => {
      for (const list of [false, true]) {
        const deep = { resourceType: type, section: nested(10_000, list) };
        expect(idsOf(lens.safeFromFhir(deep))).toStrictEqual(['too-deep']);
        expect(idsOf(lens.safeToFhir({ sections: nested(10_000, list) }))).toStrictEqual(['too-deep']);
      }
    });

    it('refuse a record that holds itself', () => {
      const record = cyclic(type);
      expect(idsOf(lens.safeFromFhir(record))).toStrictEqual(['too-deep']);
      expect(idsOf(lens.safeToFhir(record))).toStrictEqual(['too-deep']);
    });
  });
}
