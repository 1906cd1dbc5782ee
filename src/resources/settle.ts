import { dropOrphans } from '../fhir/contained.js';
import type { FhirScope } from '../fhir/scope.js';
import { equal, isObject, type JsonObject } from '../lens/json.js';
import { report } from '../lens/scope.js';

/** What any put that changed something does to a resource besides: what would go on saying the old thing goes. */
export function settleResource(after: JsonObject, before: JsonObject, scope: FhirScope): void {
  if (isObject(after.text) && after.text.status === 'generated' && equal(after.text, before.text)) {
    delete after.text;
    const diagnostics = 'The generated narrative was dropped: it would go on saying what was there before.';
    report(scope, { severity: 'information', code: 'informational', id: 'put-narrative-dropped', diagnostics }, 'text');
  }
  dropOrphans(after, before, scope);
}
