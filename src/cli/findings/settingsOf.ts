import { readFile } from 'node:fs/promises';
import { parseIgnore } from '../../check/ignore.js';
import type { Config, FormatSetting, Settings } from '../../check/settings.js';
import { isPath } from '../../read/payloadPath.js';
import { reasonOf } from '../../read/systemError.js';
import { UsageError } from '../../read/usageError.js';
import { lenses, type Path } from '../../resources/registry.js';
import type { ValidationRule } from '../../validate/userRules.js';

/** Options of `clinik-fhir validate`. */
export interface ValidateFlags {
  formats?: FormatSetting[];
  failOn?: 'error' | 'warning';
  rules?: string;
  bestPractice?: boolean;
  maxIssues?: number;
  maxDiagnostics?: number;
  statistics?: boolean;
  showValues?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  remarks?: boolean;
  baseline?: string;
  writeBaseline?: string;
  report?: string;
  ignore?: string[];
  ig?: string[];
  profile?: string[];
  terminology?: string[];
  mustSupport?: boolean;
  requireComplete?: boolean;
  include?: string[];
  exclude?: string[];
  resource?: string;
  ruleTimeLimit?: number;
  threads?: number;
  config?: string;
  printConfig?: boolean;
}

/**
 * What the command line says of the settings.
 * @throws UsageError for an ignore that cannot be.
 */
export function configOf(flags: ValidateFlags): Config {
  const { formats, failOn, rules, bestPractice, maxIssues, maxDiagnostics, statistics, quiet, baseline, ignore } =
    flags;
  const { include, exclude, ig, profile, terminology, mustSupport, requireComplete } = flags;
  return {
    formats,
    failOn,
    rules,
    bestPractice,
    maxIssues,
    maxDiagnostics,
    statistics,
    quiet,
    baseline,
    ignore: ignore?.map(parseIgnore),
    ig,
    profile,
    terminology,
    mustSupport,
    requireComplete,
    include,
    exclude,
  };
}

/** @throws UsageError for rules that cannot be read. */
export async function rulesOf(rules: Settings['rules']): Promise<readonly ValidationRule[] | undefined> {
  if (typeof rules !== 'string') return rules;
  const { readRules } = await import('../../check/rulesFile.js');
  return readRules(await textOf(rules), rules);
}

/** @throws UsageError for what is no path of ClinikAPI. */
export function resourceOf(path: string | undefined): Path | undefined {
  if (path === undefined || isPath(path)) return path;
  throw new UsageError(`--resource takes a path of ClinikAPI. There are: ${Object.keys(lenses).join(', ')}.`);
}

/** @throws UsageError for a file that cannot be read. */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: it cannot be read (${reasonOf(error)}).`);
  }
}
