// Sets of payloads in normal form, with and without ids, some of which refer to each other.
import fc from 'fast-check';
import type { Path } from '../../../src/index.js';
import { assessments } from './assessments.js';
import { documents } from './documents.js';
import { encounters } from './encounters.js';
import { labs } from './labs.js';
import { type Json, pick } from './object.js';
import { tasks } from './tasks.js';
import { id } from './values.js';

export type Sets = Partial<Record<Path, Json[]>>;

const RECORDS = [
  ['assessments', 'ClinicalImpression', assessments, 'assess'],
  ['documents', 'Composition', documents, 'doc'],
  ['encounters', 'Encounter', encounters, 'enc'],
  ['labs', 'DiagnosticReport', labs, 'lab'],
  ['tasks', 'Task', tasks, 'task'],
] as const;

/** Up to two payloads a path; now and then two are equal but for their ids. */
function listOf(payload: fc.Arbitrary<Json>, prefix: string, minLength: number, maxLength: number) {
  const own = pick({ weight: 3, arbitrary: id(prefix) }, { weight: 1, arbitrary: fc.constant(undefined) });
  const record = fc.tuple(payload, own).map(([made, drawn]) => (drawn === undefined ? made : { id: drawn, ...made }));
  const list = fc.uniqueArray(record, { minLength, maxLength, selector: (made) => made.id ?? made });
  return fc.tuple(list, fc.boolean()).map(([made, twice]) => {
    const [first] = made;
    return twice && first !== undefined && first.id === undefined && made.length < maxLength ? [...made, first] : made;
  });
}

/** Lets records of a set name each other, bare and with their types. */
function entangled(sets: Sets): Sets {
  const idsOf = (path: Path) => (sets[path] ?? []).flatMap(({ id: own }) => (typeof own === 'string' ? [own] : []));
  const typed = RECORDS.flatMap(([path, type]) => idsOf(path).map((own) => `${type}/${own}`));
  const bare = [...new Set(RECORDS.flatMap(([path]) => idsOf(path)))];
  const [encounter] = idsOf('encounters');
  const withEncounter = (path: Path): Json[] =>
    (sets[path] ?? []).map((made) => (encounter === undefined ? made : { ...made, encounterId: encounter }));
  const [focus] = typed;
  return {
    ...sets,
    assessments: withEncounter('assessments'),
    labs: withEncounter('labs'),
    documents: withEncounter('documents'),
    tasks: withEncounter('tasks').map((made) => ({
      ...made,
      ...(focus === undefined ? {} : { focusId: focus, basedOn: [...typed, ...bare] }),
      ...(idsOf('tasks').length === 0 ? {} : { partOf: idsOf('tasks') }),
    })),
  };
}

/** A set, with `documents` documents at most and at least. */
export function setsOf(least = 0, most = 2): fc.Arbitrary<Sets> {
  const lists = fc.record({
    assessments: listOf(assessments, 'assess', 0, 2),
    documents: listOf(documents, 'doc', least, most),
    encounters: listOf(encounters, 'enc', 0, 2),
    labs: listOf(labs, 'lab', 0, 2),
    tasks: listOf(tasks, 'task', 0, 2),
  });
  return fc.tuple(lists, fc.boolean()).map(([made, apart]) => (apart ? made : entangled(made)));
}

/** A set whose only document refers to all the others, as documents must; those without an id, which nothing can name, are left out. */
export function asDocument(sets: Sets): Sets {
  const others = RECORDS.filter(([path]) => path !== 'documents').map(
    ([path, type]) => [path, type, (sets[path] ?? []).filter((one) => typeof one.id === 'string')] as const,
  );
  const detailIds = others.flatMap(([, type, list]) => list.map((one) => `${type}/${one.id}`));
  const documents = (sets.documents ?? []).map((one) => {
    const event: unknown[] = Array.isArray(one.event) ? one.event : [];
    return { date: '2025-01-01', ...one, ...(detailIds.length === 0 ? {} : { event: [...event, { detailIds }] }) };
  });
  return { ...Object.fromEntries(others.map(([path, , list]) => [path, list])), documents };
}
