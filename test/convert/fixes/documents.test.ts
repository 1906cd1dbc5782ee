import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert } from '../../../src/node.js';
import { findLens } from '../../../src/resources/registry.js';
import { ensure } from '../../support/ensure.js';
import { fill, objects, temporaryFolder, tree } from '../../support/folder.js';
import { bundle, encounterPayload } from '../../support/samples.js';
import { rejections } from '../runs.js';

import { begun, counted, mend, of, sources, wrong } from './begun.js';

describe('a fix in a document', () => {
  it('leaves all else there as it is, in a list, a response and a nested Bundle', async () => {
    const other = 'https://api.clinikapi.com/v1';
    const files = {
      'encounters.json': { data: [{ ...encounterPayload, status: 'nonsense' }, encounterPayload] },
      'list.json': [{ ...wrong, id: 'e1' }, of('e2'), 5, { ...wrong, id: 'e4', language: other }],
      'nested.json': bundle([
        { resource: of('n1') },
        { resource: bundle([{ resource: { ...wrong, id: 'n2' } }, { resource: of('n3') }]) },
      ]),
    };
    const folder = fill(temporaryFolder(), { ...files, 'list.json': JSON.stringify(files['list.json']) });
    const out = join(temporaryFolder(), 'out');
    const first = await convert({ inputs: [folder], out });
    const fixes = join(out, 'rejected');
    for (const name of readdirSync(fixes))
      writeFileSync(
        join(fixes, name),
        mend(readFileSync(join(fixes, name), 'utf8')).replace('5', JSON.stringify(of('e3'))),
      );
    const summary = counted(await convert({ inputs: [folder], out, fixes, force: true }), out);
    expect(summary.fixes).toStrictEqual({ converted: first.records.rejected.total, rejected: 0, skipped: 0 });
    expect(summary.records.in.total).toBe(first.records.in.total);
    expect(sources(out).map((one) => one.split(' ').slice(0, 2).join(' '))).toStrictEqual([
      ...['undefined 1#0', 'undefined 1#1', 'e1 1#0', 'e2 1#1', 'e3 1#2', 'e4 1#3', 'n1 1#0', 'n2 1#1.0', 'n3 1#1.1'],
    ]);
  });

  it('may take the place of a deletion that nobody could order', async () => {
    const deleted = {
      fullUrl: 'https://ehr.example.org/fhir/Encounter/e1',
      request: { method: 'DELETE', url: 'Encounter/e1' },
    };
    const there = { fullUrl: 'https://ehr.example.org/fhir/Encounter/e1', resource: of('e1') };
    const { out, again, edit } = await begun({ 'b.json': bundle([deleted, there, { resource: of('e2') }]) });
    expect(rejections(out)).toHaveLength(2);
    edit('Bundle.ndjson', (text) => {
      const lines = text.trimEnd().split('\n');
      return `${lines.map((line) => (line.includes('DELETE') ? JSON.stringify(there.resource) : line)).join('\n')}\n`;
    });
    const { records } = await again();
    expect([records.in.total, records.converted.total + records.rejected.total + records.skipped.total]).toStrictEqual([
      3, 3,
    ]);
    expect(sources(out).map((one) => one.split(' ').slice(0, 2).join(' '))).toContain('e2 1#2');
  });
});

describe('a set of which every third record was corrected', () => {
  const spoiled = (line: string): string =>
    findLens(/"resourceType":"([A-Za-z]+)"/.exec(line)?.[1] ?? '') === undefined
      ? line
      : line.replace(/"status":"([a-z-]+)"/g, '"status":"$1-nonsense"');
  const names = readdirSync(join('fixtures', 'ehr-export')).filter((name) => name.endsWith('.ndjson'));
  const linesOf = (name: string): string[] =>
    readFileSync(join('fixtures', 'ehr-export', name), 'utf8')
      .trimEnd()
      .split('\n');

  /** The export, as it is and spoiled; in lines, or all of it in one Bundle. */
  const forms: { [form: string]: (spoil: (line: string) => string) => { [file: string]: string } } = {
    lines: (spoil) => Object.fromEntries(names.map((name) => [name, `${each(name, spoil).join('\n')}\n`])),
    'a Bundle': (spoil) => ({
      'all.json': `{"resourceType":"Bundle","type":"collection","entry":[\n${names
        .flatMap((name) => each(name, spoil))
        .map(
          (line, index) =>
            `{"fullUrl":"urn:uuid:5f6a2f6c-0c1c-4d8a-9a54-${String(index).padStart(12, '0')}","resource":${line}}`,
        )
        .join(',\n')}]}`,
    }),
  };
  const each = (name: string, spoil: (line: string) => string): string[] =>
    linesOf(name).map((line, index) => (index % 3 === 0 ? spoil(line) : line));

  it.each(Object.keys(forms))('becomes what the right one becomes, in %s', async (form) => {
    const files = forms[form];
    if (files === undefined) throw new Error('there is no such form');
    const right = {
      folder: fill(
        temporaryFolder(),
        files((line) => line),
      ),
      out: join(temporaryFolder(), 'out'),
    };
    const options = { splitWaves: true, residue: true } as const;
    await convert({ inputs: [right.folder], out: right.out, ...options });
    const { out, folder, again } = await begun(files(spoiled), options);
    expect(objects(out, 'rejects.ndjson').length).toBeGreaterThan(15);
    for (const name of readdirSync(join(out, 'rejected'))) {
      const file = join(out, 'rejected', name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('-nonsense', ''));
    }
    for (const time of [1, 2]) {
      const { fixes } = await again();
      ensure((fixes?.converted ?? 0) > 10, `run ${time}`);
      const [made, expected] = [tree(out), tree(right.out)];
      const reports = /^(?:summary\.json|clinik-fhir\.run\.json|fixes\.ndjson|fixed\/.*)$/;
      const alike = (all: { [path: string]: string }, from: string) =>
        Object.entries(all)
          .filter(([path]) => !reports.test(path))
          .map(([path, text]) => [path, text.replaceAll(from, '').replace(/,"fixed":\{[^}]*\}/g, '')]);
      const [mended, asked] = [alike(made, folder), alike(expected, right.folder)].map(Object.fromEntries);
      for (const path of new Set([...Object.keys(mended), ...Object.keys(asked)]))
        expect([path, mended[path]]).toStrictEqual([path, asked[path]]);
    }
  });
});
