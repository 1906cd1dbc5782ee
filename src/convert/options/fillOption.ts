import type { Fill } from '../../fhir/scope.js';
import { UsageError } from '../../read/usageError.js';
import { lenses } from '../../resources/registry.js';

/**
 * Checks the option `fill` before the first record.
 * @throws UsageError for a field that there is not, and for a value that its field does not take.
 */
export function checkFillOption(fill: Fill | undefined): void {
  if (fill === undefined) return;
  for (const lens of Object.values(lenses)) {
    const fault = lens.validatePayload({}, { fill }).find(({ id }) => id === 'option-fill');
    if (fault !== undefined) throw new UsageError(fault.diagnostics);
  }
}
