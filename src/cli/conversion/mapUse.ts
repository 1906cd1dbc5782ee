import type { Plan } from '../../convert/planUpload.js';
import type { SourceIds } from '../../convert/waves/targetTable.js';
import { amount, number } from '../../report/amount.js';
import type { Paint } from '../style.js';
import { wrap } from '../wrap.js';
import { quoted } from './quoted.js';
import { pointed } from './rejections.js';

/** How many types are named before the rest is only counted. */
const MOST = 4;

/** What a run was asked to read, for the commands that help. */
export interface Asked {
  readonly inputs: readonly string[];
  readonly idMap?: string | undefined;
}

/** What is said of the use of a map, and how. */
interface UsePage {
  readonly summary: Pick<Plan, 'idMap' | 'references'>;
  readonly width: number;
  readonly colours: Paint;
  readonly asked?: Asked | undefined;
}

/** How much of the references the id map knew, and what helps with the others; without lines where there is none. */
export function idMapUse({ summary, width, colours, asked }: UsePage): string[] {
  const {
    idMap,
    references: { idMap: use },
  } = summary;
  const { bold, bad, warn } = colours;
  if (idMap === undefined || use === undefined) return [];
  const { known, unknown } = use;
  const all = known + unknown.total;
  const { rows, unfilled = 0 } = idMap;
  const empty = unfilled === 0 ? '' : ` ${amount(unfilled, 'row')} of it ${unfilled === 1 ? 'has' : 'have'} no id yet.`;
  const fix = (): string[] => [
    ...pointed('List what it lacks, and add the rows:', width - 2).map((line) => `  ${line}`),
    `    ${missingCommand(asked)}`,
  ];
  if (knewNone(use)) {
    const has = `It has ${amount(rows, 'row')} with an id.${empty}`;
    const wrong = rows === 0 ? '' : ' Is it the map of this export?';
    return [
      bold(bad(`THE ID MAP KNEW NONE of ${amount(all, 'reference')}`)),
      ...wrap(`${has}${wrong}`, width - 2).map((line) => bad(`  ${line}`)),
      ...fix().map(bad),
    ];
  }
  if (all === 0) return [];
  const knew = `ID MAP: it knew ${number(known)} of ${amount(all, 'reference')}.${empty}`;
  if (unknown.total === 0) return wrap(knew, width);
  const are = unknown.total === 1 ? 'is' : 'are';
  const lines = wrap(
    `${knew} ${amount(unknown.total, 'reference')} to ${amount(unknown.records, 'record')} ${are} not in it (${byType(unknown)}).`,
    width,
  );
  return [...lines, ...fix()].map(warn);
}

/** True where an id map was asked, and had no answer. */
export function knewNone({ known, unknown }: NonNullable<Plan['references']['idMap']>): boolean {
  return known === 0 && unknown.total > 0;
}

/** References and the records that they lead to, by type: `Patient 41 to 7, Practitioner 35 to 5`. */
export function byType({ byType: types }: SourceIds): string {
  const all = Object.entries(types);
  const rest = all.length - MOST;
  const named = all
    .slice(0, MOST)
    .map(([type, { references, records }]) => `${type} ${number(references)} to ${number(records)}`);
  return [...named, ...(rest > 0 ? [`… ${amount(rest, 'more type')}`] : [])].join(', ');
}

/** What makes an id map, where there is none. */
export function idsCommand(asked: Asked | undefined): string {
  return `clinik-fhir ids ${inputsOf(asked)} --out ids.csv`;
}

function missingCommand(asked: Asked | undefined): string {
  const map = asked?.idMap === undefined ? 'FILE' : quoted(asked.idMap);
  return `clinik-fhir ids ${inputsOf(asked)} --missing --id-map ${map} --out missing.csv`;
}

const inputsOf = (asked: Asked | undefined): string => asked?.inputs.map(quoted).join(' ') ?? 'INPUT';
