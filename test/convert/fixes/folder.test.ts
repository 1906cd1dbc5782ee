import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert, plan } from '../../../src/node.js';
import { contents, fill, temporaryFolder } from '../../support/folder.js';
import { bundle, encounterPayload } from '../../support/samples.js';

import { begun, counted, mend, of, sources, task, usage, wrong } from './begun.js';

describe('a folder of fixes', () => {
  it('without the run that kept them is read by the names of its records', async () => {
    const { folder, out, edit } = await begun({ 'a.ndjson': [of('e0'), { ...wrong, id: 'e1' }] });
    edit('Encounter.ndjson', mend);
    const fixes = join(temporaryFolder(), 'mine');
    cpSync(join(out, 'rejected'), fixes, { recursive: true });
    const other = join(temporaryFolder(), 'out');
    const summary = counted(await convert({ inputs: [folder], out: other, fixes }), other);
    expect(summary.fixes?.converted).toBe(1);
    expect(sources(other)[1]).toBe('e1 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
    expect((await plan({ inputs: [folder], fixes })).fixes?.converted).toBe(1);
    fill(fixes, { 'none.ndjson': [of('e5')], 'several.ndjson': [encounterPayload] });
    await expect(convert({ inputs: [folder], out: other, fixes, force: true })).rejects.toThrow(
      usage(/none\.ndjson:1: no record of the input.*\n.*several\.ndjson:1: no record/),
    );
  });

  it('is no input where it lies in one', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [{ ...wrong, id: 'e1' }], 'mine/x.ndjson': [of('e1')] });
    const out = join(temporaryFolder(), 'out');
    const { records } = await convert({ inputs: [folder], out, fixes: join(folder, 'mine') });
    expect([records.in.total, records.converted.total]).toStrictEqual([1, 1]);
  });

  it.each<[what: string, lines: (kept: string[]) => string[], message: RegExp]>([
    [
      'another record of the input',
      ([, second = '']) => [JSON.stringify(of('e3')), second],
      /Encounter\.ndjson:1: another record has/,
    ],
    [
      'a record in a Bundle of it',
      ([, second = '']) => [JSON.stringify(of('e4')), second],
      /Encounter\.ndjson:1: another record has/,
    ],
    [
      'what another fix is, too',
      () => ['e9', 'e9'].map((id) => JSON.stringify(of(id))),
      /Encounter\.ndjson:1: another record has.*\n.*Encounter\.ndjson:2: another record has/,
    ],
    [
      'of another type',
      ([, second = '']) => [JSON.stringify(task('e1', 'Encounter/e3')), second],
      /Encounter\.ndjson:1: it is of another type/,
    ],
  ])('is refused, and nothing is written, where a fix is %s', async (_, lines, message) => {
    const { out, again, edit } = await begun({
      'a.ndjson': [{ ...wrong, id: 'e1' }, { ...wrong, id: 'e2' }, of('e3')],
      'b.json': bundle([{ resource: of('e4') }]),
    });
    const before = contents(out);
    edit('Encounter.ndjson', (text) => lines(text.trim().split('\n')).join('\n'));
    const edited = contents(out);
    await expect(again()).rejects.toThrow(usage(message));
    expect(contents(out)).toStrictEqual(edited);
    expect(Object.keys(edited)).toStrictEqual(Object.keys(before));
    edit('Encounter.ndjson', () => `${JSON.stringify(of('e8'))}\n${JSON.stringify(of('e9'))}\n`);
    expect((await again()).fixes?.converted).toBe(2);
    expect((await again()).fixes?.converted).toBe(2);
  });

  it('is refused, and nothing is written, where a fix leads to no record, or to several', async () => {
    const { id: _, ...anonymous } = { ...wrong, id: '' };
    const files = {
      'a.ndjson': [
        { ...wrong, id: 'e1' },
        anonymous,
        { ...anonymous, language: 'de' },
        of('e2'),
        of('e2', { language: 'fr' }),
      ],
    };
    const faults: [change: (lines: string[]) => string[], message: RegExp][] = [
      [(lines) => [...lines, JSON.stringify(of('e7'))], /Encounter\.ndjson:6: no record of the input/],
      [(lines) => lines.slice(0, 2), /Encounter\.ndjson:2: which record of the input/],
      [(lines) => [...lines, JSON.stringify(of('e1'))], /Encounter\.ndjson:6: which record/],
      [
        (lines) => [
          JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: of('e1') }, { resource: of('e4') }] }),
          ...lines.slice(1),
        ],
        /Encounter\.ndjson:1: it holds several records/,
      ],
      [
        (lines) => [JSON.stringify({ resourceType: 'Bundle', entry: [] }), ...lines.slice(1)],
        /Encounter\.ndjson:1: it holds no record/,
      ],
    ];
    for (const [change, message] of faults) {
      const { out, again, edit } = await begun(files);
      edit('Encounter.ndjson', (text) => `${change(text.trimEnd().split('\n')).join('\n')}\n`);
      const before = contents(out);
      await expect(again()).rejects.toThrow(usage(message));
      expect(contents(out)).toStrictEqual(before);
    }
  });

  it('is refused where the input is another one', async () => {
    const { folder, again, edit } = await begun({ 'a.ndjson': [{ ...wrong, id: 'e1' }, of('e2')] });
    edit('Encounter.ndjson', mend);
    fill(folder, { 'a.ndjson': [of('e2'), { ...wrong, id: 'e1' }] });
    await expect(again()).rejects.toThrow(usage(/Encounter\.ndjson:1: no record of the input/));
    rmSync(join(folder, 'a.ndjson'));
    fill(folder, { 'b.ndjson': [of('e2')] });
    await expect(again()).rejects.toThrow(usage(/Encounter\.ndjson:1: no record of the input/));
  });

  it('is not replaced by a dry run, which would keep nothing of it', async () => {
    const { out, again, edit } = await begun({ 'a.ndjson': [{ ...wrong, id: 'e1' }] });
    edit('Encounter.ndjson', mend);
    const before = contents(out);
    await expect(again({ dryRun: true })).rejects.toThrow(usage(/--dry-run would replace them/));
    expect(contents(out)).toStrictEqual(before);
    const dry = join(temporaryFolder(), 'dry');
    expect((await again({ out: dry, dryRun: true, fixes: join(out, 'rejected') })).fixes?.converted).toBe(1);
  });

  it('has to be there, and to hold something', async () => {
    const { out, again } = await begun({ 'a.ndjson': [of('e1')] });
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    await expect(again({ fixes: join(out, 'nowhere') })).rejects.toThrow(usage(/nowhere/));
    await expect(again({ fixes: temporaryFolder() })).rejects.toThrow(usage(/there is no fix in it/));
  });
});
