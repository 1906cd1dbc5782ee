import { UsageError } from '../read/usageError.js';
import { formerId } from '../report/renamedIds.js';
import { pathOf } from './fingerprint.js';

/** Findings that are set aside, and why. */
export interface Ignore {
  /** The identifier of a rule, or the beginning of some with a `*` at its end. */
  readonly rule: string;
  /** A FHIRPath location without indexes: findings there and below. Everywhere, if left out. */
  readonly path?: string;
  readonly reason: string;
}

/** The ignores of a run, which know whether they were needed. */
export interface Ignores {
  /** Why a finding is set aside; undefined for one that counts. The first ignore that fits gives its reason. */
  reasonFor(rule: string, expression: string | undefined): string | undefined;
  /** Those that nothing fitted. */
  unused(): readonly Ignore[];
}

/** The reason of an ignore of the command line, which has no room for one. */
export const FROM_COMMAND_LINE = 'from the command line';

/** Takes the ignores of the configuration and of the command line. */
export function ignoresOf(ignores: readonly Ignore[]): Ignores {
  const used = new Set<Ignore>();
  return {
    reasonFor(rule, expression) {
      const path = pathOf(expression);
      const fitting = ignores.filter((ignore) => fits(ignore, rule, path));
      for (const ignore of fitting) used.add(ignore);
      return fitting[0]?.reason;
    },
    unused: () => ignores.filter((ignore) => !used.has(ignore)),
  };
}

function fits({ rule, path }: Ignore, foundRule: string, foundPath: string): boolean {
  const names = [foundRule, formerId(foundRule)];
  const isRule = rule.endsWith('*') ? names.some((name) => name.startsWith(rule.slice(0, -1))) : names.includes(rule);
  return isRule && (path === undefined || foundPath === path || foundPath.startsWith(`${path}.`));
}

const RULE = /^[A-Za-z0-9\-.]{0,64}\*?$/;
const PATH = /^[A-Za-z$][A-Za-z0-9()]*(\.[A-Za-z][A-Za-z0-9()]*)*$/;

/** What is wrong with an ignore, and how to fix it; undefined where nothing is. */
export function faultInIgnore({
  rule,
  path,
}: Pick<Ignore, 'rule' | 'path'>): { key: 'rule' | 'path'; says: string } | undefined {
  if (rule === '' || !RULE.test(rule))
    return { key: 'rule', says: 'a rule is an identifier, as in per-1, or the beginning of some, as in format-*.' };
  if (rule === '*' && path === undefined)
    return { key: 'rule', says: 'this would ignore everything; give a path, too, or a longer beginning of a rule.' };
  if (path === undefined || PATH.test(path)) return undefined;
  const remedy = pathOf(path) === path ? 'as in Patient.name.' : 'so leave out the [ ] and what is in them.';
  return { key: 'path', says: `a path is a FHIRPath location without indexes, ${remedy}` };
}

/**
 * Reads an ignore of the command line, RULE or RULE:PATH.
 * @throws UsageError where it is none.
 */
export function parseIgnore(text: string): Ignore {
  const colon = text.indexOf(':');
  const parts = colon < 0 ? { rule: text } : { rule: text.slice(0, colon), path: text.slice(colon + 1) };
  const fault = faultInIgnore(parts);
  if (fault !== undefined) throw new UsageError(`--ignore ${text}: ${fault.says}`);
  return { ...parts, reason: FROM_COMMAND_LINE };
}
