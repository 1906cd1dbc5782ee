import { isObject, own } from '../lens/json.js';
import type { UsageError } from '../read/usageError.js';
import { explain } from '../validate/fhirpath/interpret.js';
import { faultInRule, type ValidationRule } from '../validate/userRules.js';
import { RULE_SCHEMA, RULES_SCHEMA } from './configSchema.js';
import type { Key } from './jsonTree.js';
import { schemaFault } from './schemaFault.js';
import { parseSettings, type SettingsFile } from './settingsFile.js';

/**
 * Reads a file of rules: a JSON array of them, or an object with them under `rules`.
 * @throws UsageError, with the place of the rule or in its expression, where one of them cannot be run.
 */
export function readRules(text: string, file: string): readonly ValidationRule[] {
  const settings = parseSettings(text, file);
  const { value } = settings;
  if (Array.isArray(value)) return rulesAt(value, [], settings);
  const fault = schemaFault(value, RULES_SCHEMA);
  if (fault !== undefined) throw settings.fault(fault.keys, fault.says);
  const rules = isObject(value) ? own(value, 'rules') : undefined;
  return rulesAt(Array.isArray(rules) ? rules : [], ['rules'], settings);
}

/**
 * The rules of an array in a file.
 * @throws UsageError as `readRules` does.
 */
export function rulesAt(
  values: readonly unknown[],
  keys: readonly Key[],
  file: SettingsFile,
): readonly ValidationRule[] {
  return values.map((value, index) => {
    const at = [...keys, index];
    const fault = schemaFault(value, RULE_SCHEMA, at);
    if (fault !== undefined) throw file.fault(fault.keys, fault.says);
    if (!isRule(value)) throw ruleFault(value, at, file);
    return value;
  });
}

function isRule(value: unknown): value is ValidationRule {
  return faultInRule(value) === undefined;
}

/** Where a rule cannot be run: in its expression, if that is what is wrong with it. */
function ruleFault(rule: unknown, keys: readonly Key[], file: SettingsFile): UsageError {
  const says = `${faultInRule(rule)?.replace(/\.?$/, '.')} Fix the rule, or take it out.`;
  // The other faults name the part of the rule that has them.
  const [, part] = /^The (id|context|expression)\b/.exec(says) ?? [];
  if (part === undefined) return file.fault(keys, says);
  const expression = isObject(rule) && part === 'expression' ? own(rule, 'expression') : undefined;
  if (typeof expression !== 'string') return file.fault([...keys, part], says);
  const fault = explain(expression);
  const inside = typeof fault === 'object' ? offsetOf(expression, fault.line, fault.column) : undefined;
  return file.fault([...keys, part], says, inside);
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, column - 1);
}
