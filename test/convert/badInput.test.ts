import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { contents, objects } from '../support/folder.js';
import { lossesIn } from '../support/losses.js';
import { bundle, condition, encounter, encounterPayload, patient } from '../support/samples.js';
import { booking, rejections } from './runs.js';

const line = JSON.stringify(encounter);
const payload = JSON.stringify(encounterPayload);
/** The same as another record. */
const other = (id: string, text = line): string => text.replace('"e1"', `"${id}"`);

describe('bad input', () => {
  it('is kept as it came, byte for byte, when it is not JSON', async () => {
    const bad = [
      '{"id": oops}\r',
      '{"resourceType":"Encounter"',
      '\u0000\u0000',
      '\ufeff{}x',
      'nonsense',
      '{"a":"\u0001"}',
    ];
    const { out, summary } = await booking({ 'Encounter.ndjson': `${line}\n${bad.join('\n')}\n${other('e2')}` });
    expect(summary.records.converted.total).toBe(2);
    expect(rejections(out)).toStrictEqual(bad.map((_, index) => `${index + 2} json-malformed rejected/Unknown.ndjson`));
    expect(readFileSync(join(out, 'rejected', 'Unknown.ndjson'), 'utf8')).toBe(`${bad.join('\n')}\n`);
  });

  it('is kept as it came when it is not UTF-8', async () => {
    const latin = Buffer.from('{"resourceType":"Encounter","id":"\u00e9"}', 'latin1');
    const { out } = await booking({ 'Encounter.ndjson': Buffer.concat([latin, Buffer.from(`\n${line}`)]) });
    expect(rejections(out)).toStrictEqual(['1 json-encoding rejected/Unknown.ndjson']);
    expect(
      readFileSync(join(out, 'rejected', 'Unknown.ndjson')).equals(Buffer.concat([latin, Buffer.from('\n')])),
    ).toBe(true);
  });

  it('does not pass for something else where it stands first in its file', async () => {
    const first = ['{', '[', '\u001f', '\ufeff{"a":1', '  [ '];
    for (const odd of first) {
      const gzip = odd === '\u001f' ? Buffer.from([0x1f, 0x8b, 8, 0]) : Buffer.from(odd);
      const file = Buffer.concat([
        Buffer.from(`${line}\n`),
        gzip,
        Buffer.from(`\n"resourceType":"Encounter"}\n${other('e2')}`),
      ]);
      const { summary } = await booking({ 'x.ndjson': file });
      expect([odd, [summary.records.converted.total, summary.records.rejected.total]]).toStrictEqual([odd, [2, 2]]);
    }
  });

  it('is one document where JSON over several lines was cut off', async () => {
    const cut = JSON.stringify(bundle([{ resource: encounter }]), null, 2).slice(0, -9);
    const { out, summary } = await booking({ 'b.json': `\n${cut}\n`, 'encounters.json': cut });
    expect(rejections(out)).toStrictEqual([
      '2 json-malformed rejected/document-1.json',
      '1 json-malformed rejected/encounters-2.json',
    ]);
    expect(summary.records.in.total).toBe(2);
    expect(readFileSync(join(out, 'rejected', 'document-1.json'), 'utf8')).toBe(`${cut}\n`);
  });

  it('with a key twice is refused, wherever it stands, for one of the two would vanish', async () => {
    const twice = line.replace('"status"', '"status":"planned","status"');
    const hidden = line.replace('"status"', '"st\\u0061tus":"planned","status"');
    const deep = line.replace('{"system"', '{"code":"IMP","system"');
    const { out } = await booking({
      'a.ndjson': [
        line,
        other('e2', twice),
        other('e3', hidden),
        other('e4', deep),
        `[${other('e5')},${other('e6', twice)}]`,
      ].join('\n'),
      'b.json': JSON.stringify(bundle([{ resource: encounter }, { resource: patient }])).replace(
        '"id":"e1"',
        '"id":"e0","id":"e7"',
      ),
      'encounters.ndjson': `${payload.replace('{', '{"status":"planned",')}\n${payload}`,
    });
    expect(rejections(out)).toStrictEqual([
      '2 json-duplicate-key rejected/Encounter.ndjson',
      '3 json-duplicate-key rejected/Encounter.ndjson',
      '4 json-duplicate-key rejected/Encounter.ndjson',
      '5#1 json-duplicate-key rejected/Encounter.ndjson',
      '1#0 json-duplicate-key rejected/Encounter.ndjson',
      '1 json-duplicate-key rejected/encounters.ndjson',
    ]);
    expect(objects(out, 'encounters.ndjson')).toHaveLength(2);
  });

  it('with a key twice around the records is refused whole, for some of them cannot be seen', async () => {
    const around = JSON.stringify(bundle([{ resource: encounter }])).replace('"entry"', '"entry":[{}],"entry"');
    const entry = JSON.stringify(bundle([{ resource: patient }, { resource: encounter }])).replace(
      '{"resource":{"resourceType":"E',
      '{"resource":{},"resource":{"resourceType":"E',
    );
    const { out } = await booking({ 'a.ndjson': `${around}\n${entry}\n{"data":1,"data":${line}}` });
    expect(rejections(out)).toStrictEqual([
      '1 json-duplicate-key rejected/Bundle.ndjson',
      '2#1 json-duplicate-key rejected/Unknown.ndjson',
      '3 json-duplicate-key rejected/Unknown.ndjson',
    ]);
  });

  it('with the names of what objects inherit is data like any other', async () => {
    const odd = '"__proto__":{"status":"planned"},"constructor":"x","toString":[],"hasOwnProperty":1';
    const { out } = await booking({
      'Encounter.ndjson': line.replace('{', `{${odd},`),
      'encounters.ndjson': payload.replace('{', `{${odd},`),
    });
    expect(objects(out, 'encounters.ndjson')[0]?.status).toBe('finished');
    expect(rejections(out)).toStrictEqual(['1 payload-unknown-field rejected/encounters.ndjson']);
    expect(lossesIn(out)).toHaveLength(1);
  });

  it('with 10,000 levels of nesting is refused, and the stack holds', async () => {
    const deep = (open: string, inside: string, close: string): string =>
      open.repeat(10_000) + inside + close.repeat(10_000);
    const { out, summary } = await booking({
      'Encounter.ndjson': [
        other('e2').replace('}', `},"extension":${deep('[', '1', ']')}`),
        other('e3').replace('}', `},"extension":${deep('{"a":', '1', '}')}`),
        deep('[', line, ']'),
        deep('{"resourceType":"Bundle","entry":[{"resource":', line, '}]}'),
        deep('{"data":', line, '}'),
        line,
      ].join('\n'),
    });
    expect(summary.records.converted.total).toBe(1);
    expect(rejections(out).map((text) => text.split(' ')[1])).toStrictEqual(new Array(5).fill('too-deep'));
  });

  it('may be a line of 64 MB, or one that is over the limit and goes by in pieces', async () => {
    const large = other('e2').replace('{', `{"language":"${'x'.repeat(64e6)}",`);
    const { out, summary } = await booking({ 'Encounter.ndjson': `${line}\n${large}\n${other('e3')}` });
    expect(summary.records.converted.total).toBe(3);
    const { summary: limited, out: kept } = await booking(
      { 'Encounter.ndjson': `${line}\n${large.slice(0, 5e6)}\n${other('e3')}\n${large.slice(0, 300)}` },
      { recordLimit: line.length },
    );
    expect([limited.records.converted.total, limited.records.rejected.total]).toStrictEqual([2, 2]);
    expect(rejections(kept)).toStrictEqual([
      '2 json-too-large rejected/Unknown.ndjson',
      '4 json-too-large rejected/Unknown.ndjson',
    ]);
    expect(existsSync(join(out, 'rejected'))).toBe(false);
  });

  it('over the limit in a document of several lines is kept whole', async () => {
    const document = JSON.stringify([encounter, encounter], null, 2);
    const { out } = await booking({ 'a.json': document }, { recordLimit: 100 });
    expect(rejections(out)).toStrictEqual(['1 json-too-large rejected/document-1.json']);
  });

  it('in gzip that was cut off costs the last record only, and the file is named', async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => JSON.stringify({ ...encounter, id: `e${index}` }));
    const whole = gzipSync(lines.join('\n'));
    const { summary, folder } = await booking({ 'Encounter.ndjson.gz': whole.subarray(0, whole.length - 3000) });
    expect(summary.records.converted.total).toBeGreaterThan(500);
    expect(summary.records.rejected).toStrictEqual({ total: 1, byType: { '(unknown type)': 1 } });
    const [unread] = summary.files.unreadable;
    expect([unread?.id, unread?.file]).toStrictEqual(['gzip-truncated', join(folder, 'Encounter.ndjson.gz')]);
    expect(unread?.line).toBe(summary.records.in.total);
  });

  it('in gzip that is damaged is not trusted at all', async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => JSON.stringify({ ...encounter, id: `e${index}` }));
    const hurt = gzipSync(lines.join('\n'));
    hurt[hurt.length - 8] = (hurt[hurt.length - 8] ?? 0) ^ 1;
    const { summary, out } = await booking({ 'Encounter.ndjson.gz': hurt, 'z.ndjson': [encounter] });
    expect([summary.records.in.total, summary.records.converted.total]).toStrictEqual([1, 1]);
    expect(rejections(out)).toStrictEqual(['- gzip-damaged']);
  });

  it('of gzip is told by its content, in several members too, and none where it is empty', async () => {
    const members = Buffer.concat([gzipSync(`${line}\n`), gzipSync(other('e2')), gzipSync('')]);
    const { summary } = await booking({
      'a.ndjson': members,
      'b.json.gz': gzipSync(''),
      'c.ndjson': '',
      'd.json.gz': other('e3'),
    });
    expect(summary.records.converted.total).toStrictEqual(3);
    expect(summary.files.unreadable).toStrictEqual([]);
  });

  it('of another version of FHIR is refused by its name', async () => {
    const { out } = await booking({
      'a.ndjson': [
        { ...encounter, class: [{ coding: [{ code: 'AMB' }] }] },
        { ...encounter, class: 'ambulatory' },
        { ...encounter, actualPeriod: { start: '2025-01-01' } },
        { resourceType: 'DiagnosticReport', status: 'final', codedDiagnosis: [], code: { text: 'x' } },
        {
          resourceType: 'Task',
          status: 'requested',
          intent: 'order',
          requester: { agent: { reference: 'Practitioner/1' } },
        },
        { resourceType: 'Composition', subject: [{ reference: 'Patient/1' }] },
        { resourceType: 'ClinicalImpression', context: { reference: 'Encounter/1' } },
        { resourceType: 'NutritionIntake' },
      ],
    });
    const outcomes = objects(out, 'rejects.ndjson').map(({ outcome }) => JSON.stringify(outcome));
    expect(outcomes.map((outcome) => /FHIR (R5|STU3|DSTU2);/.exec(outcome)?.[1])).toStrictEqual([
      'R5',
      'DSTU2',
      'R5',
      'STU3',
      'STU3',
      'R5',
      'STU3',
      undefined,
    ]);
    expect(outcomes[0] ?? '').toMatch(/"Encounter.class"/);
    expect(outcomes[7] ?? '').toMatch(/resource-type-unknown/);
  });

  it('in a Bundle that could change its meaning keeps what forbids it', async () => {
    const modified = { resource: { ...encounter, id: 'e2' }, modifierExtension: [{ url: 'urn:x' }] };
    const ruled = {
      ...bundle([{ resource: patient }, { resource: { ...encounter, id: 'e3' } }]),
      implicitRules: 'urn:y',
    };
    const { out } = await booking({
      'a.json': JSON.stringify(bundle([{ resource: encounter }, modified]), null, 2),
      'b.ndjson': [ruled, bundle([{ resource: bundle([{ resource: ruled }]), modifierExtension: [] } as object])],
    });
    expect(rejections(out)).toStrictEqual([
      '1#1 modifier-extension rejected/Encounter.ndjson',
      '1#1 implicit-rules rejected/Encounter.ndjson',
      '2#0 modifier-extension rejected/Bundle.ndjson',
    ]);
  });

  it('in a Bundle keeps what it refers to, where that is what refuses it', async () => {
    const c = 'urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059';
    const resource = { ...encounter, diagnosis: [{ condition: { reference: c } }] };
    const long = { ...condition, code: { text: 'x'.repeat(5000) } };
    const { out, summary } = await booking(
      { 'b.json': bundle([{ fullUrl: c, resource: long }, { resource }]) },
      { strict: true },
    );
    expect(summary.records.rejected.total).toBe(1);
    expect(objects(join(out, 'rejected'), 'Encounter.ndjson')).toHaveLength(1);
  });

  it('that is empty, blank or white space has no records', async () => {
    const { summary, out } = await booking({
      'a.ndjson': '',
      'b.json': '\ufeff',
      'c.ndjson': '\r\n \n',
      'd.json': '[]',
    });
    expect(summary.records.in.total).toBe(0);
    expect(readdirSync(out)).toStrictEqual(['clinik-fhir.run.json', 'summary.json']);
  });

  it('has its mended records taken from where they are kept', async () => {
    const { out } = await booking({
      'encounters.ndjson': [{ ...encounterPayload, x: 1 }],
      'a.ndjson': [{ ...encounter, status: 'x' }],
    });
    const kept = contents(join(out, 'rejected'));
    expect(Object.keys(kept).sort()).toStrictEqual(['Encounter.ndjson', 'encounters.ndjson']);
    const mended = Object.fromEntries(
      Object.entries(kept).map(([name, text]) => [name, text.replace(',"x":1', '').replace('"x"', '"finished"')]),
    );
    const { summary } = await booking(mended);
    expect(summary.records.converted.total).toBe(2);
  });
});
