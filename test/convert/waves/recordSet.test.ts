import { describe, expect, it } from '@jest/globals';
import { type Order, recordSet } from '../../../src/convert/waves/recordSet.js';
import type { Path } from '../../../src/resources/registry.js';

type Given = readonly [name: string | undefined, path: Path, ...links: (readonly [element: string, name: string])[]];

function orderOf(...records: readonly Given[]): Order {
  const set = recordSet();
  for (const [name, path, ...links] of records)
    set.add(
      name === undefined ? [] : [name],
      path,
      links.map(([element, target]) => ({ element, name: target })),
    );
  return set.order();
}

const wavesOf = (order: Order, count: number): number[] => Array.from({ length: count }, (_, n) => order.waveOf(n));

describe('the waves of a set', () => {
  it('are none without records', () => {
    const { waves, counts, cycles, references } = recordSet().order();
    expect({ waves, counts, cycles }).toStrictEqual({
      waves: 0,
      counts: [],
      cycles: { groups: 0, records: 0, cut: {} },
    });
    const none = { total: 0, byType: {} };
    expect(references).toStrictEqual({
      total: 0,
      mapped: 0,
      inSet: 0,
      skipped: none,
      rejected: none,
      outside: none,
      ofSource: { ...none, records: 0 },
    });
  });

  it('tell of each record what it points at that is rejected, or nowhere in the set', () => {
    const set = recordSet();
    const links = (...all: [string, string][]) => all.map(([element, name]) => ({ element, name }));
    set.add(['Task/t1'], 'tasks', links(['for', 'Patient/p1'], ['partOf', 'Task/bad'], ['basedOn', 'Task/none']));
    set.add(['Task/t2'], 'tasks', links(['for', 'Patient/p2'], ['basedOn', 'Task/none'], ['basedOn', 'Task/no']));
    set.add([], 'tasks', links(['partOf', 'Task/t1']));
    set.other('Patient/p1', 'skipped');
    set.other('Task/bad', 'rejected');
    const order = set.order();
    expect([0, 1, 2].map(order.outsideOf)).toStrictEqual([['Task.basedOn'], ['Task.for', 'Task.basedOn'], []]);
    expect([0, 1, 2].map(order.rejectedOf)).toStrictEqual([['Task.partOf'], [], []]);
    expect(wavesOf(order, 3)).toStrictEqual([0, 0, 1]);
  });

  it('wait for what an id map knows as well, but miss it nowhere', () => {
    const set = recordSet();
    const links = ['Task/t2', 'Task/bad', 'Task/none'].map((name) => ({ element: 'partOf', name, isMapped: true }));
    set.add(['Task/t1'], 'tasks', links);
    set.add(['Task/t2'], 'tasks', []);
    set.other('Task/bad', 'rejected');
    const order = set.order();
    expect(wavesOf(order, 2)).toStrictEqual([1, 0]);
    expect([order.outsideOf(0), order.rejectedOf(0)]).toStrictEqual([[], []]);
    const { total, mapped, inSet } = order.references;
    expect({ total, mapped, inSet }).toStrictEqual({ total: 3, mapped: 3, inSet: 0 });
  });

  it('know a record by each of its names', () => {
    const set = recordSet();
    set.add(['Encounter/e1', 'Encounter/enc_1'], 'encounters', []);
    for (const name of ['Encounter/e1', 'Encounter/enc_1']) set.add([], 'tasks', [{ element: 'encounter', name }]);
    expect(wavesOf(set.order(), 3)).toStrictEqual([0, 1, 1]);
  });

  it('begin with what points at nothing, and go on with what waits for that', () => {
    const order = orderOf(
      ['Composition/d1', 'documents', ['encounter', 'Encounter/e1'], ['section.entry', 'DiagnosticReport/l1']],
      ['DiagnosticReport/l1', 'labs', ['encounter', 'Encounter/e2']],
      ['Encounter/e1', 'encounters'],
      ['Encounter/e2', 'encounters', ['partOf', 'Encounter/e1']],
    );
    expect(wavesOf(order, 4)).toStrictEqual([3, 2, 0, 1]);
    expect(order.counts).toStrictEqual([{ encounters: 1 }, { encounters: 1 }, { labs: 1 }, { documents: 1 }]);
    expect(order.waves).toBe(4);
    expect([0, 1, 2, 3].flatMap(order.cutOf)).toStrictEqual([]);
  });

  it('count the paths of each', () => {
    const order = orderOf(
      ['Task/t1', 'tasks'],
      ['Encounter/e1', 'encounters'],
      [undefined, 'tasks'],
      ['Task/t2', 'tasks', ['partOf', 'Task/t1']],
    );
    expect(JSON.stringify(order.counts)).toBe('[{"encounters":1,"tasks":2},{"tasks":1}]');
  });

  it('have no place for what is skipped, rejected or not there, which are counted', () => {
    const set = recordSet();
    set.other('Patient/p1', 'skipped');
    set.add(['Task/t1'], 'tasks', [
      { element: 'for', name: 'Patient/p1', isOfSource: true },
      { element: 'partOf', name: 'Task/gone', isOfSource: true },
      { element: 'partOf', name: 'Task/gone', isOfSource: true },
      { element: 'encounter', name: 'Encounter/e1', isOfSource: true },
      { element: 'owner', name: 'Practitioner/pr1' },
      { element: 'focus', name: 'Task/t2', isOfSource: true },
    ]);
    set.add(['Task/t2'], 'tasks', []);
    set.other('Encounter/e1', 'rejected');
    const order = set.order();
    expect(wavesOf(order, 2)).toStrictEqual([1, 0]);
    expect(order.references).toStrictEqual({
      total: 6,
      mapped: 0,
      inSet: 3,
      skipped: { total: 1, byType: { Patient: 1 } },
      rejected: { total: 1, byType: { Encounter: 1 } },
      outside: { total: 3, byType: { Task: 2, Practitioner: 1 } },
      // Not what becomes a payload, is rejected, or has an id of ClinikAPI's.
      ofSource: {
        total: 3,
        records: 2,
        byType: { Task: { references: 2, records: 1 }, Patient: { references: 1, records: 1 } },
      },
    });
  });

  it('show no type that R4 does not have', () => {
    const { references } = orderOf(['Task/t1', 'tasks', ['focus', 'Smith/1'], ['focus', 'Smith'], ['focus', '/Task']]);
    expect(references.outside).toStrictEqual({ total: 3, byType: { '(unknown type)': 3 } });
  });

  it('follow the first record of a name that becomes a payload', () => {
    const order = orderOf(
      ['Task/t2', 'tasks', ['partOf', 'Task/t1']],
      ['Task/t1', 'tasks'],
      ['Task/t1', 'tasks', ['partOf', 'Task/t2']],
      ['Task/t3', 'tasks', ['partOf', 'Task/t1']],
    );
    expect(wavesOf(order, 4)).toStrictEqual([1, 0, 2, 1]);
    expect(order.cycles.groups).toBe(0);
  });

  it('take what was both converted and rejected as converted, whichever came first', () => {
    for (const isRejectedFirst of [true, false]) {
      const set = recordSet();
      if (isRejectedFirst) set.other('Task/t1', 'rejected');
      const first = set.add(['Task/t1'], 'tasks', []);
      if (!isRejectedFirst) set.other('Task/t1', 'rejected');
      const second = set.add(['Task/t2'], 'tasks', [{ element: 'partOf', name: 'Task/t1' }]);
      const order = set.order();
      expect([order.waveOf(first), order.waveOf(second)]).toStrictEqual([0, 1]);
      expect(order.references.rejected.total).toBe(0);
    }
  });

  it('take what was both skipped and rejected as rejected, whichever came first', () => {
    for (const kinds of [['skipped', 'rejected'] as const, ['rejected', 'skipped'] as const]) {
      const set = recordSet();
      for (const kind of kinds) set.other('Encounter/e1', kind);
      set.add([], 'tasks', [{ element: 'encounter', name: 'Encounter/e1' }]);
      const { references } = set.order();
      expect(references.rejected).toStrictEqual({ total: 1, byType: { Encounter: 1 } });
      expect(references.inSet).toBe(1);
    }
  });

  it('are asked for of records that there are', () => {
    const order = orderOf([undefined, 'tasks']);
    for (const record of [-1, 1, 0.5, Number.NaN]) {
      expect(() => order.waveOf(record)).toThrow(RangeError);
      expect(() => order.cutOf(record)).toThrow(RangeError);
    }
  });

  it('are as many as a chain is long', () => {
    const length = 100_000;
    const set = recordSet();
    for (let index = 0; index < length; index += 1)
      set.add([`Task/${index}`], 'tasks', [{ element: 'partOf', name: `Task/${index + 1}` }]);
    const order = set.order();
    expect(order.waves).toBe(length);
    expect(order.waveOf(0)).toBe(length - 1);
    expect(order.counts.at(-1)).toStrictEqual({ tasks: 1 });
    expect(order.references.outside.total).toBe(1);
  });
});

describe('the cycles of a set', () => {
  it('are cut where a record points at itself', () => {
    const order = orderOf(['Task/t1', 'tasks', ['partOf', 'Task/t1'], ['focus', 'Task/t1']]);
    expect(order.cutOf(0)).toStrictEqual(['Task.partOf', 'Task.focus']);
    expect(order.cycles).toStrictEqual({ groups: 1, records: 1, cut: { 'Task.focus': 1, 'Task.partOf': 1 } });
    expect(order.counts).toStrictEqual([{ tasks: 1 }]);
  });

  it('are cut at the least important link, wherever it stands', () => {
    const documentFirst = orderOf(
      ['Composition/d1', 'documents', ['section.entry', 'Task/t1']],
      ['Task/t1', 'tasks', ['focus', 'Composition/d1']],
    );
    expect(documentFirst.cycles.cut).toStrictEqual({ 'Composition.section.entry': 1 });
    const taskFirst = orderOf(
      ['Task/t1', 'tasks', ['focus', 'Composition/d1']],
      ['Composition/d1', 'documents', ['section.entry', 'Task/t1']],
    );
    expect(taskFirst.cycles.cut).toStrictEqual({ 'Composition.section.entry': 1 });
    expect([taskFirst.waveOf(0), taskFirst.waveOf(1)]).toStrictEqual([1, 0]);
  });

  it('are cut at the first record, where all links are alike', () => {
    const order = orderOf(
      ['Task/t1', 'tasks', ['partOf', 'Task/t3']],
      ['Task/t2', 'tasks', ['partOf', 'Task/t1']],
      ['Task/t3', 'tasks', ['partOf', 'Task/t2']],
    );
    expect(wavesOf(order, 3)).toStrictEqual([0, 1, 2]);
    expect([0, 1, 2].map(order.cutOf)).toStrictEqual([['Task.partOf'], [], []]);
  });

  it('leave what waits for them its links', () => {
    const order = orderOf(
      ['Task/t0', 'tasks', ['partOf', 'Task/t1']],
      ['Task/t1', 'tasks', ['partOf', 'Task/t2']],
      ['Task/t2', 'tasks', ['partOf', 'Task/t1'], ['encounter', 'Encounter/e1']],
      ['Encounter/e1', 'encounters'],
    );
    expect(wavesOf(order, 4)).toStrictEqual([1, 0, 1, 0]);
    expect(order.cycles).toStrictEqual({ groups: 1, records: 2, cut: { 'Task.partOf': 1 } });
  });

  it('keep a link that another cut made needless to cut', () => {
    const order = orderOf(
      ['Task/a', 'tasks', ['partOf', 'Task/b'], ['partOf', 'Task/x']],
      ['Task/b', 'tasks', ['partOf', 'Task/c']],
      ['Task/c', 'tasks', ['partOf', 'Task/b'], ['partOf', 'Task/a']],
      ['Task/x', 'tasks'],
    );
    expect(wavesOf(order, 4)).toStrictEqual([1, 0, 2, 0]);
    expect([0, 1, 2, 3].map(order.cutOf)).toStrictEqual([[], ['Task.partOf'], [], []]);
  });

  it('are cut as if they stood alone, where one waits for another', () => {
    for (const element of ['focus', 'partOf']) {
      const order = orderOf(
        ['Task/t1', 'tasks', ['focus', 'Task/t2']],
        ['Task/t2', 'tasks', ['focus', 'Task/t3']],
        ['Task/t3', 'tasks', ['focus', 'Task/t1'], [element, 'Task/t4']],
        ['Task/t4', 'tasks', ['focus', 'Task/t5']],
        ['Task/t5', 'tasks', ['focus', 'Task/t4']],
      );
      expect(wavesOf(order, 5)).toStrictEqual([0, 2, 1, 0, 1]);
      expect(order.cycles).toStrictEqual({ groups: 2, records: 5, cut: { 'Task.focus': 2 } });
    }
  });

  it('are counted each, with the records that are in them', () => {
    const order = orderOf(
      ['Task/t1', 'tasks', ['partOf', 'Task/t2']],
      ['Task/t2', 'tasks', ['partOf', 'Task/t1']],
      ['Encounter/e1', 'encounters', ['partOf', 'Encounter/e2']],
      ['Encounter/e2', 'encounters', ['partOf', 'Encounter/e3']],
      ['Encounter/e3', 'encounters', ['partOf', 'Encounter/e1']],
      ['Task/t3', 'tasks', ['encounter', 'Encounter/e1'], ['partOf', 'Task/t1']],
    );
    expect(order.cycles).toStrictEqual({ groups: 2, records: 5, cut: { 'Encounter.partOf': 1, 'Task.partOf': 1 } });
  });

  it('may be as long as the set', () => {
    const length = 100_000;
    const set = recordSet();
    for (let index = 0; index < length; index += 1)
      set.add([`Task/${index}`], 'tasks', [{ element: 'partOf', name: `Task/${(index + 1) % length}` }]);
    const order = set.order();
    expect(order.cycles).toStrictEqual({ groups: 1, records: length, cut: { 'Task.partOf': 1 } });
    expect(order.cutOf(0)).toStrictEqual(['Task.partOf']);
    expect(order.waves).toBe(length);
  });
});
