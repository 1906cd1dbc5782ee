import { FILL_PATHS, type Fill, type FillPath } from '../../fhir/scope.js';
import { UsageError } from '../../read/usageError.js';
import { findLens } from '../../resources/registry.js';

/**
 * What `--fill PATH=VALUE`, given once or several times, fills in.
 * @throws UsageError for a path that there is not, or that was given already, and for a value that its field does not take.
 */
export function fillOf(given: readonly string[]): Fill {
  const fill: { [P in FillPath]?: string } = {};
  for (const one of given) {
    const equals = one.indexOf('=');
    const path = FILL_PATHS.find((known) => known === one.slice(0, Math.max(equals, 0)));
    if (path === undefined)
      throw new UsageError(`--fill takes PATH=VALUE, where PATH is one of ${FILL_PATHS.join(', ')}.`);
    if (fill[path] !== undefined) throw new UsageError(`--fill was given twice for ${path}.`);
    const value = one.slice(equals + 1);
    const fault = faultOf(path, value);
    if (fault !== undefined) throw new UsageError(`--fill: ${fault}`);
    fill[path] = value;
  }
  return fill;
}

function faultOf(path: FillPath, value: string): string | undefined {
  const issues = findLens(path.split('.')[0] ?? '')?.validatePayload({}, { fill: { [path]: value } }) ?? [];
  return issues.find(({ id }) => id === 'option-fill')?.diagnostics;
}
