import { describe, expect, it } from '@jest/globals';
import { type StructureDefinition, structureOf } from '../../src/fhir/definitions.js';
import { types } from '../../src/fhir/generated/types.js';
import { isChoiceOf, isPropertyName } from '../../src/fhir/propertyNames.js';
import { ensure } from '../support/ensure.js';

function* structures(structure: StructureDefinition | undefined): Generator<StructureDefinition> {
  if (structure === undefined) return;
  yield structure;
  for (const { content, name } of structure.elements.values()) {
    const inside = content?.();
    // An element that shares the definition of one around it would never end.
    if (inside?.path === `${structure.path}.${name}`) yield* structures(inside);
  }
}

describe('the names of properties', () => {
  it('are those of every element of R4, and of every type of its choices', () => {
    let count = 0;
    for (const type of Object.keys(types)) {
      for (const structure of structures(structureOf(type))) {
        for (const [key, { element }] of structure.properties) {
          ensure(isPropertyName(key) && isPropertyName(`_${key}`), `${structure.path}.${key}`);
          if (element.isChoice) ensure(isChoiceOf(key, element.name), key);
          count += 1;
        }
      }
    }
    expect(count).toBeGreaterThan(5000);
    ensure(isPropertyName('resourceType'));
  });

  it('are no others', () => {
    for (const name of ['Jane', 'valueJane', 'toString', '__proto__', 'Patient', 'value[x]', '', '_', 'effective'])
      expect([name, isPropertyName(name)]).toStrictEqual([name, false]);
    ensure(!isChoiceOf('value', 'value') && !isChoiceOf('valueset', 'value') && !isChoiceOf('valueJane', 'value'));
  });
});
