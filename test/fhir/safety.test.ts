import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(found({ modifierExtension: [] }).at, [['modifier-extension', 'Encounter.modifierExtension']]);
    assert.deepEqual(found({ participant: [{}, { individual: { modifierExtension: [{ url: 'u' }] } }] }).at, [
      ['modifier-extension', 'Encounter.participant[1].individual.modifierExtension'],
    ]);
    assert.deepEqual(found({ contained: [{ resourceType: 'Condition', modifierExtension: {} }] }).at, [
      ['modifier-extension', 'Encounter.contained[0].modifierExtension'],
    ]);
    assert.equal(found(nested(150, { modifierExtension: null })).at?.length, 1);
  });

  it('finds implicitRules, also where only an extension of them is there', () => {
    assert.deepEqual(found({ implicitRules: 'http://a.org' }).at, [['implicit-rules', 'Encounter.implicitRules']]);
    assert.deepEqual(found({ contained: [{ implicitRules: 'x' }] }).at, [
      ['implicit-rules', 'Encounter.contained[0].implicitRules'],
    ]);
  });

  it('finds all of them', () => {
    assert.equal(
      found({ implicitRules: 'a', b: { modifierExtension: [] }, c: [{ modifierExtension: [] }] }).at?.length,
      3,
    );
  });

  it('is content with ordinary extensions and with words that look alike', () => {
    const resource = {
      extension: [{ url: 'modifierExtension' }],
      note: 'implicitRules',
      b: [null, 1, 'modifierExtension'],
    };
    assert.deepEqual(found(resource), { whole: true, at: [] });
  });

  it('gives up on nesting that no reader could follow', () => {
    for (const list of [false, true]) {
      const deep = found(nested(10_000, 1, list));
      assert.equal(deep.whole, false);
      assert.deepEqual(
        deep.at?.map(([id]) => id),
        ['too-deep'],
      );
      assert.equal(found(nested(190, 1, list)).whole, true);
    }
  });

  it('ends on a record that holds itself', () => {
    const cyclic: JsonObject = { a: [] };
    cyclic.b = { c: [cyclic, cyclic] };
    assert.equal(found(cyclic).whole, false);
  });
});

describe('checkDepth', () => {
  it('refuses a payload that is nested too deep, or holds itself', () => {
    const cyclic: JsonObject = {};
    cyclic.self = [cyclic];
    for (const payload of [nested(10_000, 1), nested(10_000, 1, true), cyclic]) {
      const scope = payloadScope({});
      assert.equal(checkDepth(payload, scope), false);
      assert.deepEqual(
        scope.issues?.map((issue) => issue.id),
        ['too-deep'],
      );
    }
    const scope = payloadScope({});
    assert.equal(checkDepth(nested(150, 1), scope), true);
    assert.equal(scope.failed, false);
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
    for (const label of [confidential('R'), confidential('V'), sensitive]) assert.deepEqual(refused([label]), at);
    assert.deepEqual(refused([{ code: 'x' }, sensitive]), ['security-label Encounter.meta.security[1]']);
  });

  it('accepts them where the caller does', () => {
    assert.deepEqual(refused([confidential('V'), sensitive], undefined, true), []);
  });

  it('knows the systems by the names that they have had, and takes a label without one at its word', () => {
    const labels = [
      { code: 'R' },
      { system: 'http://hl7.org/fhir/v3/Confidentiality', code: 'V' },
      { system: 'urn:oid:2.16.840.1.113883.5.25', code: 'R' },
      { system: 'urn:oid:2.16.840.1.113883.5.4', code: 'HIV' },
    ];
    assert.equal(refused(labels).length, labels.length);
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
    assert.deepEqual(refused(labels), []);
    assert.deepEqual(refused('R'), []);
  });

  it('is content where the confidentiality says as much', () => {
    assert.deepEqual(refused([confidential('R')], 'R'), []);
    assert.deepEqual(refused([confidential('V')], 'V'), []);
    assert.deepEqual(refused([confidential('R')], 'V'), []);
    assert.equal(refused([confidential('V')], 'R').length, 1);
    assert.equal(refused([confidential('R')], 'N').length, 1);
  });

  it('copes with a meta that is none', () => {
    for (const meta of [undefined, null, 'x', []]) {
      const scope = readScope('Encounter', {});
      checkSecurity({ meta }, undefined, scope);
      assert.deepEqual(scope.issues, []);
    }
  });
});
