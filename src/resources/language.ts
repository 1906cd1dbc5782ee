import { express } from '../fhir/expression.js';
import type { DiffLanguage } from '../lens/diff.js';
import { isObject, type JsonObject } from '../lens/json.js';

/** Narratives that only render what the elements say. */
const RENDERINGS: ReadonlySet<unknown> = new Set(['generated', 'empty']);

/** How the losses of a resource are named, and which of them are bookkeeping. */
export function resourceLanguage(resourceType: string): DiffLanguage {
  return {
    express: (at) => express(resourceType, at),
    classify(at, kind, before) {
      if (kind === 'added') return 'record';
      const [top, below] = at;
      if (top === 'id') return 'record';
      if (top === 'text') return isObject(before.text) && RENDERINGS.has(before.text.status) ? 'record' : 'content';
      if (top === 'meta')
        return below === 'security' || (below === undefined && hasLabels(before)) ? 'content' : 'record';
      return 'content';
    },
  };
}

/** Security labels are not bookkeeping: they protect the record. */
function hasLabels({ meta }: JsonObject): boolean {
  return isObject(meta) && meta.security !== undefined;
}
