import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Class, Compared } from './judge.js';
import { isValid } from './verdict.js';

/** Prints how often the verdicts are the same, each class of those that are not, and the share that R4's text is with. */
export function reportOn(compared: readonly Compared[], seed: number, classes: readonly Class[], file: string): void {
  const differing = compared.filter(({ ours, java }) => isValid(ours) !== isValid(java));
  const rows = new Map<string, { readonly right: string; readonly all: Compared[] }>();
  for (const one of differing) {
    const found = classes.find(({ fits }) => fits(one));
    const name = found?.name ?? unexplained(one);
    const row = rows.get(name) ?? { right: found?.right ?? 'unexplained', all: [] };
    row.all.push(one);
    rows.set(name, row);
  }
  const sorted = [...rows].sort(([, a], [, b]) => a.right.localeCompare(b.right) || b.all.length - a.all.length);
  for (const [name, { right, all }] of sorted)
    console.log(`${right.padEnd(12)}${String(all.length).padStart(6)}  ${name}`);
  const ours = sorted.filter(([, { right }]) => right === 'ours').reduce((sum, [, { all }]) => sum + all.length, 0);
  const same = compared.length - differing.length;
  console.log(
    `${compared.length} mutants, seed ${seed}: the same verdict of ${same} (${share(same, compared.length)})`,
  );
  console.log(`${differing.length} differ, and R4's text is with ours in ${ours}`);
  console.log(`as R4's text has it: ${share(same + ours, compared.length)}`);
  const smallest = sorted.map(([name, { right, all }]) => {
    const [first] = [...all].sort((a, b) => a.text.length - b.text.length);
    return JSON.stringify({ right, count: all.length, name, ...first });
  });
  writeFileSync(join('build', 'oracle', file), `${smallest.join('\n')}\n`);
  console.log(`the smallest input of each is in build/oracle/${file}`);
}

const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(2)} %`;

/** What no class explains, by its fault and by what was found. */
function unexplained({ fault, ours, java }: Compared): string {
  const side = isValid(ours) ? 'Java' : 'ours';
  const ids = (isValid(ours) ? java : ours).filter(({ isError }) => isError).map(({ id }) => id);
  return `${side} alone: ${fault}: ${[...new Set(ids)].sort().join(', ')}`;
}
