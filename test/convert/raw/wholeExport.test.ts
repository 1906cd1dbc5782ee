import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ConvertRun } from '../../../src/convert/convertToFiles.js';
import { readIdMap } from '../../../src/convert/idMapFile.js';
import { parseLiteral } from '../../../src/fhir/references/literal.js';
import { isObject, type JsonObject } from '../../../src/lens/json.js';
import { findLens } from '../../../src/resources/registry.js';
import { ensure, unless } from '../../support/ensure.js';
import { objects, temporaryFolder } from '../../support/folder.js';
import { assertBooked } from '../books.js';

/** A reference of an output: its element without indexes, and all that it could mean. */
interface Said {
  readonly element: string;
  readonly names: readonly string[];
}

/** Everything in a resource that says a reference, by its key alone; what is contained has no name elsewhere. */
function referencesOf(value: unknown, element: string): Said[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesOf(item, element));
  if (!isObject(value)) return [];
  const { reference } = value;
  const isElsewhere = typeof reference === 'string' && !reference.startsWith('#');
  const here = isElsewhere ? [{ element, names: namesOf(reference) }] : [];
  return [...here, ...Object.entries(value).flatMap(([key, item]) => referencesOf(item, `${element}.${key}`))];
}

/** A reference, and what it names if its server is home; without its version. */
function namesOf(reference: string): string[] {
  const literal = parseLiteral(reference);
  return literal?.id === undefined ? [reference] : [literal.reference, `${literal.type}/${literal.id}`];
}

/** The ids of a payload, by the last keys of the fields that its table calls ids. */
function idsOf(value: unknown, targets: ReadonlyMap<string, readonly string[]>, key = ''): Said[] {
  if (Array.isArray(value)) return value.flatMap((item) => idsOf(item, targets, key));
  if (isObject(value)) return Object.entries(value).flatMap(([name, item]) => idsOf(item, targets, name));
  const types = targets.get(key);
  if (typeof value !== 'string' || types === undefined) return [];
  const isTyped = /^[A-Z][A-Za-z]+\//.test(value);
  return [{ element: '', names: isTyped ? [value] : [value, ...types.map((type) => `${type}/${value}`)] }];
}

function targetsIn(path: string): Map<string, readonly string[]> {
  // Where a field can hold a name as well, what it holds need not be an id.
  const fields = (findLens(path)?.fields ?? []).filter(
    ({ payload, targets }) => targets !== undefined && /Id(s(\[\])?)?$/.test(payload),
  );
  return new Map(
    fields.map(({ payload, targets = [] }) => [payload.replace(/^.*\.|\[\]/g, '').replace(/^.*\./, ''), targets]),
  );
}

const lineOf = (out: string, at: unknown): JsonObject => {
  ensure(isObject(at));
  const line: unknown = JSON.parse(
    readFileSync(join(out, String(at.file)), 'utf8').split('\n')[Number(at.line) - 1] ?? '',
  );
  ensure(isObject(line));
  return line;
};

/** Converts a whole export, and looks where each reference of each output leads; gives how many there were of each kind. */
async function walk(input: string, options: Partial<ConvertRun> = {}) {
  const out = join(temporaryFolder(), 'out');
  const run = { rawTypes: ['all'], raw: true, ...options, inputs: [input], out };
  const { records, retractions } = await assertBooked(run);
  const map = options.idMap === undefined ? undefined : readFileSync(options.idMap, 'utf8');
  const ids = new Set(map?.split('\n').map((row) => row.slice(row.lastIndexOf(',') + 1)));
  if (options.idMap !== undefined) expect((await readIdMap(options.idMap)).size).toBeGreaterThan(0);

  const lines = [...objects(out, 'sources.ndjson'), ...objects(out, 'rejects.ndjson')];
  const sent = new Set(
    lines.flatMap(({ source, output, raw }) =>
      isObject(source) && (output !== undefined || raw !== undefined) ? [`${source.resourceType}/${source.id}`] : [],
    ),
  );
  const counts = { ofOutputs: 0, mapped: 0, listed: 0 };
  for (const line of lines) {
    const { source, output, raw, outside = [], toRejected = [], cut = [] } = line;
    ensure(isObject(source) && Array.isArray(outside) && Array.isArray(toRejected) && Array.isArray(cut));
    const type = String(source.resourceType);
    const listed = [...outside, ...toRejected, ...cut].map(String);
    const path = isObject(output) ? String(output.file).replace(/^.*\/|\.ndjson$/g, '') : '';
    const said = [
      ...(raw === undefined ? [] : referencesOf(lineOf(out, raw), type)),
      ...(output === undefined ? [] : idsOf(lineOf(out, output), targetsIn(path))),
    ];
    for (const { element, names } of said) {
      const isListed = listed.some(
        (one) =>
          element === '' || one === element.replace(/(\.section)+/, '.section') || /\.(extension|contained)$/.test(one),
      );
      if (names.some((name) => ids.has(name.slice(name.lastIndexOf('/') + 1)))) counts.mapped += 1;
      else if (names.some((name) => sent.has(name))) counts.ofOutputs += 1;
      else {
        ensure(isListed, `${JSON.stringify(source)} ${element}: it leads to nothing, and is not listed`);
        counts.listed += 1;
      }
    }
  }
  const { converted, raw, rejected, skipped } = records;
  ensure(raw !== undefined);
  expect(converted.total + raw.total + rejected.total + skipped.total).toBe(records.in.total);
  expect(skipped.byReason['other-type'] ?? 0).toBe(0);
  return { ...counts, retractions, raw: raw.total };
}

const EXPORT = join('fixtures', 'ehr-export');
const CORPUS = join('..', 'shared', 'corpus');

describe('a whole export with all raw types', () => {
  it('leads from each reference of the outputs to one of them, or lists it', async () => {
    for (const layout of [{}, { splitWaves: true }]) {
      const { ofOutputs, mapped, listed, raw, retractions } = await walk(EXPORT, layout);
      expect([raw, retractions, mapped]).toStrictEqual([28, 4, 0]);
      ensure(ofOutputs > 150 && listed < 10, `${ofOutputs} ${listed}`);
    }
  });

  it('leads to what a map knows, too', async () => {
    const { mapped, ofOutputs, listed } = await walk(EXPORT, { idMap: join('fixtures', 'ehr-ids.csv') });
    ensure(mapped > 100, `${mapped}`);
    ensure(ofOutputs + listed > 0);
  });

  for (const name of ['clinosim-us-100', 'synthea-10'])
    unless(existsSync(join(CORPUS, name)) ? false : 'the corpus is not there')(`holds of ${name}`, async () => {
      const { ofOutputs, listed } = await walk(join(CORPUS, name));
      ensure(ofOutputs + listed > 0);
    });
});
