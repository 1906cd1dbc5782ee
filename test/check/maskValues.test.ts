import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { masker } from '../../src/check/maskValues.js';
import { placer } from '../../src/check/placeOfFinding.js';

const masked = (line: string, start = 0, end = line.length) => masker(line)({ start: 0, end: line.length }, start, end);

describe('an excerpt', () => {
  it('shows the shape of a line, and none of its values', () => {
    const line =
      '\t"name": [{ "family": "Doe", "given": [ "J" ], "use": "", "rank": -1.5e3, "active": false, "x": null }],';
    const shown = '\t"name": [{ "family": "…", "given": [ "…" ], "use": "", "rank": 0, "active": …, "…": null }],';
    assert.equal(masked(line)?.text, shown);
  });

  it('shows names that R4 or ClinikAPI has, and no other', () => {
    const names = ['valueQuantity', '_birthDate', 'resourceType', 'patientId', 'practitionerId', 'hasMore', 'entry'];
    for (const name of names) assert.equal(masked(`{"${name}":1}`)?.text, `{"${name}":0}`);
    for (const name of ['Jane', 'jane doe', 'valueJane', '__proto__', 'constructor', 'na\\u006de', ''])
      assert.ok(['{"…":0}', '{"":0}'].includes(masked(`{"${name}":1}`)?.text ?? ''), name);
  });

  it('shows a name that is a value as little as any other value', () => {
    assert.equal(masked('["name", "text" ]')?.text, '["…", "…" ]');
  });

  it('marks the element', () => {
    const text = '{"id":"12345","gender":"unknown","active":true}';
    const excerpt = placer(text, 1)('Patient.gender').excerpt;
    assert.equal(excerpt?.text.slice(excerpt.start, excerpt.end), '"gender":"…"');
  });

  it('shows about two hundred characters around the element', () => {
    const name = Array.from({ length: 100 }, (_, index) => ({ family: `f${index}`, given: ['a'] }));
    const text = JSON.stringify({ resourceType: 'Patient', name });
    const place = placer(text, 1);
    for (const index of [0, 1, 50, 98, 99]) {
      const { excerpt } = place(`Patient.name[${index}].given[0]`);
      assert.ok(excerpt !== undefined && excerpt.text.length <= 202);
      assert.equal(excerpt.text.slice(excerpt.start, excerpt.end), '"…"');
      assert.equal(excerpt.text.startsWith('…'), index > 0);
      assert.equal(excerpt.text.endsWith('…'), index < 98);
    }
    const whole = place('Patient').excerpt;
    assert.ok(whole?.start === 0 && whole.end === 200 && whole.text.length === 201);
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
          assert.doesNotMatch(excerpt?.text ?? '', /ca|ry|[1-9]|true|👩/u);
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
          assert.doesNotMatch(excerpt?.text ?? '', /[a-z7\0\ud800]/u);
          assert.ok(excerpt !== undefined && excerpt.start <= excerpt.end && excerpt.end <= excerpt.text.length);
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
