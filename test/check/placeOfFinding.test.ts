import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Region } from '../../src/check/finding.js';
import { placeOfSyntaxError, placer } from '../../src/check/placeOfFinding.js';
import { runs } from '../support/runs.js';

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
    expect(at(line, 'Patient.id')).toBe('"id":"p1"');
    expect(at(line, 'Patient.name[0].given[1]')).toBe('"B"');
    expect(at(line, 'Patient.name[0].family')).toBe('"family":"Müller 👩‍⚕️"');
    expect(at(line, 'Patient')).toBe(line);
    expect(placer('{"name":"👩‍⚕️","id":"x"}', 7)('Patient.id').region).toStrictEqual({
      line: 7,
      column: 17,
      endLine: 7,
      endColumn: 25,
    });
  });

  it('is the key, or the opening bracket, of what is several lines long', () => {
    const text = JSON.stringify(patient, null, '\t');
    expect(at(text, 'Patient.name')).toBe('"name"');
    expect(at(text, 'Patient.name[0]')).toBe('{');
    expect(at(text, 'Patient')).toBe('{');
    expect(placer(text, 3)('Patient.name[0].given[1]').region).toStrictEqual({
      line: 11,
      column: 5,
      endLine: 11,
      endColumn: 8,
    });
  });

  it('is the same with CRLF, and behind a byte order mark', () => {
    const text = JSON.stringify(patient, null, 2);
    const expected = placer(text, 1)('Patient.contact[0].gender');
    expect(placer(text.replaceAll('\n', '\r\n'), 1)('Patient.contact[0].gender')).toStrictEqual(expected);
    expect(placer(`\uFEFF${text}`, 1)('Patient.contact[0].gender')).toStrictEqual(expected);
    expect(expected.excerpt?.text).toBe('      "gender": "…"');
    expect(placer('\uFEFF{"id":"x"}', 1)('Patient.id').region.column).toStrictEqual(2);
  });

  it('of a choice is the property of one of its types', () => {
    expect(at(line, 'Patient.multipleBirth')).toBe('"multipleBirthInteger":2');
    expect(at('{"value":1,"valueString":"a"}', 'Observation.value')).toBe('"value":1');
    expect(at('{"valueSet":1}', 'Observation.value')).toBe('{');
    const two = '{"valueString":"a","valueQuantity":{"unit":"u"}}';
    expect(at(two, 'Observation.value.unit')).toBe('"unit":"u"');
    expect(at('{"_valueString":{"id":1}}', 'Observation.value.id')).toBe('"id":1');
  });

  it('of what stands beside a primitive is the property with the underscore', () => {
    expect(at(line, 'Patient.birthDate.extension[0].url')).toBe('"url":"u"');
    expect(at(line, 'Patient.birthDate')).toMatch(/^"_birthDate":\{/);
    expect(at(line, 'Patient.name[0].given[1].extension[0].value')).toBe('"valueCode":"c"');
  });

  it('of an element that is not there is the key of the nearest one around it', () => {
    expect(at(line, 'Patient.name[0].period.start')).toBe('{');
    expect(at(line, 'Patient.contact[0].gender.foo')).toBe('"gender"');
    expect(at(line, 'Patient.name[7]')).toBe('"name"');
    expect(at(line, 'Patient.link')).toBe('{');
    expect(at('{"code":{}}', 'Observation.code.text')).toBe('"code"');
  });

  it('of a property that may not be named is that of the first such', () => {
    expect(at('{"id":"a","Jane Doe":1}', 'Patient.children()')).toBe('"Jane Doe":1');
    expect(at('{"id":"a","_x-y":1}', 'Patient.children()')).toBe('"_x-y":1');
  });

  it('is found in Bundles and in payloads', () => {
    const bundle = JSON.stringify({ resourceType: 'Bundle', entry: [{}, { resource: patient }] }, null, 2);
    expect(at(bundle, 'Bundle.entry[1].resource.name[0].given[0]')).toBe('"A"');
    expect(at(bundle, 'Bundle.entry[1].resource.contact[0].name')).toBe('{');
    const payload = '{"input":[{"valueBoolean":true}],"Odd":1}';
    expect(at(payload, 'input[0].valueBoolean')).toBe('"valueBoolean":true');
    expect(at(payload, 'Odd')).toBe('"Odd":1');
    expect(at(payload, 'status')).toBe('{');
    expect(at(payload, '$this')).toBe(payload);
  });

  it('is found in one record of many in a document', () => {
    const text = JSON.stringify({ data: [patient, { ...patient, id: 'p2' }] });
    const place = placer(text, 1);
    expect(textAt(text, place('Patient.id', ['data', 1]).region)).toBe('"id":"p2"');
    expect(textAt(text, place('Patient.id', ['data', 0]).region)).toBe('"id":"p1"');
    expect(place(undefined, ['data', 1]).region.column).toBe(text.lastIndexOf('{"resourceType"') + 1);
    expect(textAt(text, place('Patient.id', ['data', 5]).region)).toBe('"data"');
  });

  it('comes without an excerpt where none is wanted', () => {
    const place = placer(line, 1, { excerpts: false })('Patient.id');
    expect(place).toStrictEqual({ region: placer(line, 1)('Patient.id').region });
  });

  it('of a key that stands there twice is that of the last one, which JSON.parse keeps', () => {
    expect(placer('{"id":"a","id":"b"}', 1)('Patient.id').region.column).toStrictEqual(11);
  });

  it('is where the record begins, where there is no location or no tree', () => {
    expect(placer('\n  {"id":"a"}', 4)(undefined)).toStrictEqual({
      region: { line: 5, column: 3, endLine: 5, endColumn: 4 },
    });
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(placer(deep, 1)('Patient.id')).toStrictEqual({ region: { line: 1, column: 1, endLine: 1, endColumn: 2 } });
    expect(placer('', 1)('Patient.id')).toStrictEqual({ region: { line: 1, column: 1, endLine: 1, endColumn: 1 } });
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
            if (found === '{' || found === '[') expect(typeof expected).toBe('object');
            else expect(JSON.parse(found)).toStrictEqual(expected);
          } else if (found === JSON.stringify(key)) expect(typeof expected).toBe('object');
          else expect(JSON.parse(`{${found}}`)).toStrictEqual({ [key]: expected });
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('finds each of many issues of a large record, which is parsed once', () => {
    const entry = Array.from({ length: 20_000 }, (_, index) => ({ resource: { ...patient, id: `p${index}` } }));
    const text = JSON.stringify({ resourceType: 'Bundle', entry });
    const place = placer(text, 1);
    place('Bundle.entry[0].resource.name[0].given[0]');
    // Were the text parsed for each of them, this would take minutes.
    const lines = Array.from({ length: 1000 }, (_, index) =>
      place(`Bundle.entry[${index * 19}].resource.contact[0].gender`),
    );
    expect(new Set(lines.map(({ region }) => region.column)).size).toBe(1000);
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
    expect(placeOfSyntaxError('{\n  "a": nope\n}', 5)).toStrictEqual({ line: 6, column: 8, endLine: 6, endColumn: 9 });
    expect(placeOfSyntaxError('{"a":1,}', 1)).toStrictEqual({ line: 1, column: 8, endLine: 1, endColumn: 9 });
    expect(placeOfSyntaxError('\uFEFF{"a":01}', 1).column).toStrictEqual(7);
    expect(placeOfSyntaxError('{"a":1}\n// a comment', 1).line).toStrictEqual(2);
  });

  it('is the end of a text that was cut off', () => {
    expect(placeOfSyntaxError('{"a":', 1)).toStrictEqual({ line: 1, column: 6, endLine: 1, endColumn: 6 });
    expect(placeOfSyntaxError('', 1)).toStrictEqual({ line: 1, column: 1, endLine: 1, endColumn: 1 });
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
        expect(line).toBe(endLine);
        const lines = one.split('\n');
        expect(line >= 1 && line <= lines.length).toBe(true);
        expect(column >= 1 && endColumn >= column && endColumn <= (lines[line - 1] ?? '').length + 2).toBe(true);
        placer(one, 1)('Patient.name[0]');
      }),
    );
    placeOfSyntaxError('['.repeat(100_000), 1);
  });
});
