import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Summary } from '../../../src/convert/summary.js';
import { isObject } from '../../../src/lens/json.js';
import { type ConvertRun, convert } from '../../../src/node.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { encounter } from '../../support/samples.js';

/** A status that no record of R4 has. */
export const wrong = { ...encounter, status: 'nonsense' };
/** What ClinikAPI cannot hold. */
export const moreThanAPayload = {
  participant: [{ individual: { display: 'Dr. Adler' }, period: { start: '2024-01-01' } }],
};
export const of = (id: string, more: object = {}) => ({ ...encounter, id, ...more });
export const task = (id: string, focus: string) => ({
  resourceType: 'Task',
  id,
  status: 'requested',
  intent: 'order',
  for: { reference: 'Patient/p1' },
  focus: { reference: focus },
});

export interface Begun {
  readonly folder: string;
  readonly out: string;
  /** Converts again, with what stands in `rejected/` by then. */
  again(more?: Partial<ConvertRun>): Promise<Summary>;
  /** Changes a file of `rejected/`. */
  edit(file: string, change: (text: string) => string): void;
}

/** A run that rejected some records, which are to be corrected. */
export async function begun(
  files: { readonly [path: string]: unknown },
  options: Partial<ConvertRun> = {},
): Promise<Begun> {
  const folder = fill(temporaryFolder(), files);
  const out = join(temporaryFolder(), 'out');
  await convert({ inputs: [folder], out, ...options });
  const fixes = join(out, 'rejected');
  return {
    folder,
    out,
    again: async (more = {}) =>
      counted(await convert({ inputs: [folder], out, fixes, force: true, ...options, ...more }), out),
    edit(file, change) {
      const path = join(fixes, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    },
  };
}

/** Holds a run to the law: each record is in one line of sources or rejects, and in the counts. */
export function counted(summary: Summary, out: string): Summary {
  const { records } = summary;
  expect(records.in.total).toBe(records.converted.total + records.rejected.total + records.skipped.total);
  const lines = [...objects(out, 'sources.ndjson'), ...objects(out, 'rejects.ndjson')];
  const places = lines.map(({ source }) => (isObject(source) ? `${source.file}:${source.line}:${source.entry}` : ''));
  expect(places).toHaveLength(records.in.total);
  expect(new Set(places).size).toBe(places.length);
  return summary;
}

export const mend = (text: string): string => text.replaceAll('nonsense', 'finished');

/** Where each record came from and went to: `e1 2 encounters.ndjson:1 wave 0`. */
export const sources = (out: string): string[] =>
  objects(out, 'sources.ndjson').map(({ source, output, skipped, wave, fixed, toRejected }) => {
    const [from, to, now] = [source, output, fixed].map((at) => (isObject(at) ? at : {}));
    const place = skipped === undefined ? `${to?.file}:${to?.line} wave ${wave}` : `${skipped}`;
    const more = [
      now?.file === undefined ? '' : ` fixed ${now.file}:${now.line}`,
      toRejected === undefined ? '' : ' !',
    ];
    return `${from?.id} ${from?.line}${from?.entry === undefined ? '' : `#${from.entry}`} ${place}${more.join('')}`;
  });

export const usage = (message: RegExp) =>
  expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) });
