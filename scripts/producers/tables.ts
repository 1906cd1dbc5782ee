// What real producers' records become, by producer and reason: the tables of docs/producers.md.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import type { Conversion } from '../../src/convert/conversion.js';
import { isFailure } from '../../src/lens/issue.js';
import { convertRecords, type StreamOptions } from '../../src/node.js';
import { findLens } from '../../src/resources/registry.js';

/** Records of the five types, by what became of them; those that were rejected by type and reasons. */
interface Counts {
  readonly converted: number;
  readonly rejected: ReadonlyMap<string, number>;
}

/** The reasons of a rejection, and where: `Composition | required-missing at author`. */
function reasonsOf({ source, issues }: Extract<Conversion, { kind: 'rejected' }>): string {
  const type = source.resourceType ?? 'unknown';
  const said = issues.filter(isFailure).map(({ id, expression }) => {
    const [place = ''] = expression;
    const path = place.replace(/\[\d+\]/g, '').replace(/^[A-Za-z]+\.?/, '');
    return path === '' ? `\`${id}\`` : `\`${id}\` at ${path}`;
  });
  return `${type} | ${[...new Set(said)].sort().join(', ')}`;
}

/** Each file is a set of its own: two of one producer may hold different versions of a record. */
async function countsOf(folder: string, options: StreamOptions): Promise<Counts> {
  let converted = 0;
  const rejected = new Map<string, number>();
  for (const file of globSync(['**/*.json', '**/*.ndjson'], { cwd: folder }).sort()) {
    for await (const conversion of convertRecords(join(folder, file), options)) {
      if (conversion.kind === 'converted') converted += 1;
      else if (conversion.kind === 'rejected' && findLens(conversion.source.resourceType ?? '') !== undefined) {
        const reasons = reasonsOf(conversion);
        rejected.set(reasons, (rejected.get(reasons) ?? 0) + 1);
      }
    }
  }
  return { converted, rejected };
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((all, one) => all + one, 0);

/** The two tables, of the folders of producers in a folder, without and with what the options fill in. */
export async function tables(folder: string, filled: StreamOptions): Promise<string> {
  const producers = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows: string[] = [];
  const rest: string[] = [];
  const total = [0, 0, 0];
  for (const { name } of producers.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const plain = await countsOf(join(folder, name), {});
    const with_ = await countsOf(join(folder, name), filled);
    const figures = [plain.converted + sum(plain.rejected.values()), plain.converted, with_.converted];
    for (const [index, figure] of figures.entries()) total[index] = (total[index] ?? 0) + figure;
    rows.push(`| ${[name, ...figures].join(' | ')} |`);
    for (const [reasons, count] of [...with_.rejected].sort(([a], [b]) => (a < b ? -1 : 1)))
      rest.push(`| ${name} | ${reasons} | ${count} |`);
  }
  return [
    '| producer | records of the five types | converted | with `--fill` |',
    '| --- | --- | --- | --- |',
    ...rows,
    `| all | ${total.join(' | ')} |`,
    '',
    '| producer | type | reasons | records |',
    '| --- | --- | --- | --- |',
    ...rest,
  ].join('\n');
}
