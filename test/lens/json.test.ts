import { describe, expect, it } from '@jest/globals';
import { assign, clone, equal, fingerprint, isObject, type JsonObject, own } from '../../src/lens/json.js';

const parse = (text: string): JsonObject => JSON.parse(text);

describe('isObject', () => {
  it('is true for what JSON writes with braces only', () => {
    expect([{}, { a: 1 }].map(isObject)).toStrictEqual([true, true]);
    expect([null, [], 'x', 1, true, undefined].map(isObject)).toStrictEqual([false, false, false, false, false, false]);
  });
});

describe('own', () => {
  it('gives a property that the record holds', () => {
    expect(own({ a: 1 }, 'a')).toBe(1);
    expect(own({ a: null }, 'a')).toBeNull();
  });

  it('does not take the properties of every object for those of the record', () => {
    for (const key of ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'missing']) {
      expect([key, own({}, key)]).toStrictEqual([key, undefined]);
    }
  });

  it('gives a property of the record that has such a name', () => {
    const record = parse('{"__proto__":{"a":1},"constructor":"c","toString":["t"]}');
    expect(own(record, '__proto__')).toStrictEqual({ a: 1 });
    expect(own(record, 'constructor')).toBe('c');
    expect(own(record, 'toString')).toStrictEqual(['t']);
  });
});

describe('assign', () => {
  it('makes an own property of __proto__ and leaves the prototype alone', () => {
    const object: JsonObject = {};
    assign(object, '__proto__', { polluted: true });
    expect(Object.keys(object)).toStrictEqual(['__proto__']);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(object.polluted).toBeUndefined();
    expect(JSON.stringify(object)).toBe('{"__proto__":{"polluted":true}}');
  });

  it('makes a property that can be changed and deleted like any other', () => {
    const object: JsonObject = {};
    assign(object, '__proto__', 1);
    assign(object, '__proto__', 2);
    expect(own(object, '__proto__')).toBe(2);
    expect(Reflect.deleteProperty(object, '__proto__')).toBe(true);
    expect(Object.keys(object)).toStrictEqual([]);
  });

  it('sets any other property', () => {
    const object: JsonObject = { a: 1 };
    assign(object, 'constructor', 2);
    expect(Object.entries(object)).toStrictEqual([
      ['a', 1],
      ['constructor', 2],
    ]);
  });
});

describe('equal', () => {
  const same: readonly (readonly [unknown, unknown])[] = [
    [1, 1],
    ['a', 'a'],
    [null, null],
    [[], []],
    [{}, {}],
    [
      { a: 1, b: [2, { c: 3 }] },
      { b: [2, { c: 3 }], a: 1 },
    ],
    [parse('{"__proto__":{"a":1}}'), parse('{"__proto__":{"a":1}}')],
    [{ constructor: 1 }, { constructor: 1 }],
  ];
  const different: readonly (readonly [unknown, unknown])[] = [
    [1, '1'],
    [0, false],
    [null, {}],
    [null, undefined],
    [[], {}],
    [[1], [1, 2]],
    [
      [1, 2],
      [2, 1],
    ],
    [['a'], { 0: 'a' }],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: { b: [1] } }, { a: { b: [2] } }],
    [parse('{"__proto__":{"a":1}}'), {}],
    [{}, parse('{"__proto__":{"a":1}}')],
    [parse('{"__proto__":{"a":1}}'), parse('{"__proto__":{"a":2}}')],
    [{ toString: 'x' }, {}],
    [{}, { constructor: 'x' }],
  ];

  it('is true for the same JSON, whatever the order of its keys', () => {
    for (const [a, b] of same)
      expect([JSON.stringify([a, b]), equal(a, b)]).toStrictEqual([JSON.stringify([a, b]), true]);
  });

  it('is false for any difference, either way round', () => {
    for (const [a, b] of different) {
      expect([JSON.stringify([a, b]), equal(a, b)]).toStrictEqual([JSON.stringify([a, b]), false]);
      expect([JSON.stringify([b, a]), equal(b, a)]).toStrictEqual([JSON.stringify([b, a]), false]);
    }
  });
});

describe('clone', () => {
  it('copies every level and shares none', () => {
    const source = { list: [{ a: 1 }], object: { b: [2] }, nothing: null };
    const copy = clone(source);
    expect(copy).toStrictEqual(source);
    expect(copy).not.toBe(source);
    expect(copy.list).not.toBe(source.list);
    expect(copy.list[0]).not.toBe(source.list[0]);
    expect(copy.object.b).not.toBe(source.object.b);
  });

  it('keeps the order of keys, and keys of any name', () => {
    const text = '{"z":1,"__proto__":{"x":1},"a":{"constructor":[],"toString":null}}';
    const copy = clone(parse(text));
    expect(JSON.stringify(copy)).toBe(text);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it('gives what is no object as it is', () => {
    expect(['a', 1, null, undefined, true].map(clone<unknown>)).toStrictEqual(['a', 1, null, undefined, true]);
  });
});

describe('fingerprint', () => {
  it('is the same for keys in another order, at any depth', () => {
    expect(fingerprint({ a: { b: 1, c: [2] }, d: 3 })).toBe(fingerprint({ d: 3, a: { c: [2], b: 1 } }));
  });

  it('tells values apart that look alike as text', () => {
    const values: readonly unknown[] = [
      1,
      '1',
      null,
      'null',
      [],
      {},
      [[]],
      ['a', 'b'],
      ['a,b'],
      ['a","b'],
      ['b', 'a'],
      [1, 12],
      [11, 2],
      [112],
      { a: 1 },
      { a: '1' },
      { 'a":1,"b': 1 },
      { a: 1, b: 1 },
      parse('{"__proto__":1}'),
    ];
    expect(new Set(values.map(fingerprint)).size).toBe(values.length);
  });
});
