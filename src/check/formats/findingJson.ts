import type { JsonObject } from '../../lens/json.js';
import type { Finding } from '../finding.js';
import { type FormatOptions, helpOf } from './formatOptions.js';

/** A finding as JSON: what its type names and nothing else, with a link to the rule's documentation. */
export function findingJson(finding: Finding, options: Pick<FormatOptions, 'describe' | 'page'>): JsonObject {
  const { rule, severity, message, source, expression, region, excerpt, fingerprint, state, reason } = finding;
  const { file, line, entry, resourceType, id } = source;
  return {
    rule,
    severity,
    message,
    source: { file, line, entry, resourceType, id },
    expression,
    region: { ...region },
    excerpt: excerpt && { text: excerpt.text, start: excerpt.start, end: excerpt.end },
    fingerprint,
    state,
    reason,
    help: helpOf(rule, options),
  };
}
