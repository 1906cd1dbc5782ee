import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type ConvertRun, convert } from '../../../src/convert/convertToFiles.js';
import { readIdMap } from '../../../src/convert/idMapFile.js';
import { parseLiteral } from '../../../src/fhir/references/literal.js';
import { isObject, type JsonObject } from '../../../src/lens/json.js';
import { findLens } from '../../../src/resources/registry.js';
import { ensure, unless } from '../../support/ensure.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { lossesIn } from '../../support/losses.js';

const CORPUS = join('..', 'shared', 'corpus');
const noCorpus = existsSync(CORPUS) ? false : 'the corpus is not there';

/** A Reference of a resource: where it stands, with and without indexes. */
interface Found {
  readonly at: string;
  readonly element: string;
  readonly value: JsonObject;
}

/** Everything that could be a Reference, at any depth, contained resources too. */
function referencesOf(value: unknown, at: string, element: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => referencesOf(item, `${at}[${index}]`, element));
  if (!isObject(value)) return [];
  const isReference = typeof value.reference === 'string' || (isObject(value.identifier) && !('resourceType' in value));
  const here = isReference ? [{ at, element, value }] : [];
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, item]) => referencesOf(item, `${at}.${key}`, `${element}.${key}`)),
  ];
}

/** The ids of a payload, at the fields that its table calls ids. */
function idsOf(path: string, payload: unknown): string[] {
  const read = (value: unknown, [key, ...rest]: readonly string[]): unknown[] => {
    if (Array.isArray(value)) return value.flatMap((item) => read(item, key === undefined ? [] : [key, ...rest]));
    if (key === undefined) return [value];
    return isObject(value) && value[key] !== undefined ? read(value[key], rest) : [];
  };
  const sections = (value: unknown): unknown[] =>
    isObject(value) && Array.isArray(value.sections) ? value.sections.flatMap((one) => [one, ...sections(one)]) : [];
  const fields = findLens(path)?.fields.filter(({ targets }) => targets !== undefined) ?? [];
  const keys = fields.map(({ payload: name }) => name.replaceAll('[]', '').split('.'));
  const ids = [
    ...keys.flatMap((steps) => read(payload, steps)),
    ...sections(payload).flatMap((section) =>
      keys.filter(([first]) => first === 'sections').flatMap(([, ...steps]) => read(section, steps)),
    ),
  ];
  return ids.filter((id): id is string => typeof id === 'string');
}

interface Walked {
  /** How many references became ids of what is in the set, of what a map knows, lead out of the set, or are a loss. */
  readonly inSet: number;
  readonly mapped: number;
  readonly outside: number;
  readonly lost: number;
}

/** The records of a set: by their place in the input, by their names, by the fullUrls of Bundles, by their identifiers. */
interface Known {
  readonly byPlace: Map<string, JsonObject>;
  readonly byText: Map<string, JsonObject>;
}

/** All that the target of a reference is called: as the reference has it, and as the set does. */
function namesOf({ reference, identifier, type }: JsonObject, types: readonly string[], { byText }: Known): string[] {
  const literal = typeof reference === 'string' ? parseLiteral(reference) : undefined;
  const told = literal === undefined ? [] : [literal.reference, `${literal.type}/${literal.id}`];
  const searches = isObject(identifier)
    ? (typeof type === 'string' ? [type] : types).map(
        (one) => `${one}?identifier=${identifier.system}|${identifier.value}`,
      )
    : [];
  const texts = [...told, ...searches];
  const target = texts.map((text) => byText.get(text)).find((found) => found !== undefined);
  const others = [...byText].filter(([, record]) => record === target && target !== undefined).map(([text]) => text);
  return [...others, ...texts];
}

/**
 * Converts a set, and walks every reference of every record that became a payload: its target is in the set, or in the map, or the
 * reports name its place, as a loss or as one that leads out of the set. No id is in a payload that comes from anywhere else.
 */
async function walk(input: string, options: Partial<ConvertRun> = {}): Promise<Walked> {
  const out = join(temporaryFolder(), 'out');
  await convert({ ...options, inputs: [input], out });
  const map = options.idMap === undefined ? undefined : await readIdMap(options.idMap);
  const sources = objects(out, 'sources.ndjson');
  const known = recordsOf(sources.map(({ source }) => source));
  const losses = new Map(lossesIn(out).map(({ source, losses: all }) => [JSON.stringify(source), all]));
  const walked = { inSet: 0, mapped: 0, outside: 0, lost: 0 };

  for (const { source, output, outside = [], toRejected = [] } of sources) {
    if (!isObject(output) || !isObject(source)) continue;
    const place = placeOf(source);
    const lost = losses.get(JSON.stringify(source)) ?? [];
    ensure(Array.isArray(lost) && Array.isArray(outside) && Array.isArray(toRejected), place);
    const type = String(source.resourceType);
    const types = (findLens(type)?.fields ?? []).flatMap(({ targets = [] }) => targets);
    const payload = objects(out, String(output.file))[Number(output.line) - 1];
    const ids = idsOf(String(output.file).replace('.ndjson', ''), payload).map((id) => id.slice(id.indexOf('/') + 1));
    const unexplained = new Set(ids);
    const take = (id: string | undefined): boolean => {
      if (id !== undefined) unexplained.delete(id);
      return id !== undefined && ids.includes(id);
    };

    for (const { at, element, value } of referencesOf(known.byPlace.get(place), type, type)) {
      const names = namesOf(value, types, known);
      const inSet = names.map((name) => known.byText.get(name)).find((found) => found !== undefined);
      const mapped = names.map((name) => map?.resolveId(name)).find((id) => id !== undefined);
      const told = names.map((name) => parseLiteral(name)?.id).find((id) => id !== undefined);
      const leadsOut = [...outside, ...toRejected].includes(element.replace(/(\.section)+/, '.section'));
      if (map !== undefined && take(mapped)) walked.mapped += 1;
      else if (map === undefined && inSet !== undefined && take(String(inSet.id))) walked.inSet += 1;
      else if (map === undefined && leadsOut && take(told)) walked.outside += 1;
      else {
        const said = `${place} ${at}: its target is neither in the set, nor in a map, nor is there a loss`;
        ensure(
          lost.some(({ expression }) => isBelow(at, expression) || isBelow(expression, at)),
          said,
        );
        walked.lost += 1;
      }
    }
    expect([`${place}: an id that comes from nowhere`, [...unexplained].filter(isId)]).toStrictEqual([
      `${place}: an id that comes from nowhere`,
      [],
    ]);
  }
  return walked;
}

const isBelow = (at: string, around: string): boolean =>
  at === around || at.startsWith(`${around}.`) || at.startsWith(`${around}[`);

/** Where a place has a name, a payload has that. */
const isId = (text: string): boolean => /^[A-Za-z0-9\-_.]+$/.test(text);

const placeOf = ({ file, line, entry }: JsonObject): string => `${file}:${line}#${entry ?? ''}`;

/** The records that the reports name. */
function recordsOf(sources: readonly unknown[]): Known {
  const known: Known = { byPlace: new Map(), byText: new Map() };
  for (const source of sources) {
    if (!isObject(source)) continue;
    const { file, line, entry, resourceType, id } = source;
    const text = readFileSync(String(file), 'utf8');
    const whole: unknown = JSON.parse(entry === undefined ? (text.split('\n')[Number(line) - 1] ?? '') : text);
    const around = isObject(whole) && Array.isArray(whole.entry) ? whole.entry[Number(entry)] : undefined;
    const resource: unknown = around === undefined ? whole : around.resource;
    ensure(isObject(resource));
    const record = { ...resource, id };
    known.byPlace.set(placeOf(source), record);
    known.byText.set(`${resourceType}/${id}`, record);
    if (around !== undefined) known.byText.set(around.fullUrl, record);
    for (const one of [resource.identifier].flat())
      if (isObject(one)) known.byText.set(`${resourceType}?identifier=${one.system}|${one.value}`, record);
  }
  return known;
}

describe('every reference of every record', () => {
  it('of the invented export leads into the set, or has its loss', async () => {
    const walked = await walk(join('fixtures', 'ehr-export'));
    ensure(walked.inSet > 80 && walked.lost > 10, JSON.stringify(walked));
  });

  it('of the invented export is in its id map, or has its loss', async () => {
    const walked = await walk(join('fixtures', 'ehr-export'), { idMap: join('fixtures', 'ehr-ids.csv') });
    ensure(walked.mapped > 60 && walked.lost > 30, JSON.stringify(walked));
  });

  unless(noCorpus)('of a hospital leads into the set, or is named as one that leads out of it', async () => {
    const walked = await walk(join(CORPUS, 'clinosim-us-100'));
    ensure(walked.inSet > 300 && walked.outside > 1000 && walked.lost > 500, JSON.stringify(walked));
  });

  unless(noCorpus)('of a hospital is in a map that knows a half, or has its loss', async () => {
    const idMap = mapOf(join(CORPUS, 'clinosim-us-100', 'Encounter.ndjson'), (_, index) => index % 2 === 0);
    const walked = await walk(join(CORPUS, 'clinosim-us-100'), { idMap });
    ensure(walked.mapped > 300 && walked.lost > 500, JSON.stringify(walked));
  });

  unless(noCorpus)('of encounters with conditional references is in their map', async () => {
    const synthea = join(CORPUS, 'synthea-10', 'Encounter.ndjson');
    const walked = await walk(synthea, { idMap: mapOf(synthea, () => true), unmapped: 'refuse' });
    ensure(walked.mapped >= 600, JSON.stringify(walked));
  });

  unless(noCorpus)(
    'of encounters with conditional references has its loss where the map has only patients',
    async () => {
      const synthea = join(CORPUS, 'synthea-10', 'Encounter.ndjson');
      const walked = await walk(synthea, { idMap: mapOf(synthea, (reference) => reference.startsWith('Patient/')) });
      ensure(walked.mapped >= 300 && walked.lost >= 900, JSON.stringify(walked));
    },
  );
});

/** An id map of the references in a file that are wanted. */
function mapOf(file: string, isWanted: (reference: string, index: number) => boolean): string {
  const texts = readFileSync(file, 'utf8').matchAll(/"reference": ?"([^"#]+)"/g);
  const references = [...new Set([...texts].map(([, reference = '']) => reference))];
  const rows = references.map((reference, index) => ({ reference, id: `new_${index}` }));
  return join(
    fill(temporaryFolder(), { 'ids.ndjson': rows.filter((row, index) => isWanted(row.reference, index)) }),
    'ids.ndjson',
  );
}
