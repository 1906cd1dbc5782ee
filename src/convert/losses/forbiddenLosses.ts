import type { Loss } from '../../lens/diff.js';
import type { Issue } from '../../lens/issue.js';
import { UsageError } from '../../read/usageError.js';
import { lenses } from '../../resources/registry.js';

const TYPES = new Set<string>(Object.values(lenses).map(({ resourceType }) => resourceType));
const LOCATION = /^[A-Z][A-Za-z]*(\.([A-Za-z0-9_]+(\[x\])?|children\(\)))+$/;

/**
 * Checks the locations whose loss is allowed.
 * @throws UsageError for one that no loss can have.
 */
export function checkAllowed(allowed: readonly string[]): void {
  for (const path of allowed) {
    if (!LOCATION.test(path) || !TYPES.has(path.split('.')[0] ?? ''))
      throw new UsageError(
        `${path} is no location of a loss; one is written as in losses.ndjson, without indexes: Encounter.participant.period.`,
      );
  }
}

/** The issues that refuse a record for what it would lose: one for each loss of content that is not allowed. */
export function forbiddenLosses(losses: readonly Loss[], allowed: readonly string[]): Issue[] {
  return losses
    .filter((loss) => loss.class === 'content' && !allowed.some((path) => isWithin(loss.path, path)))
    .map(({ expression, kind }) => ({
      severity: 'error',
      code: 'business-rule',
      id: 'loss-not-allowed',
      expression: [expression],
      diagnostics: SAYS[kind],
      options: ['allowLoss'],
    }));
}

const SAYS = {
  missing: 'A payload cannot say this, and the run is strict.',
  changed: 'A payload can only say this differently, and the run is strict.',
  added: 'A payload would add this, and the run is strict.',
} as const satisfies { [K in Loss['kind']]: string };

/** What is allowed for a location is for everything below it. */
function isWithin(path: string, allowed: string): boolean {
  return path === allowed || path.startsWith(`${allowed}.`);
}
