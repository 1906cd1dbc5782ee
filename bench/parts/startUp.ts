import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cost, MAIN, withFolder } from '../child.js';
import { type Node, nodesOf, versionOf } from '../nodes.js';
import { type Measured, median, type Part, type Row } from '../row.js';

const RUNS = 20;
const WARM_UP = 2;

const ENCOUNTER = {
  resourceType: 'Encounter',
  id: 'e1',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>A visit</p></div>' },
  identifier: [{ system: 'http://ehr.example.org/visits', value: 'V-0001' }],
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
  type: [{ coding: [{ system: 'http://snomed.info/sct', code: '185349003' }], text: 'Check-up' }],
  subject: { reference: 'Patient/p1', display: 'A Person' },
  period: { start: '2025-03-04T08:10:00+01:00', end: '2025-03-04T08:40:00+01:00' },
  reasonCode: [{ text: 'Cough' }],
};

/** What is started, by the place of a small file and that of a new folder. */
const STARTS: readonly (readonly [id: string, name: string, args: (file: string, out: string) => readonly string[]])[] =
  [
    [
      'convert',
      'clinik-fhir convert of one small file',
      (file, out) => [MAIN, 'convert', file, '--out', out, '--force'],
    ],
    ['validate', 'clinik-fhir validate of one small file', (file) => [MAIN, 'validate', file]],
    ['help', 'clinik-fhir convert --help', () => [MAIN, 'convert', '--help']],
    ['first', 'the library, and the first validate of a process', () => ['--input-type=module', '-e', first()]],
  ];

const first = (): string =>
  `import { validate } from '${pathToFileURL(join('dist', 'index.js')).href}'; validate(${JSON.stringify(ENCOUNTER)});`;

function rowsOf({ file: node, major }: Node): Row[] {
  return withFolder((folder) => {
    const file = join(folder, 'encounter.json');
    writeFileSync(file, JSON.stringify(ENCOUNTER));
    return STARTS.map(([id, name, args]) => {
      const ratios: number[] = [];
      const times: number[] = [];
      for (let run = -WARM_UP; run < RUNS; run += 1) {
        const empty = cost(['-e', '0'], folder, 0, node);
        const taken = cost(args(file, join(folder, 'out')), folder, 0, node);
        if (run < 0) continue;
        ratios.push(taken.user / empty.user);
        times.push(taken.user);
      }
      return {
        id: `start-up/node${major}/${id}`,
        name: `${name}, Node ${major}`,
        unit: '× node -e 0',
        value: median(ratios),
        detail: `${median(times).toFixed(0)} ms`,
      };
    });
  });
}

const nodes = () => nodesOf(process.execPath, process.env.NODES, versionOf);

/** User CPU. The Node that runs the benchmarks, and those that NODES names, files with what separates a PATH between them. */
export const startUp: Part = {
  name: 'start-up',
  title: 'A process for one small file, user CPU',
  here: () => nodes().flatMap((node) => ('major' in node ? [`node${node.major}`] : [])),
  measure: () => nodes().flatMap((node): Measured[] => ('major' in node ? rowsOf(node) : [node])),
};
