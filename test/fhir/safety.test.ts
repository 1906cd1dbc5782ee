import { describe, expect, it } from '@jest/globals';
import { checkDepth, checkModifiers, checkSecurity } from '../../src/fhir/safety.js';
import { payloadScope, readScope } from '../../src/fhir/scope.js';
import { SYSTEM } from '../../src/fhir/terminology/codeSystems.js';
import type { JsonObject } from '../../src/lens/json.js';

const found = (resource: JsonObject) => {
  const scope = readScope('Encounter', {});
  const whole = checkModifiers(resource, scope);
  return { whole, at: scope.issues?.map((issue) => [issue.id, ...issue.expression]) };
};

/** Objects (or lists) below each other, with something at the bottom. */
function nested(levels: number, bottom: unknown, list = false): JsonObject {
  let value = bottom;
  for (let level = 0; level < levels; level += 1) value = list ? [value] : { a: value };
  return { resourceType: 'Encounter', a: value };
}

describe('checkModifiers', () => {
  it('finds a modifierExtension at any depth', () => {
    expect(found({ modifierExtension: [] }).at).toStrictEqual([['modifier-extension', 'Encounter.modifierExtension']]);
    expect(found({ participant: [{}, { individual: { modifierExtension: [{ url: 'u' }] } }] }).at).toStrictEqual([
      ['modifier-extension', 'Encounter.participant[1].individual.modifierExtension'],
    ]);
    expect(found({ contained: [{ resourceType: 'Condition', modifierExtension: {} }] }).at).toStrictEqual([
      ['modifier-extension', 'Encounter.contained[0].modifierExtension'],
    ]);
    expect(found(nested(150, { modifierExtension: null })).at?.length).toBe(1);
  });

  it('finds implicitRules, also where only an extension of them is there', () => {
    expect(found({ implicitRules: 'http://a.org' }).at).toStrictEqual([['implicit-rules', 'Encounter.implicitRules']]);
    expect(found({ contained: [{ implicitRules: 'x' }] }).at).toStrictEqual([
      ['implicit-rules', 'Encounter.contained[0].implicitRules'],
    ]);
  });

  it('finds all of them', () => {
    expect(found({ implicitRules: 'a', b: { modifierExtension: [] }, c: [{ modifierExtension: [] }] }).at?.length).toBe(
      3,
    );
  });

  it('is content with ordinary extensions and with words that look alike', () => {
    const resource = {
      extension: [{ url: 'modifierExtension' }],
      note: 'implicitRules',
      b: [null, 1, 'modifierExtension'],
    };
    expect(found(resource)).toStrictEqual({ whole: true, at: [] });
  });

  it('gives up on nesting that no reader could follow', () => {
    for (const list of [false, true]) {
      const deep = found(nested(10_000, 1, list));
      expect(deep.whole).toBe(false);
      expect(deep.at?.map(([id]) => id)).toStrictEqual(['too-deep']);
      expect(found(nested(190, 1, list)).whole).toBe(true);
    }
  });

  it('ends on a record that holds itself', () => {
    const cyclic: JsonObject = { a: [] };
    cyclic.b = { c: [cyclic, cyclic] };
    expect(found(cyclic).whole).toBe(false);
  });
});

describe('checkDepth', () => {
  it('refuses a payload that is nested too deep, or holds itself', () => {
    const cyclic: JsonObject = {};
    cyclic.self = [cyclic];
    for (const payload of [nested(10_000, 1), nested(10_000, 1, true), cyclic]) {
      const scope = payloadScope({});
      expect(checkDepth(payload, scope)).toBe(false);
      expect(scope.issues?.map((issue) => issue.id)).toStrictEqual(['too-deep']);
    }
    const scope = payloadScope({});
    expect(checkDepth(nested(150, 1), scope)).toBe(true);
    expect(scope.failed).toBe(false);
  });
});

describe('checkSecurity', () => {
  const confidential = (code: string): JsonObject => ({ system: SYSTEM.confidentiality, code });
  const sensitive = { system: SYSTEM.actCode, code: 'HIV' };

  const refused = (security: unknown, confidentiality?: string, accept = false): string[] => {
    const scope = readScope('Encounter', accept ? { securityLabels: 'accept' } : {});
    checkSecurity({ meta: { security } }, confidentiality, scope);
    return (scope.issues ?? []).map((issue) => `${issue.id} ${issue.expression[0]}`);
  };

  it('refuses restricted and sensitive labels that ClinikAPI would not be told of', () => {
    const at = ['security-label Encounter.meta.security[0]'];
    for (const label of [confidential('R'), confidential('V'), sensitive]) expect(refused([label])).toStrictEqual(at);
    expect(refused([{ code: 'x' }, sensitive])).toStrictEqual(['security-label Encounter.meta.security[1]']);
  });

  it('accepts them where the caller does', () => {
    expect(refused([confidential('V'), sensitive], undefined, true)).toStrictEqual([]);
  });

  it('knows the systems by the names that they have had, and takes a label without one at its word', () => {
    const labels = [
      { code: 'R' },
      { system: 'http://hl7.org/fhir/v3/Confidentiality', code: 'V' },
      { system: 'urn:oid:2.16.840.1.113883.5.25', code: 'R' },
      { system: 'urn:oid:2.16.840.1.113883.5.4', code: 'HIV' },
    ];
    expect(refused(labels)).toHaveLength(labels.length);
  });

  it('takes no other label for one of them', () => {
    const labels = [
      confidential('N'),
      confidential('U'),
      confidential('HIV'),
      { system: SYSTEM.actCode, code: 'R' },
      { system: 'http://example.org', code: 'R' },
      { system: SYSTEM.confidentiality },
      null,
      'R',
    ];
    expect(refused(labels)).toStrictEqual([]);
    expect(refused('R')).toStrictEqual([]);
  });

  it('is content where the confidentiality says as much', () => {
    expect(refused([confidential('R')], 'R')).toStrictEqual([]);
    expect(refused([confidential('V')], 'V')).toStrictEqual([]);
    expect(refused([confidential('R')], 'V')).toStrictEqual([]);
    expect(refused([confidential('V')], 'R')).toHaveLength(1);
    expect(refused([confidential('R')], 'N')).toHaveLength(1);
  });

  it('copes with a meta that is none', () => {
    for (const meta of [undefined, null, 'x', []]) {
      const scope = readScope('Encounter', {});
      checkSecurity({ meta }, undefined, scope);
      expect(scope.issues).toStrictEqual([]);
    }
  });
});
