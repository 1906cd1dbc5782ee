import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { masker } from '../../src/check/maskValues.js';
import { placer } from '../../src/check/placeOfFinding.js';
import { ensure } from '../support/ensure.js';

const masked = (line: string, start = 0, end = line.length) => masker(line)({ start: 0, end: line.length }, start, end);

describe('an excerpt', () => {
  it('shows the shape of a line, and none of its values', () => {
    const line =
      '\t"name": [{ "family": "Doe", "given": [ "J" ], "use": "", "rank": -1.5e3, "active": false, "x": null }],';
    const shown = '\t"name": [{ "family": "…", "given": [ "…" ], "use": "", "rank": 0, "active": …, "…": null }],';
    expect(masked(line)?.text).toBe(shown);
  });

  it('shows names that R4 or ClinikAPI has, and no other', () => {
    const names = ['valueQuantity', '_birthDate', 'resourceType', 'patientId', 'practitionerId', 'hasMore', 'entry'];
    for (const name of names) expect(masked(`{"${name}":1}`)?.text).toBe(`{"${name}":0}`);
    for (const name of ['Jane', 'jane doe', 'valueJane', '__proto__', 'constructor', 'na\\u006de', ''])
      ensure(['{"…":0}', '{"":0}'].includes(masked(`{"${name}":1}`)?.text ?? ''), name);
  });

  it('shows a name that is a value as little as any other value', () => {
    expect(masked('["name", "text" ]')?.text).toBe('["…", "…" ]');
  });

  it('shows values only where it is told to', () => {
    const line = '\t"name": [{ "family": "Doe", "rank": 7, "Jane": true }],';
    const show = masker(line, { values: true });
    expect(show({ start: 0, end: line.length }, 9, 10)).toStrictEqual({ text: line, start: 9, end: 10 });
    expect(masker(line, {})({ start: 0, end: line.length }, 9, 10)?.text).not.toMatch(/Doe|7|Jane|true/);
  });

  it('has up to five lines of an element, all of them masked', () => {
    const record = {
      resourceType: 'Patient',
      name: [{ family: 'Doe', given: ['J', 'K'], Jane: 7, use: 'x' }],
      id: 'i',
    };
    const place = placer(JSON.stringify(record, null, 2), 1);
    expect(place('Patient.name[0].given').excerpt).toStrictEqual({
      text: '      "given": [',
      start: 6,
      end: 13,
      below: ['        "…",', '        "…"', '      ],'],
    });
    expect(place('Patient.name[0]').excerpt?.below).toStrictEqual([
      '      "family": "…",',
      '      "given": [',
      '        "…",',
      '        "…" …',
    ]);
    expect(place('Patient.id').excerpt).not.toHaveProperty('below');
    // What is missing is shown by the element around it.
    expect(place('Patient.name[0].period.start').excerpt?.below).toHaveLength(4);
    expect(placer(JSON.stringify(record, null, 2), 1, { values: true })('Patient.name').excerpt?.below).toStrictEqual([
      '    {',
      '      "family": "Doe",',
      '      "given": [',
      '        "J", …',
    ]);
    expect(placer(JSON.stringify(record, null, 2), 1, { excerpts: false })('Patient.name').excerpt).toBeUndefined();
    expect(placer('{\r\n"name": [\r\n]\r\n}', 1)('Patient.name').excerpt?.below).toStrictEqual([']']);
  });

  it('marks the element', () => {
    const text = '{"id":"12345","gender":"unknown","active":true}';
    const excerpt = placer(text, 1)('Patient.gender').excerpt;
    expect(excerpt?.text.slice(excerpt.start, excerpt.end)).toBe('"gender":"…"');
  });

  it('shows about two hundred characters around the element', () => {
    const name = Array.from({ length: 100 }, (_, index) => ({ family: `f${index}`, given: ['a'] }));
    const text = JSON.stringify({ resourceType: 'Patient', name });
    const place = placer(text, 1);
    for (const index of [0, 1, 50, 98, 99]) {
      const { excerpt } = place(`Patient.name[${index}].given[0]`);
      ensure(excerpt !== undefined && excerpt.text.length <= 202);
      expect(excerpt.text.slice(excerpt.start, excerpt.end)).toBe('"…"');
      expect(excerpt.text.startsWith('…')).toBe(index > 0);
      expect(excerpt.text.endsWith('…')).toBe(index < 98);
    }
    const whole = place('Patient').excerpt;
    ensure(whole?.start === 0 && whole.end === 200 && whole.text.length === 201);
  });

  it('holds no value and no unknown name, whatever the record', () => {
    const canary = fc.constantFrom('canary', 'canary 7f3a', 'ca"na{r}y\\', 'canary\u2028', '7031997', '👩canary');
    const name = fc.oneof(fc.constantFrom('name', 'given', 'valueString'), canary);
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        canary,
        fc.constantFrom(7031997, -7.031997e30, true, null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('json'), { maxLength: 4 }),
      object: fc.dictionary(name, tie('json'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const show = masker(text);
        for (const line of linesOf(text)) {
          const excerpt = show(line, line.start, line.end);
          expect(excerpt?.text ?? '').not.toMatch(/ca|ry|[1-9]|true|👩/u);
        }
      }),
    );
  });

  it('holds nothing of a text that is no JSON', () => {
    const parts = fc.constantFrom(
      'canary',
      '"',
      '\\',
      '{',
      ':',
      ',',
      ' ',
      '\r',
      '7',
      '-',
      '//',
      '/*',
      '*/',
      '\u0000',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.array(parts).map((some) => some.join('')),
        fc.nat(40),
        fc.nat(40),
        (text, start, length) => {
          const excerpt = masked(text, start, start + length);
          expect(excerpt?.text ?? '').not.toMatch(/[a-z7\0\ud800]/u);
          ensure(excerpt !== undefined && excerpt.start <= excerpt.end && excerpt.end <= excerpt.text.length);
        },
      ),
    );
  });
});

function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (const line of text.split('\n')) {
    yield { start, end: start + line.length };
    start += line.length + 1;
  }
}
