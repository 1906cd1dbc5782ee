import { findLens } from '../../src/resources/registry.js';
import { validate } from '../../src/validate/validate.js';
import { type Corpus, corpora } from '../corpora.js';
import { speed, type Task, timePaired, YARDSTICK } from '../paired.js';
import type { Part, Row } from '../row.js';
import { withUsCore } from '../usCore.js';

const converted = (resource: { readonly resourceType: string }, residue: boolean): number => {
  const result = findLens(resource.resourceType)?.safeFromFhir(resource, { residue });
  return JSON.stringify(result?.ok === true ? result.payload : result?.issues).length;
};

/** What is measured: all parse a line first, and those that convert write the payload as text. */
export const TASKS: readonly Task[] = [
  YARDSTICK,
  { id: 'parse', name: 'JSON.parse alone', run: (line) => (JSON.parse(line) === undefined ? 0 : 1) },
  { id: 'convert', name: 'convert, with losses', run: (line) => converted(JSON.parse(line), false) },
  { id: 'residue', name: 'convert, with losses and residue', run: (line) => converted(JSON.parse(line), true) },
  { id: 'validate', name: 'validate', run: (line) => validate(JSON.parse(line)).issue.length },
  {
    id: 'both',
    name: 'validate and convert',
    run(line) {
      const resource = JSON.parse(line);
      return validate(resource).issue.length + converted(resource, false);
    },
  },
];

/** The rows of a corpus; the yardstick itself is 1. */
function rowsOf({ id, name, lines, bytes }: Corpus, index: number): Row[] {
  return timePaired([...TASKS, ...(index === 0 ? withUsCore() : [])], lines, ROUNDS, WARM_UP)
    .slice(1)
    .map(({ task, ratio, milliseconds }) => ({
      id: `library/${id}/${task.id}`,
      name: `${task.name}: ${name}`,
      unit: '× JSON',
      value: ratio,
      detail: speed(bytes, milliseconds),
    }));
}

const ROUNDS = 61;
const WARM_UP = 15;

export const library: Part = {
  name: 'library',
  title: 'The library, in a warm process',
  here: () => corpora().map(({ id }) => id),
  measure: () => corpora().flatMap(rowsOf),
};
