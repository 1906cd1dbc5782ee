import { isWithin } from '../fhir/datatypes/text.js';
import { UNMAPPED } from '../fhir/references/point.js';
import { type FhirScope, FILL_PATHS, type FillPath } from '../fhir/scope.js';
import { group } from '../lens/group.js';
import { isObject, type JsonObject } from '../lens/json.js';
import type { Rule } from '../lens/rule.js';
import { report, took } from '../lens/scope.js';
import { broken } from './schema.js';

/** Rules of which `fill` may fill in a key, by its path. */
export type FillRules = ReadonlyMap<FillPath, Rule<FhirScope>>;

/** The path of a payload's key in the option `fill`, if it has one. */
export function fillPathOf(path: string, key: string): FillPath | undefined {
  return FILL_PATHS.find((one) => one === `${path}.${key}`);
}

/** A rule that gives what the option `fill` has for a key, where it can read nothing there by itself. */
export function filledIn(path: FillPath, rule: Rule<FhirScope>): Rule<FhirScope> {
  const key = keyOf(path);
  const element = rule.rows.find(({ payload }) => payload === key)?.element ?? key;
  const filled = group([rule], (source, payload, scope) => {
    const given: unknown = scope.options.fill?.[path];
    if (payload[key] !== undefined || given === undefined || isThere(rule, source, scope)) return;
    const { normal } = admitted(path, rule, given, scope);
    if (normal === undefined) return;
    payload[key] = normal;
    const items = source[element];
    if (Array.isArray(items)) took(scope, items, []);
    report(scope, FILLED, element);
  });
  return {
    ...filled,
    offers: ['fill'],
    rows: filled.rows.map((row) =>
      row.payload === key ? { ...row, rule: `${row.rule}; else what the option \`fill\` gives` } : row,
    ),
  };
}

const FILLED = {
  severity: 'warning',
  code: 'incomplete',
  id: 'fill-used',
  diagnostics: 'The resource has nothing that ClinikAPI can hold here; what the option `fill` gives was put in.',
} as const;

/** True for what only this reading cannot take: a text over the limit, somebody whom the id map does not know. */
function isThere(rule: Rule<FhirScope>, source: JsonObject, scope: FhirScope): boolean {
  const probe = probeOf(scope);
  rule.read(source, {}, probe);
  return probe.failed || (probe.reasons ?? []).some(({ finding, isSo }) => finding === UNMAPPED && isSo());
}

/** Reports what cannot be of the option `fill`: other paths than there are, and values that these fields do not take. */
export function checkFill(rules: FillRules, scope: FhirScope): void {
  const fill: unknown = scope.options.fill;
  if (fill === undefined) return;
  const known: readonly string[] = FILL_PATHS;
  if (!isObject(fill) || Object.keys(fill).some((path) => !known.includes(path))) {
    reportOption(`It is an object, and fills in ${FILL_PATHS.join(', ')} and nothing else.`, scope);
    return;
  }
  for (const [path, rule] of rules) {
    const fault = fill[path] === undefined ? undefined : admitted(path, rule, fill[path], scope).fault;
    if (fault !== undefined) reportOption(`ClinikAPI does not take its value for ${path}. ${fault}`, scope);
  }
}

function reportOption(says: string, scope: FhirScope): void {
  const diagnostics = `The option \`fill\` is wrong. ${says}`;
  report(scope, { severity: 'error', code: 'value', id: 'option-fill', diagnostics });
}

/** The normal form of a value as that of a payload, or what is wrong with it; the fields of `fill` are texts. */
function admitted(
  path: FillPath,
  rule: Rule<FhirScope>,
  value: unknown,
  scope: FhirScope,
): { normal?: unknown; fault?: string } {
  const key = keyOf(path);
  const { maxLength, pattern } = rule.properties[key] ?? {};
  if (typeof value !== 'string') return { fault: broken('type', { type: 'string' }) };
  if (typeof maxLength === 'number' && !isWithin(value, maxLength))
    return { fault: broken('maxLength', { limit: maxLength }) };
  if (typeof pattern === 'string' && !new RegExp(pattern).test(value)) return { fault: broken('pattern', {}) };
  const normal: JsonObject = {};
  const probe = probeOf(scope);
  rule.admit({ [key]: value }, normal, probe);
  const [issue] = probe.issues ?? [];
  return normal[key] === undefined ? { fault: issue?.diagnostics ?? broken('required', {}) } : { normal: normal[key] };
}

/** A scope in which something is tried. */
function probeOf({ unread: _, origins: __, ...scope }: FhirScope): FhirScope {
  return { ...scope, issues: [], failed: false, reasons: [], offers: [] };
}

const keyOf = (path: FillPath): string => path.slice(path.indexOf('.') + 1);
