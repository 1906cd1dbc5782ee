import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Region } from '../../src/check/finding.js';
import { placeOfSyntaxError, placer } from '../../src/check/placeOfFinding.js';

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Müller 👩‍⚕️', given: ['A', 'B'], _given: [null, { extension: [{ url: 'u', valueCode: 'c' }] }] }],
  _birthDate: { extension: [{ url: 'u', valueDateTime: 'x' }] },
  multipleBirthInteger: 2,
  contact: [{ gender: 'x' }],
};

/** The text of a region. */
function textAt(text: string, { line, column, endLine, endColumn }: Region, firstLine = 1): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const first = lines[line - firstLine] ?? '';
  if (line === endLine) return first.slice(column - 1, endColumn - 1);
  throw new Error('a region of several lines');
}

const at = (text: string, expression: string, firstLine = 1): string =>
  textAt(text, placer(text, firstLine)(expression).region, firstLine);

describe('the place of an element', () => {
  const line = JSON.stringify(patient);

  it('is its key with its value, on one line', () => {
    assert.equal(at(line, 'Patient.id'), '"id":"p1"');
    assert.equal(at(line, 'Patient.name[0].given[1]'), '"B"');
    assert.equal(at(line, 'Patient.name[0].family'), '"family":"Müller 👩‍⚕️"');
    assert.equal(at(line, 'Patient'), line);
    assert.deepEqual(placer('{"name":"👩‍⚕️","id":"x"}', 7)('Patient.id').region, {
      line: 7,
      column: 17,
      endLine: 7,
      endColumn: 25,
    });
  });

  it('is the key, or the opening bracket, of what is several lines long', () => {
    const text = JSON.stringify(patient, null, '\t');
    assert.equal(at(text, 'Patient.name'), '"name"');
    assert.equal(at(text, 'Patient.name[0]'), '{');
    assert.equal(at(text, 'Patient'), '{');
    assert.deepEqual(placer(text, 3)('Patient.name[0].given[1]').region, {
      line: 11,
      column: 5,
      endLine: 11,
      endColumn: 8,
    });
  });

  it('is the same with CRLF, and behind a byte order mark', () => {
    const text = JSON.stringify(patient, null, 2);
    const expected = placer(text, 1)('Patient.contact[0].gender');
    assert.deepEqual(placer(text.replaceAll('\n', '\r\n'), 1)('Patient.contact[0].gender'), expected);
    assert.deepEqual(placer(`\uFEFF${text}`, 1)('Patient.contact[0].gender'), expected);
    assert.equal(expected.excerpt?.text, '      "gender": "…"');
    assert.deepEqual(placer('\uFEFF{"id":"x"}', 1)('Patient.id').region.column, 2);
  });

  it('of a choice is the property of one of its types', () => {
    assert.equal(at(line, 'Patient.multipleBirth'), '"multipleBirthInteger":2');
    assert.equal(at('{"value":1,"valueString":"a"}', 'Observation.value'), '"value":1');
    assert.equal(at('{"valueSet":1}', 'Observation.value'), '{');
    const two = '{"valueString":"a","valueQuantity":{"unit":"u"}}';
    assert.equal(at(two, 'Observation.value.unit'), '"unit":"u"');
    assert.equal(at('{"_valueString":{"id":1}}', 'Observation.value.id'), '"id":1');
  });

  it('of what stands beside a primitive is the property with the underscore', () => {
    assert.equal(at(line, 'Patient.birthDate.extension[0].url'), '"url":"u"');
    assert.match(at(line, 'Patient.birthDate'), /^"_birthDate":\{/);
    assert.equal(at(line, 'Patient.name[0].given[1].extension[0].value'), '"valueCode":"c"');
  });

  it('of an element that is not there is the key of the nearest one around it', () => {
    assert.equal(at(line, 'Patient.name[0].period.start'), '{');
    assert.equal(at(line, 'Patient.contact[0].gender.foo'), '"gender"');
    assert.equal(at(line, 'Patient.name[7]'), '"name"');
    assert.equal(at(line, 'Patient.link'), '{');
    assert.equal(at('{"code":{}}', 'Observation.code.text'), '"code"');
  });

  it('of a property that may not be named is that of the first such', () => {
    assert.equal(at('{"id":"a","Jane Doe":1}', 'Patient.children()'), '"Jane Doe":1');
    assert.equal(at('{"id":"a","_x-y":1}', 'Patient.children()'), '"_x-y":1');
  });

  it('is found in Bundles and in payloads', () => {
    const bundle = JSON.stringify({ resourceType: 'Bundle', entry: [{}, { resource: patient }] }, null, 2);
    assert.equal(at(bundle, 'Bundle.entry[1].resource.name[0].given[0]'), '"A"');
    assert.equal(at(bundle, 'Bundle.entry[1].resource.contact[0].name'), '{');
    const payload = '{"input":[{"valueBoolean":true}],"Odd":1}';
    assert.equal(at(payload, 'input[0].valueBoolean'), '"valueBoolean":true');
    assert.equal(at(payload, 'Odd'), '"Odd":1');
    assert.equal(at(payload, 'status'), '{');
    assert.equal(at(payload, '$this'), payload);
  });

  it('is found in one record of many in a document', () => {
    const text = JSON.stringify({ data: [patient, { ...patient, id: 'p2' }] });
    const place = placer(text, 1);
    assert.equal(textAt(text, place('Patient.id', ['data', 1]).region), '"id":"p2"');
    assert.equal(textAt(text, place('Patient.id', ['data', 0]).region), '"id":"p1"');
    assert.equal(place(undefined, ['data', 1]).region.column, text.lastIndexOf('{"resourceType"') + 1);
    assert.equal(textAt(text, place('Patient.id', ['data', 5]).region), '"data"');
  });

  it('comes without an excerpt where none is wanted', () => {
    const place = placer(line, 1, { excerpts: false })('Patient.id');
    assert.deepEqual(place, { region: placer(line, 1)('Patient.id').region });
  });

  it('of a key that stands there twice is that of the last one, which JSON.parse keeps', () => {
    assert.deepEqual(placer('{"id":"a","id":"b"}', 1)('Patient.id').region.column, 11);
  });

  it('is where the record begins, where there is no location or no tree', () => {
    assert.deepEqual(placer('\n  {"id":"a"}', 4)(undefined), {
      region: { line: 5, column: 3, endLine: 5, endColumn: 4 },
    });
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    assert.deepEqual(placer(deep, 1)('Patient.id'), { region: { line: 1, column: 1, endLine: 1, endColumn: 2 } });
    assert.deepEqual(placer('', 1)('Patient.id'), { region: { line: 1, column: 1, endLine: 1, endColumn: 1 } });
  });

  it('is the value, for every place in any JSON, however it is written', () => {
    const names = fc.constantFrom('a', 'b', 'value', 'valueString', '_a', 'name', 'Patient');
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 5 },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('json'), { maxLength: 4 }),
      object: fc.dictionary(names, tie('json'), { maxKeys: 4 }),
    }));
    const written = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => JSON.stringify(JSON.parse(text), null, '\t'),
      (text) => `\uFEFF${JSON.stringify(JSON.parse(text), null, 3).replaceAll('\n', '\r\n')}`,
      (text) => text.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    );
    fc.assert(
      fc.property(json, written, (value, write) => {
        const text = write(JSON.stringify(value));
        const place = placer(text, 1);
        for (const [expression, expected, key] of places(JSON.parse(text.replace(/^\uFEFF/, '')), '')) {
          if (expression === '') continue;
          const found = textAt(text, place(expression).region);
          if (key === undefined) {
            if (found === '{' || found === '[') assert.equal(typeof expected, 'object');
            else assert.deepEqual(JSON.parse(found), expected);
          } else if (found === JSON.stringify(key)) assert.equal(typeof expected, 'object');
          else assert.deepEqual(JSON.parse(`{${found}}`), { [key]: expected });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes no longer for each of a thousand issues of a large record', () => {
    const entry = Array.from({ length: 20_000 }, (_, index) => ({ resource: { ...patient, id: `p${index}` } }));
    const text = JSON.stringify({ resourceType: 'Bundle', entry });
    const place = placer(text, 1);
    place('Bundle.entry[0].resource.name[0].given[0]');
    const started = performance.now();
    for (let index = 0; index < 1000; index += 1) place(`Bundle.entry[${index * 19}].resource.contact[0].gender`);
    assert.ok(performance.now() - started < 500);
  });
});

/** Every place in a JSON value: its expression in a payload, what is there, and the key of a property. */
function* places(value: unknown, path: string, key?: string): Generator<[string, unknown, string | undefined]> {
  yield [path, value, key];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* places(item, `${path}[${index}]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      // An expression cannot tell a capital at its beginning from a type, where there is a resource around it.
      yield* places(item, path === '' ? name : `${path}.${name}`, name);
    }
  }
}

describe('the place of a syntax error', () => {
  it('is the first character that cannot be there', () => {
    assert.deepEqual(placeOfSyntaxError('{\n  "a": nope\n}', 5), { line: 6, column: 8, endLine: 6, endColumn: 9 });
    assert.deepEqual(placeOfSyntaxError('{"a":1,}', 1), { line: 1, column: 8, endLine: 1, endColumn: 9 });
    assert.deepEqual(placeOfSyntaxError('\uFEFF{"a":01}', 1).column, 7);
    assert.deepEqual(placeOfSyntaxError('{"a":1}\n// a comment', 1).line, 2);
  });

  it('is the end of a text that was cut off', () => {
    assert.deepEqual(placeOfSyntaxError('{"a":', 1), { line: 1, column: 6, endLine: 1, endColumn: 6 });
    assert.deepEqual(placeOfSyntaxError('', 1), { line: 1, column: 1, endLine: 1, endColumn: 1 });
  });

  it('is somewhere in the text, whatever the text is', () => {
    const text = fc
      .array(
        fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '\n', '\r', '1', 'true', 'x', '\u0000', '👩', '/*'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (one) => {
        const { line, column, endLine, endColumn } = placeOfSyntaxError(one, 1);
        assert.equal(line, endLine);
        const lines = one.split('\n');
        assert.ok(line >= 1 && line <= lines.length);
        assert.ok(column >= 1 && endColumn >= column && endColumn <= (lines[line - 1] ?? '').length + 2);
        placer(one, 1)('Patient.name[0]');
      }),
    );
    placeOfSyntaxError('['.repeat(100_000), 1);
  });
});
