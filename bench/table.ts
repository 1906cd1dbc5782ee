import { type Baseline, change } from './baseline.js';
import { isRow, type Measured, type Part } from './row.js';

/** `2.71`, `152`: three digits tell figures apart. */
export const figure = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

type Titled = Pick<Part, 'name' | 'title'>;

/** Rows for a terminal, by part: the figure, that of the last release, and by how much they differ. */
export function table(parts: readonly Titled[], rows: readonly Measured[], release: Baseline | undefined): string {
  const cells = rows.map((row) => cellsOf(row, release?.rows ?? []));
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0), HEAD[column]?.length ?? 0),
  );
  const line = (row: readonly string[]): string =>
    `${widths.map((width, column) => (row[column] ?? '').padStart(width)).join('  ')}  ${row[3] ?? ''}`.trimEnd();
  const groups = parts.flatMap(({ name, title }) => {
    const lines = rows.flatMap(({ id }, index) => (id.startsWith(`${name}/`) ? [line(cells[index] ?? [])] : []));
    return lines.length === 0 ? [] : ['', title, ...lines];
  });
  return [line(HEAD), ...groups].join('\n');
}

const HEAD = ['now', 'release', 'change', ''];

function cellsOf(row: Measured, before: readonly Measured[]): string[] {
  if (!isRow(row)) return ['-', '', '', `${row.name} (not run: ${row.notRun})`];
  const then = before.find(({ id }) => id === row.id);
  const share = change(row, before);
  const percent = share === undefined ? '' : `${share >= 0 ? '+' : ''}${(share * 100).toFixed(0)}%`;
  const more = row.detail === undefined ? '' : ` (${row.detail})`;
  return [
    figure(row.value),
    then !== undefined && isRow(then) ? figure(then.value) : '',
    percent,
    `${row.unit}  ${row.name}${more}`,
  ];
}

/** The figures of a release for a page, and where they were measured. */
export function page(parts: readonly Titled[], { version, machine, node, rows }: Baseline): string {
  const groups = parts.flatMap(({ name, title }) => {
    const lines = rows.filter(({ id }) => id.startsWith(`${name}/`)).map(markdown);
    return lines.length === 0 ? [] : [`**${title}**`, '', '| what | figure | |', '| --- | ---: | --- |', ...lines, ''];
  });
  return [`Version ${version}, Node ${node}, ${machine}.`, '', ...groups].join('\n').trimEnd();
}

function markdown(row: Measured): string {
  if (!isRow(row)) return `| ${row.name} | not run | ${row.notRun} |`;
  return `| ${row.name} | ${figure(row.value)} ${row.unit} | ${row.detail ?? ''} |`;
}

const [START, END] = ['<!-- figures: npm run bench -- --write -->', '<!-- /figures -->'];

/** A page with other figures between its marks. */
export function withFigures(text: string, figures: string): string {
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the page has no place for figures');
  return `${text.slice(0, from)}${START}\n${figures}\n${text.slice(to)}`;
}
