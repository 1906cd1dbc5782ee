import { layoutJson } from '../read/jsonLayout.js';
import { UsageError } from '../read/usageError.js';
import { namesNear } from '../report/nearest.js';
import { currentId } from '../report/renamedIds.js';
import { pageOf, type RuleExample, type RuleMeaning, type RulePage, ruleLink, rulePages } from '../report/rulePages.js';
import { type Paint, paint } from './style.js';
import { wrap } from './wrap.js';

/** Options of `clinik-fhir explain`. */
export interface ExplainFlags {
  json?: boolean;
}

/**
 * Prints what an id means, of a rule, an issue or the reason of a loss, and how to fix it; or all ids. An old id is told its new name.
 * @throws UsageError for what is no id.
 */
export function runExplain(id: string | undefined, { json = false }: ExplainFlags): void {
  const { stdout } = process;
  const width = stdout.columns || 100;
  const pages = [...rulePages().values()];
  const found = id === undefined ? undefined : named(id, pages);
  if (json) stdout.write(`${JSON.stringify(found ?? pages, null, 2)}\n`);
  else if (found === undefined) stdout.write(`${index(pages, width, paint(stdout))}\n`);
  else {
    const former =
      id === undefined || currentId(id.toLowerCase()) === id.toLowerCase()
        ? ''
        : `${id.toLowerCase()} is now ${found.id}.\n\n`;
    stdout.write(`${former}${explanation(found, width, paint(stdout))}\n`);
  }
}

function named(id: string, pages: readonly RulePage[]): RulePage {
  const wanted = id.toLowerCase();
  const found = pages.find((page) => page.id.toLowerCase() === wanted) ?? pageOf(wanted);
  if (found !== undefined) return found;
  const near = namesNear(
    wanted,
    pages.map((page) => page.id),
  );
  const isElement = /^[A-Z][A-Za-z]*\./.test(id);
  const hint = isElement
    ? ' What a guide asks of an element, it says with --ig.'
    : near.length === 0
      ? ''
      : ` Did you mean ${near.join(', ')}?`;
  throw new UsageError(`there is no id of this name.${hint} clinik-fhir explain lists them all.`);
}

/** Text wider than this is hard to read, however wide the terminal is. */
const WIDEST = 110;

/** All ids in groups, in lines of at most `width` characters. */
export function index(pages: readonly RulePage[], width: number, { bold }: Paint): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  const lists = groups.map((group) => {
    const ids = pages.filter((page) => page.group === group).map(({ id }) => id);
    return [bold(group), ...indented(ids.join(', '), Math.min(width, WIDEST))].join('\n');
  });
  return `${lists.join('\n\n')}\n\n${pages.length} ids; clinik-fhir explain ID says what one means.`;
}

/** What a rule means, in lines of at most `width` characters, as far as its examples can be broken. */
export function explanation({ id, meanings }: RulePage, width: number, colours: Paint): string {
  const parts = meanings.map((meaning) => partOf(id, meaning, Math.min(width, WIDEST), colours));
  return [...parts, colours.dim(ruleLink(id))].join('\n\n');
}

function partOf(id: string, meaning: RuleMeaning, width: number, colours: Paint): string {
  const { severity, where, says, expression, repaired, native, fix, example } = meaning;
  const { bold, name, bad } = colours;
  const head = `${name(bold(id))}  ${severity === 'error' || severity === 'fatal' ? bad(severity) : severity}`;
  const entries: readonly (readonly [label: string, text: string | undefined])[] = [
    ['where', where.join(', ')],
    ['FHIRPath', expression],
    ['repaired', repaired],
    ['by code', native === undefined ? undefined : `Code checks this, and not the FHIRPath: ${native}.`],
    ['to fix it', fix],
  ];
  const lines = entries.flatMap(([label, text]) => (text === undefined ? [] : labelled(label, text, width, colours)));
  const parts = [head, indented(says, width).join('\n'), lines.join('\n')];
  if (example !== undefined) parts.push(...pair(example, width, colours));
  return parts.join('\n\n');
}

const MARGIN = '  ';
const LABEL = 'to fix it'.length;

function labelled(label: string, text: string, width: number, { bold }: Paint): string[] {
  const gap = MARGIN.length * 2 + LABEL;
  return wrap(text, width - gap).map((line, index) => {
    const start = index === 0 ? bold(label) + ' '.repeat(LABEL - label.length) : ' '.repeat(LABEL);
    return `${MARGIN}${start}${MARGIN}${line}`;
  });
}

function pair({ of, fine, broken, at, also = [] }: RuleExample, width: number, { bold, good, bad }: Paint): string[] {
  const kind = of === 'resource' ? '' : of === 'rule' ? ', a rule of your own' : `, a payload of ${of.payload}`;
  const json = (value: unknown): string =>
    layoutJson(value, width - 2 * MARGIN.length)
      .split('\n')
      .map((line) => MARGIN + MARGIN + line)
      .join('\n');
  const [first = '', ...rest] = indented(
    `broken${kind}, reported at ${[at, ...also.map((id) => `and as ${id}`)].join(', ')}`,
    width,
  );
  return [
    [first.replace('broken', bold(bad('broken'))), ...rest, '', json(broken)].join('\n'),
    `${MARGIN}${bold(good('fine'))}\n\n${json(fine)}`,
  ];
}

function indented(text: string, width: number): string[] {
  return wrap(text, width - MARGIN.length).map((line) => MARGIN + line);
}
