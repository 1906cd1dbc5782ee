import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isPrimitiveType, type StructureDefinition, structureOf } from '../../src/fhir/definitions.js';
import { RULES } from '../../src/validate/rules.js';
import { ensure } from '../support/ensure.js';
import { rulesIn } from '../support/validation.js';
import { ROWS, ROWS_BY_KEY } from './rows/index.js';

const TYPES = [
  'ClinicalImpression',
  'Encounter',
  'Composition',
  'DiagnosticReport',
  'Task',
  'Bundle',
  'Patient',
  'Observation',
];

/** The rules that no change of a valid resource can break, and the tests that hold them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  unreadable: 'hostile.test.ts',
  'too-deep': 'depth.test.ts',
  'too-large': 'depth.test.ts',
  'invariant-not-evaluated': 'notEvaluated.test.ts',
  'issues-truncated': 'options.test.ts',
  'search-outcome': 'bundleEntries.test.ts',
  'rule-invalid': 'options.test.ts',
  'rule-not-evaluated': 'userRules.test.ts',
  'terminology-not-loaded': '../core.test.ts',
  'profile-min': 'profile/profiles.test.ts',
  'profile-max': 'profile/profiles.test.ts',
  'profile-type': 'profile/profiles.test.ts',
  'profile-fixed': 'profile/profiles.test.ts',
  'profile-pattern': 'profile/profiles.test.ts',
  'profile-length': 'profile/profiles.test.ts',
  'profile-range': 'profile/profiles.test.ts',
  'profile-target': 'profile/profiles.test.ts',
  'profile-binding': 'profile/profiles.test.ts',
  'profile-binding-extensible': 'profile/profiles.test.ts',
  'profile-binding-not-checked': 'profile/profiles.test.ts',
  'profile-must-support': 'profile/mustSupport.test.ts',
  'profile-other-version': 'profile/verdicts/verdicts.test.ts',
  'profile-part-not-checked': 'profile/slicing.test.ts',
  'profile-slice-closed': 'profile/profiles.test.ts',
  'profile-slice-order': 'profile/profiles.test.ts',
  'profile-context': 'profile/profiles.test.ts',
  valid: '../support/validation.ts',
};

/** The keys of the invariants of a type, of its elements and of all their types, each with a place that has it. */
function keysOf(structure: StructureDefinition, keys: Map<string, string>, seen: Set<StructureDefinition>): void {
  if (seen.has(structure)) return;
  seen.add(structure);
  for (const { key } of structure.invariants) keys.set(key, structure.path);
  for (const { name, types, invariants, content } of structure.elements.values()) {
    for (const { key } of invariants) keys.set(key, `${structure.path}.${name}`);
    const below = [content?.(), ...types.map((type) => (isPrimitiveType(type) ? undefined : structureOf(type)))];
    for (const one of below) if (one !== undefined) keysOf(one, keys, seen);
  }
}

describe('the rows of the tables', () => {
  const keys = new Map<string, string>();
  const seen = new Set<StructureDefinition>();
  for (const type of TYPES) {
    const structure = structureOf(type);
    ensure(structure !== undefined);
    keysOf(structure, keys, seen);
  }

  it('are looked for in all the types', () => {
    expect(keys.size).toBe(53);
    expect(seen.size).toBeGreaterThan(60);
  });

  for (const [key, path] of [...keys].sort()) {
    it(`have one that breaks ${key}, of ${path}, and one that only seems to`, () => {
      const rows = ROWS_BY_KEY[key] ?? [];
      ensure(rulesIn(rows).has(key), `no row breaks ${key}`);
      ensure(
        rows.some(([, , , ...finds]) => finds.length === 0),
        `no row is a near miss of ${key}`,
      );
    });
  }

  it('have no key that no type has', () => {
    expect(Object.keys(ROWS_BY_KEY).filter((key) => !keys.has(key))).toStrictEqual([]);
  });

  const found = rulesIn(ROWS);
  for (const id of Object.keys(RULES)) {
    it(`have one that breaks the rule ${id}`, () => {
      const file = ELSEWHERE[id];
      if (file === undefined) ensure(found.has(id), `no row breaks ${id}`);
      else ensure(readFileSync(join('test', 'validate', file), 'utf8').includes(`${id}`), `${file} has no ${id}`);
    });
  }

  it('have names of their own', () => {
    const names = ROWS.map(([title, base, , ...finds]) => `${finds.length > 0} ${title} ${base.resourceType}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toStrictEqual([]);
  });
});
