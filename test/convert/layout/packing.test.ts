import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { frameSize } from '../../../src/convert/layout/body.js';
import { pack } from '../../../src/convert/layout/packing.js';
import { PATHS, type Payloads } from '../../../src/convert/layout/payloads.js';
import { lenses, type Path } from '../../../src/resources/registry.js';
import { ensure } from '../../support/ensure.js';

interface Payload {
  readonly path: Path;
  readonly wave: number;
  readonly size: number;
}

const none = { total: 0, byType: {} };

/** Payloads as a run collects them. */
function collected(all: readonly Payload[]): Payloads {
  const at = (index: number): Payload => all[index] ?? { path: 'tasks', wave: 0, size: 0 };
  return {
    count: all.length,
    isKnown: () => false,
    isRejected: () => false,
    rawTypeOf: () => undefined,
    rawTypes: [],
    pathOf: (index) => at(index).path,
    sizeOf: (index) => at(index).size,
    order: {
      waves: 1 + Math.max(-1, ...all.map(({ wave }) => wave)),
      waveOf: (index) => at(index).wave,
      cutOf: () => [],
      outsideOf: () => [],
      rejectedOf: () => [],
      counts: [],
      cycles: { groups: 0, records: 0, cut: {} },
      references: {
        total: 0,
        mapped: 0,
        inSet: 0,
        skipped: none,
        rejected: none,
        outside: none,
        ofSource: { ...none, records: 0 },
      },
    },
  };
}

interface Filled {
  readonly path: Path;
  readonly wave: number;
  readonly numbers: readonly number[];
  readonly size: number;
}

/** The bodies that a packing makes, with the payloads in each. */
function filled(all: readonly Payload[], maxBody: number): Filled[] {
  const packing = pack(collected(all), maxBody);
  const place = packing.places();
  const bodies = new Map<number, Filled>();
  for (const [index, { path, wave, size }] of all.entries()) {
    const { body, line } = place(index);
    const before = bodies.get(body) ?? { path, wave, numbers: [], size: frameSize(lenses[path].resourceType) - 2 };
    expect([before.path, before.wave, before.numbers.length + 1]).toStrictEqual([path, wave, line]);
    bodies.set(body, { path, wave, numbers: [...before.numbers, index], size: before.size + 2 + size });
  }
  const inOrder = [...bodies].sort(([a], [b]) => a - b);
  expect(inOrder.map(([number]) => number)).toStrictEqual(inOrder.map((_, index) => index + 1));
  expect(packing.bodies).toBe(bodies.size);
  for (const path of PATHS)
    expect(packing.byPath[path] ?? 0).toBe(inOrder.filter(([, body]) => body.path === path).length);
  return inOrder.map(([, body]) => body);
}

const runs = fc.integer({ min: 1000, max: 2000 }).chain((maxBody) =>
  fc.record({
    maxBody: fc.constant(maxBody),
    all: fc.array(
      fc.record({
        path: fc.constantFrom(...PATHS),
        wave: fc.integer({ min: 0, max: 3 }),
        size: fc.oneof(fc.integer({ min: 2, max: maxBody - 100 }), fc.integer({ min: 2, max: 60 })),
      }),
      { maxLength: 120 },
    ),
  }),
);

describe('the packing of payloads into bodies', () => {
  it('places each once, in sending order, within the limit, and begins a body only where the last one is full', () => {
    fc.assert(
      fc.property(runs, ({ all, maxBody }) => {
        const bodies = filled(all, maxBody);
        const keys = bodies.map(({ wave, path }) => wave * PATHS.length + PATHS.indexOf(path));
        expect(keys).toStrictEqual([...keys].sort((a, b) => a - b));
        for (const [index, { numbers, size, wave, path }] of bodies.entries()) {
          expect(size).toBeLessThanOrEqual(maxBody);
          const next = bodies[index + 1];
          if (next === undefined || next.wave !== wave || next.path !== path) continue;
          const [first = -1] = next.numbers;
          ensure(first > Math.max(...numbers), 'in the order of the input');
          ensure(size + 2 + (all[first]?.size ?? 0) > maxBody, 'the next one had no room');
        }
      }),
    );
  });

  it('fills a body to its last byte', () => {
    const frame = frameSize('Task');
    const tasks = (...sizes: number[]) => sizes.map((size): Payload => ({ path: 'tasks', wave: 0, size }));
    expect(filled(tasks(500, 1000 - frame - 500 - 2), 1000)).toHaveLength(1);
    expect(filled(tasks(500, 1000 - frame - 500 - 1), 1000)).toHaveLength(2);
    expect(filled(tasks(1000 - frame, 1000 - frame), 1000)).toHaveLength(2);
  });

  it('puts 10,000 records in a body at most', () => {
    const labs = new Array<Payload>(25_001).fill({ path: 'labs', wave: 0, size: 9 });
    const packing = pack(collected(labs), 100_000_000);
    expect(packing.bodies).toBe(3);
    const place = packing.places();
    const places = labs.map((_, index) => place(index));
    expect([9_999, 10_000, 25_000].map((index) => places[index])).toStrictEqual([
      { body: 1, line: 10_000 },
      { body: 2, line: 1 },
      { body: 3, line: 5001 },
    ]);
  });
});
