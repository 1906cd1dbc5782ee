import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert } from '../../src/convert/convertToFiles.js';
import { residueText } from '../../src/convert/residueText.js';
import { jsonNode } from '../../src/read/jsonText.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { bundle, condition, encounter } from '../support/samples.js';
import { booking } from './runs.js';

const DECIMALS = [
  '1.00',
  '12345678901234567890',
  '0.12345678901234567890123',
  '1e400',
  '-1E-400',
  '-0',
  '1.50e3',
  '0.0',
  '100',
];

/** A record whose extension has a decimal as it is written. */
const costing = (decimal: string): string =>
  JSON.stringify({ ...encounter, extension: [{ url: 'https://x.example/a/~cost', valueDecimal: 'D' }] }).replace(
    '"D"',
    decimal,
  );

async function residueOf(files: { readonly [path: string]: string }): Promise<string> {
  const { out } = await booking(files, { residue: true });
  return readFileSync(join(out, 'residues.ndjson'), 'utf8');
}

describe('the decimals of a record', () => {
  it.each(DECIMALS)('stand in its residue as they came: %s', async (decimal) => {
    const expected = `"valueDecimal":${decimal}}`;
    expect(await residueOf({ 'a.ndjson': costing(decimal) })).toContain(expected);
    const document = `{"resourceType":"Bundle",\n"entry":[{"resource":\n${costing('7')}},{"resource":${costing(decimal).replace('"e1"', '"e2"')}}]}`;
    expect(await residueOf({ 'a.json': document })).toContain(expected);
  });

  it('are put back where the payload says the number in other digits', async () => {
    const minutes = JSON.stringify({
      ...encounter,
      length: { value: 'D', unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
    });
    const residue = await residueOf({ 'a.ndjson': minutes.replace('"D"', '45.00') });
    expect(residue).toContain('{"op":"replace","path":"/length/value","value":45.00}');
    expect(await residueOf({ 'a.ndjson': minutes.replace('"D"', '45') })).not.toContain('/length');
  });

  it('stand in what is rejected and in what goes the raw way', async () => {
    const rejected = costing('1.00').replace('"finished"', '"unknown"');
    const folder = fill(temporaryFolder(), { 'a.ndjson': `${costing('1e400')}\n${rejected.replace('"e1"', '"e2"')}` });
    const out = join(temporaryFolder(), 'out');
    await convert({ inputs: [folder], out, raw: true });
    expect(readFileSync(join(out, 'rejected', 'Encounter.ndjson'), 'utf8')).toContain('"valueDecimal":1.00}');
    expect(readFileSync(join(out, 'fhir', 'Encounter.ndjson'), 'utf8')).toContain('"valueDecimal":1e400}');
  });

  it('stand in the Condition of a Bundle that is kept beside a rejected record', async () => {
    const c = 'urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059';
    const aged = { ...condition, code: { text: 'x'.repeat(5000) }, onsetAge: { value: 'D' } };
    const resource = { ...encounter, diagnosis: [{ condition: { reference: c } }] };
    const text = JSON.stringify(bundle([{ fullUrl: c, resource: aged }, { resource }])).replace('"D"', '31.50');
    const { out } = await booking({ 'b.json': text }, { strict: true });
    const kept = readFileSync(join(out, 'rejected', 'Encounter.ndjson'), 'utf8');
    if (kept.includes('"Condition"')) expect(kept).toContain('"value":31.50}');
    else expect(kept).not.toContain('31.5');
  });

  it('change nothing where doubles say them all, in a text that looks as if they did not', () => {
    const residue = [{ op: 'add', path: '/a', value: { b: [1.5, '1.00', 'x, 1.00 '] } }] as const;
    const text = JSON.stringify({ a: residue[0].value });
    expect(residueText(residue, jsonNode(text))).toBe(JSON.stringify(residue));
  });
});
