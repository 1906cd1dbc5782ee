import { createRequire } from 'node:module';
import type { Severity } from '../lens/issue.js';
import { currentId } from './renamedIds.js';

/** What a rule means at some place, and how to fix what breaks it. Most rules have one meaning, few keys of R4 have several. */
export interface RuleMeaning {
  readonly severity: Severity;
  /** The types and paths that it is asked of, `Period` and `Patient.contact`, or where in words. */
  readonly where: readonly string[];
  /** HL7's own words for an invariant. */
  readonly says: string;
  /** The FHIRPath of an invariant. */
  readonly expression?: string;
  /** Why `expression` is not the one that R4 has. */
  readonly repaired?: string;
  /** Why code of this library checks it, and not `expression`. */
  readonly native?: string;
  readonly fix: string;
  readonly example?: RuleExample;
}

/** Two examples in JSON, of which one breaks the rule. */
export interface RuleExample {
  /** What they are: resources of R4, create payloads of a path of ClinikAPI's, or rules of the caller's own. */
  readonly of: 'resource' | 'rule' | { readonly payload: string };
  readonly fine: unknown;
  readonly broken: unknown;
  /** The FHIRPath location that the broken one is reported at. */
  readonly at: string;
  /** Other rules that it cannot but break with this one. */
  readonly also?: readonly string[];
}

/** What is known of the rules of one identifier. */
export interface RulePage {
  readonly id: string;
  /** The heading that it stands under, in docs/rules.md and in `clinik-fhir explain`. */
  readonly group: string;
  /** The page that has it, where that is not docs/rules.md. */
  readonly page?: string;
  readonly meanings: readonly RuleMeaning[];
}

let pages: ReadonlyMap<string, RulePage> | undefined;

/** Every id that a command prints, rules first, in the order of docs/rules.md and docs/issues.md; read on first use. */
export function rulePages(): ReadonlyMap<string, RulePage> {
  const list: readonly RulePage[] = pages === undefined ? createRequire(import.meta.url)('clinik-fhir/rules.json') : [];
  pages ??= new Map(list.map((page) => [page.id, page]));
  return pages;
}

/**
 * Where a rule is explained: an anchor, which is in lower case, of docs/rules.md.
 * @param page the project's page on a server that shows its files, `https://github.com/owner/name`; without one the link starts
 * at the folder of the package, which brings docs/ along.
 */
export function ruleLink(id: string, page?: string): string {
  const link = pageOf(id)?.page ?? `docs/rules.md#${currentId(id).toLowerCase()}`;
  return page === undefined ? link : `${page.replace(/\/+$/, '')}/blob/HEAD/${link}`;
}

/** The page of an id, old or new; undefined for what is no id of this library's. */
export function pageOf(id: string): RulePage | undefined {
  const known = rulePages();
  return known.get(currentId(id)) ?? (id.startsWith(BROKEN_BY_PUT) ? known.get(`${BROKEN_BY_PUT}…`) : undefined);
}

/** The beginning of ids that go on with the rule that a put would break. */
const BROKEN_BY_PUT = 'put-breaks-';

/** A rule in a sentence and in a few, as plain text, for reports; undefined for what is no rule of this library's. */
export function describeRule(id: string): { title: string; text: string } | undefined {
  const page = rulePages().get(id);
  const [first] = page?.meanings ?? [];
  if (page === undefined || first === undefined) return undefined;
  const isOnly = page.meanings.length === 1;
  const text = page.meanings.map((meaning) => (isOnly ? '' : `${placesOf(meaning)}: `) + textOf(meaning));
  return { title: sentence(first.says), text: text.join('\n\n') };
}

/** Where a rule is asked, as a list in words. */
export function placesOf({ where }: RuleMeaning): string {
  return where.join(', ');
}

function textOf({ says, expression, fix }: RuleMeaning): string {
  const rule = expression === undefined ? '' : ` FHIRPath: ${expression}\n\n`;
  return `${sentence(says)}${rule === '' ? '\n\n' : rule}To fix it: ${fix}`;
}

/** HL7's words end with a full stop or without one. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
