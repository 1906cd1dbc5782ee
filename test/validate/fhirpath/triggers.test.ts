import { describe, expect, it } from '@jest/globals';
import { tree } from '../../../scripts/r4/tree.js';
import { structureOf } from '../../../src/fhir/definitions.js';
import { triggersOf } from '../../../src/validate/fhirpath/triggers.js';
import { ensure } from '../../support/ensure.js';

/** What the differential test finds on all examples: no invariant fails without its triggers. */
describe('the elements without which an invariant holds', () => {
  const table = [
    ['Patient', 'contact.empty()', ['contact']],
    ['Patient', 'contact.name.empty() and gender.exists().not()', ['contact', 'gender']],
    ['Patient', 'contact.name.empty() or gender.exists().not()', ['contact']],
    ['Patient', 'active.exists() or gender.empty()', ['gender']],
    ['Patient', "(gender.exists() and gender = 'male') implies active", ['gender']],
    ['Patient', 'contact.where(gender.exists()).name.all(family.exists())', ['contact']],
    ['Patient', 'Patient.name.family.isDistinct()', ['name']],
    ['Period', 'start.hasValue().not() or end.hasValue().not() or (start <= end)', ['start']],
    ['Observation', 'value.empty() or component.exists().not()', ['value']],
    ['Patient', 'name.exists()', undefined],
    ['Patient', "gender = 'male'", undefined],
    ['Patient', 'active.empty() and name.exists()', undefined],
    ['Patient', 'contact.count() = 0', undefined],
    ['Patient', '%resource.contact.empty()', undefined],
    ['Patient', 'contact.iif(empty(), true).empty()', undefined],
  ] as const;
  for (const [type, expression, expected] of table) {
    it(expression, () => {
      const structure = structureOf(type);
      ensure(structure !== undefined);
      const found = triggersOf(tree(expression), structure);
      expect(found === undefined ? undefined : [...found]).toStrictEqual(expected);
    });
  }
});
