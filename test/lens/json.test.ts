import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assign, clone, equal, fingerprint, isObject, type JsonObject, own } from '../../src/lens/json.js';

const parse = (text: string): JsonObject => JSON.parse(text);

describe('isObject', () => {
  it('is true for what JSON writes with braces only', () => {
    assert.deepEqual([{}, { a: 1 }].map(isObject), [true, true]);
    assert.deepEqual([null, [], 'x', 1, true, undefined].map(isObject), [false, false, false, false, false, false]);
  });
});

describe('own', () => {
  it('gives a property that the record holds', () => {
    assert.equal(own({ a: 1 }, 'a'), 1);
    assert.equal(own({ a: null }, 'a'), null);
  });

  it('does not take the properties of every object for those of the record', () => {
    for (const key of ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'missing']) {
      assert.equal(own({}, key), undefined, key);
    }
  });

  it('gives a property of the record that has such a name', () => {
    const record = parse('{"__proto__":{"a":1},"constructor":"c","toString":["t"]}');
    assert.deepEqual(own(record, '__proto__'), { a: 1 });
    assert.equal(own(record, 'constructor'), 'c');
    assert.deepEqual(own(record, 'toString'), ['t']);
  });
});

describe('assign', () => {
  it('makes an own property of __proto__ and leaves the prototype alone', () => {
    const object: JsonObject = {};
    assign(object, '__proto__', { polluted: true });
    assert.deepEqual(Object.keys(object), ['__proto__']);
    assert.equal(Object.getPrototypeOf(object), Object.prototype);
    assert.equal(object.polluted, undefined);
    assert.equal(JSON.stringify(object), '{"__proto__":{"polluted":true}}');
  });

  it('makes a property that can be changed and deleted like any other', () => {
    const object: JsonObject = {};
    assign(object, '__proto__', 1);
    assign(object, '__proto__', 2);
    assert.equal(own(object, '__proto__'), 2);
    assert.ok(Reflect.deleteProperty(object, '__proto__'));
    assert.deepEqual(Object.keys(object), []);
  });

  it('sets any other property', () => {
    const object: JsonObject = { a: 1 };
    assign(object, 'constructor', 2);
    assert.deepEqual(Object.entries(object), [
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
    for (const [a, b] of same) assert.equal(equal(a, b), true, JSON.stringify([a, b]));
  });

  it('is false for any difference, either way round', () => {
    for (const [a, b] of different) {
      assert.equal(equal(a, b), false, JSON.stringify([a, b]));
      assert.equal(equal(b, a), false, JSON.stringify([b, a]));
    }
  });
});

describe('clone', () => {
  it('copies every level and shares none', () => {
    const source = { list: [{ a: 1 }], object: { b: [2] }, nothing: null };
    const copy = clone(source);
    assert.deepEqual(copy, source);
    assert.notEqual(copy, source);
    assert.notEqual(copy.list, source.list);
    assert.notEqual(copy.list[0], source.list[0]);
    assert.notEqual(copy.object.b, source.object.b);
  });

  it('keeps the order of keys, and keys of any name', () => {
    const text = '{"z":1,"__proto__":{"x":1},"a":{"constructor":[],"toString":null}}';
    const copy = clone(parse(text));
    assert.equal(JSON.stringify(copy), text);
    assert.equal(Object.getPrototypeOf(copy), Object.prototype);
  });

  it('gives what is no object as it is', () => {
    assert.deepEqual(['a', 1, null, undefined, true].map(clone<unknown>), ['a', 1, null, undefined, true]);
  });
});

describe('fingerprint', () => {
  it('is the same for keys in another order, at any depth', () => {
    assert.equal(fingerprint({ a: { b: 1, c: [2] }, d: 3 }), fingerprint({ d: 3, a: { c: [2], b: 1 } }));
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
      { a: 1 },
      { a: '1' },
      { 'a":1,"b': 1 },
      { a: 1, b: 1 },
      parse('{"__proto__":1}'),
    ];
    assert.equal(new Set(values.map(fingerprint)).size, values.length);
  });
});
