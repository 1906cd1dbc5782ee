import { ruleLink } from '../../report/rulePages.js';
import type { Finding } from '../finding.js';

/** What the catalogue of rules says of one of them. */
export interface RuleText {
  /** A line. */
  readonly title: string;
  /** What it means and how to fix it, in one or more sentences. */
  readonly text: string;
}

/** What the formats want to know besides the findings. */
export interface FormatOptions {
  /** From which severity on a finding lets the run fail. */
  readonly failOn: 'error' | 'warning';
  /** Whether the findings were compared with a baseline. */
  readonly hasBaseline: boolean;
  /** The version of clinik-fhir. */
  readonly version: string;
  /** The project's page, `repository` of package.json; links are relative without it. */
  readonly page?: string;
  /** The catalogue of rules; undefined for a rule that it does not have, such as one of the user's. */
  readonly describe: (rule: string) => RuleText | undefined;
}

/** True for a finding that lets the run fail. */
export function fails({ state, severity }: Finding, failOn: FormatOptions['failOn']): boolean {
  if (state !== 'new' || severity === 'information') return false;
  return severity !== 'warning' || failOn === 'warning';
}

/** Where the documentation explains the rule; undefined for a rule that it does not have. */
export function helpOf(rule: string, { describe, page }: Pick<FormatOptions, 'describe' | 'page'>): string | undefined {
  return describe(rule) === undefined ? undefined : ruleLink(rule, page);
}
