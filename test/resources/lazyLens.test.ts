import { describe, expect, it } from '@jest/globals';
import { lazyLens } from '../../src/resources/lazyLens.js';
import { lenses } from '../../src/resources/registry.js';
import { tasksLens } from '../../src/resources/tasks.js';

describe('a lens that is made late', () => {
  const late = () => {
    const count = { made: 0 };
    const lens = lazyLens('Task', 'tasks', () => {
      count.made += 1;
      return tasksLens(() => {});
    });
    return { lens, count };
  };

  it('is made once, when more than its names is asked for', () => {
    const { lens, count } = late();
    expect([lens.path, lens.resourceType, count.made]).toStrictEqual(['tasks', 'Task', 0]);
    const { safeFromFhir } = lens;
    expect([safeFromFhir({ resourceType: 'Task' }).ok, count.made]).toStrictEqual([false, 1]);
    expect([typeof lens.schema, lens.fields.length > 0, count.made]).toStrictEqual(['object', true, 1]);
  });

  it.each(Object.entries(lenses))('is called as the one that is made: %s', (path, lens) => {
    expect(lens.path).toBe(path);
    expect(Object.keys(lens)).toStrictEqual(Object.keys(tasksLens(() => {})));
  });

  it('has all that the other has, in its order, and gives all that it is given', () => {
    const made = tasksLens(() => {});
    const given: { [name: string]: readonly unknown[] } = {};
    const spyOf = (name: string) => {
      return (...all: unknown[]): void => {
        given[name] = all;
      };
    };
    const spies = Object.fromEntries(
      Object.entries(made).map(([name, value]) => [name, typeof value === 'function' ? spyOf(name) : value]),
    );
    const lens = lazyLens(made.resourceType, made.path, () => Object.assign(made, spies));
    expect(Object.keys(lens)).toStrictEqual(Object.keys(made));
    for (const [name, value] of Object.entries(lens)) {
      if (typeof value !== 'function') continue;
      Reflect.apply(value, undefined, ['a', 'b', 'c']);
      expect([name, ['a', 'b', 'c'].slice(0, value.length)]).toStrictEqual([name, given[name]]);
    }
    expect(Object.keys(given).length).toBe(10);
  });

  it('can be frozen, and one of its functions replaced, before it is used', () => {
    const frozen = Object.freeze(late().lens);
    expect(frozen.safeFromFhir({ resourceType: 'Task' }).ok).toBe(false);
    const mocked: { path: string; toFhir: unknown } = late().lens;
    const mock = () => 'mock';
    Object.assign(mocked, { toFhir: mock, path: 'other' });
    expect(late().lens.fields.length).toBeGreaterThan(0);
    expect([mocked.toFhir, mocked.path]).toStrictEqual([mock, 'other']);
  });
});
