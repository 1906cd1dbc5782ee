import { describe, expect, it } from '@jest/globals';
import { lazyLens } from '../../src/resources/lazyLens.js';
import { lenses } from '../../src/resources/registry.js';
import { tasksLens } from '../../src/resources/tasks.js';

describe('a lens that is made late', () => {
  it('is made once, when more than its names is asked for', () => {
    let made = 0;
    const late = lazyLens('Task', 'tasks', () => {
      made += 1;
      return tasksLens(() => {});
    });
    expect([late.path, late.resourceType, made]).toStrictEqual(['tasks', 'Task', 0]);
    const { safeFromFhir } = late;
    expect([late.safeFromFhir, typeof late.schema, made]).toStrictEqual([safeFromFhir, 'object', 1]);
    expect(safeFromFhir({ resourceType: 'Task' }).ok).toBe(false);
  });

  it.each(Object.entries(lenses))('has all that it has when it is made: %s', (path, lens) => {
    const before = { path: lens.path, resourceType: lens.resourceType };
    const late = lazyLens<object & typeof before>(before.resourceType, before.path, () => before);
    const names = Object.keys(late);
    expect(before.path).toBe(path);
    // Asking for one thing makes all of it.
    expect(lens.fields.length).toBeGreaterThan(0);
    expect(Object.keys(lens)).toStrictEqual(names);
    expect({ path: lens.path, resourceType: lens.resourceType }).toStrictEqual(before);
    for (const name of names)
      expect([name, Object.getOwnPropertyDescriptor(lens, name)?.get]).toStrictEqual([name, undefined]);
  });
});
