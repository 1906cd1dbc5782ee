import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { contents, objects } from '../../support/folder.js';
import { bundle, encounterPayload } from '../../support/samples.js';
import { rejections } from '../runs.js';

import { begun, mend, moreThanAPayload, of, sources, task, wrong } from './begun.js';

describe('a fixed record', () => {
  it('takes the place of the rejected one, with its source, its wave and what points at it', async () => {
    const files = { 'a.ndjson': [task('t1', 'Encounter/e1'), of('e0'), { ...wrong, id: 'e1' }] };
    const { out, again, edit } = await begun(files);
    expect(sources(out)).toStrictEqual(['t1 1 tasks.ndjson:1 wave 0 !', 'e0 2 encounters.ndjson:1 wave 0']);
    edit('Encounter.ndjson', mend);
    const { fixes, records } = await again();
    expect(fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(records.in.total).toBe(3);
    expect(sources(out)).toStrictEqual([
      't1 1 tasks.ndjson:1 wave 1',
      'e0 2 encounters.ndjson:1 wave 0',
      'e1 3 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1',
    ]);
    expect(objects(join(out, 'fixed'), 'Encounter.ndjson')).toStrictEqual([of('e1')]);
    expect(existsSync(join(out, 'rejected'))).toBe(false);
  });

  it('is kept for the runs after it, and may be refused and corrected there', async () => {
    const { out, again, edit } = await begun({
      'a.ndjson': [of('e0'), { ...wrong, ...moreThanAPayload, id: 'e1' }, { ...wrong, ...moreThanAPayload, id: 'e2' }],
    });
    edit('Encounter.ndjson', (text) => text.replace('nonsense', 'finished'));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    const before = contents(out);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(contents(out)).toStrictEqual(before);
    const strict = await again({ strict: true });
    expect(strict.fixes).toStrictEqual({ converted: 0, rejected: 2, skipped: 0 });
    expect(objects(join(out, 'rejected'), 'Encounter.ndjson').slice(-2)).toStrictEqual([
      of('e1', moreThanAPayload),
      of('e2', moreThanAPayload),
    ]);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(sources(out).slice(1)).toStrictEqual([
      'e1 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1',
      'e2 3 encounters.ndjson:3 wave 0 fixed fixed/Encounter.ndjson:2',
    ]);
  });

  it('that is still wrong is rejected again, from where the original is, and kept', async () => {
    const { out, again, edit } = await begun({ 'a.ndjson': [of('e0'), { ...wrong, id: 'e1' }] });
    edit('Encounter.ndjson', (text) => text.replace('nonsense', 'other nonsense'));
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 1, skipped: 0 });
    expect(rejections(out)).toStrictEqual(['2 status-unsupported rejected/Encounter.ndjson']);
    expect(objects(join(out, 'rejected'), 'Encounter.ndjson')).toStrictEqual([of('e1', { status: 'other nonsense' })]);
    edit('Encounter.ndjson', (text) => text.replace('other nonsense', 'finished').replace('"e1"', '"e9"'));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(sources(out)[1]).toBe('e9 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
    await again();
    expect(sources(out)[1]).toBe('e9 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
  });

  it('that nobody changed is the record itself, and one that was taken out leaves it rejected', async () => {
    const { out, again, edit } = await begun({
      'a.ndjson': ['e1', 'e2', 'e3', 'e4'].map((id) => ({ ...wrong, id })),
    });
    const before = contents(out)['rejects.ndjson'];
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    expect(contents(out)['rejects.ndjson']).toBe(before);
    edit('Encounter.ndjson', (text) => mend(text.split('\n').slice(2).join('\n')));
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(rejections(out).map((one) => one[0])).toStrictEqual(['1', '2']);
    expect(sources(out).map((one) => one.slice(0, 4))).toStrictEqual(['e3 3', 'e4 4']);
  });

  it('may stand over several lines, and without an id where it stood', async () => {
    const { id: _, ...anonymous } = { ...wrong, id: '' };
    const { out, again, edit } = await begun({
      'a.ndjson': [of('e0'), anonymous],
      'b.ndjson': [{ ...wrong, id: 'e3' }],
    });
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes?.converted).toBe(2);
    expect(sources(out).map((one) => one.split(' wave')[0])).toStrictEqual([
      'e0 1 encounters.ndjson:1',
      'undefined 2 encounters.ndjson:2',
      'e3 1 encounters.ndjson:3',
    ]);
    const single = await begun({ 'a.ndjson': [of('e0'), anonymous] });
    single.edit('Encounter.ndjson', (text) => JSON.stringify(JSON.parse(mend(text)), null, 2));
    expect((await single.again()).fixes?.converted).toBe(1);
    expect(objects(join(single.out, 'fixed'), 'Encounter.ndjson')).toHaveLength(1);
    expect((await single.again()).fixes?.converted).toBe(1);
  });

  it('is read in its Bundle, whose other records point at it', async () => {
    const [one, other] = [
      'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-00000000000a',
      'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-00000000000b',
    ];
    const { id: _, ...anonymous } = wrong as { id?: string };
    const files = {
      'b.json': JSON.stringify(
        bundle([
          { fullUrl: other, resource: task('t1', one ?? '') },
          { fullUrl: one, resource: { ...anonymous, id: 'e1' } },
        ]),
        null,
        1,
      ),
    };
    const { out, again, edit } = await begun(files);
    const bare = await begun(files);
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes?.converted).toBe(1);
    expect(sources(out)).toStrictEqual([
      't1 1#0 tasks.ndjson:1 wave 1',
      'e1 1#1 encounters.ndjson:1 wave 0 fixed fixed/Encounter.ndjson:1',
    ]);
    bare.edit('Encounter.ndjson', () => `{"resourceType":"Encounter"\n`);
    expect((await bare.again()).fixes?.rejected).toBe(1);
    expect(rejections(bare.out)).toStrictEqual(['1#1 json-malformed rejected/Unknown.ndjson']);
    expect(sources(bare.out)).toStrictEqual(['t1 1#0 tasks.ndjson:1 wave 0']);
    bare.edit('Unknown.ndjson', () => JSON.stringify(of('e1')));
    expect((await bare.again()).fixes?.converted).toBe(1);
    expect(sources(bare.out)[1]).toBe('e1 1#1 encounters.ndjson:1 wave 0 fixed fixed/Unknown.ndjson:1');
  });

  it('may be a line that was no JSON, and then hold several records', async () => {
    const { out, again, edit } = await begun({
      'a.ndjson': `${JSON.stringify(of('e0'))}\n{"resourceType":"Bundle",\n${JSON.stringify(task('t1', 'Encounter/e2'))}\n`,
    });
    expect(rejections(out)).toStrictEqual(['2 json-malformed rejected/Unknown.ndjson']);
    const whole = bundle([{ resource: { ...wrong, id: 'e1' } }, { resource: of('e2') }]);
    edit('Unknown.ndjson', () => JSON.stringify(whole));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 1, skipped: 0 });
    expect(sources(out)).toStrictEqual([
      'e0 1 encounters.ndjson:1 wave 0',
      'e2 2#1 encounters.ndjson:2 wave 0 fixed fixed/Unknown.ndjson:1',
      't1 3 tasks.ndjson:1 wave 1',
    ]);
    expect(rejections(out)).toStrictEqual(['2#0 status-unsupported rejected/Encounter.ndjson']);
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(sources(out)[1]).toBe('e1 2#0 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
  });

  it('may be a document that could not be read', async () => {
    const { out, again, edit } = await begun({
      'b.json': '{"resourceType":"Bundle",\n"type":"collection",\n"entry":[',
    });
    const [name = ''] = readdirSync(join(out, 'rejected'));
    edit(name, () => JSON.stringify(bundle([{ resource: of('e1') }]), null, 2));
    expect((await again()).fixes?.converted).toBe(1);
    await again();
    expect(sources(out)).toStrictEqual(['e1 1#0 encounters.ndjson:1 wave 0 fixed fixed/Unknown.ndjson:1']);
  });

  it('may be a payload', async () => {
    const { out, again, edit } = await begun({
      'encounters.ndjson': [encounterPayload, { ...encounterPayload, status: 'nonsense' }],
    });
    edit('encounters.ndjson', mend);
    expect((await again()).fixes?.converted).toBe(1);
    expect(objects(out, 'Encounter.ndjson')).toHaveLength(2);
    expect(objects(join(out, 'fixed'), 'encounters.ndjson')).toHaveLength(1);
  });

  it('keeps the server that its entry tells', async () => {
    const away = (id: string, resource: object) => ({
      fullUrl: `https://${id}.example.org/fhir/Encounter/e1`,
      resource,
    });
    const files = { 'b.json': bundle([away('a', of('e1')), away('b', { ...wrong, id: 'e1' })]) };
    const { out, again, edit } = await begun(files);
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(sources(out).map((one) => one.slice(0, 8))).toStrictEqual(['e1 1#0 e', 'e1 1#1 e']);
  });

  it('counts before the other versions of its record', async () => {
    const versions = [of('e1', { length: { value: 1, unit: 'min' } }), of('e1', { length: { value: 2, unit: 'min' } })];
    const { out, again, edit } = await begun({ 'a.ndjson': versions });
    expect(rejections(out)).toHaveLength(2);
    expect((await again()).records.rejected.total).toBe(2);
    edit('Encounter.ndjson', (text) => text.replace('"value":2', '"value":3'));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(sources(out)).toStrictEqual([
      'e1 1 older-version',
      'e1 2 encounters.ndjson:1 wave 0 fixed fixed/Encounter.ndjson:1',
    ]);
  });

  it('is the version that was left where the others were taken out', async () => {
    const versions = [1, 2, 3].map((value) => of('e1', { length: { value, unit: 'min' } }));
    const { out, again, edit } = await begun({ 'a.ndjson': versions });
    edit('Encounter.ndjson', (text) => `\n${text.split('\n')[1]}\n\n`);
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    expect(sources(out)).toStrictEqual(['e1 1 older-version', 'e1 2 encounters.ndjson:1 wave 0', 'e1 3 older-version']);
  });
});
