import { absentReason, isAbsent } from '../../fhir/dataAbsent.js';
import { dateTime } from '../../fhir/datatypes/dateTime.js';
import type { FhirScope } from '../../fhir/scope.js';
import { choice } from '../../lens/choice.js';
import { group } from '../../lens/group.js';
import type { JsonObject } from '../../lens/json.js';
import type { Rule } from '../../lens/rule.js';
import { below, report } from '../../lens/scope.js';

const isEffective = (element: string): boolean => /^_?effective[A-Z]/.test(element);

const time = dateTime();

/**
 * When a report was true of the patient (https://hl7.org/fhir/R4/diagnosticreport-definitions.html#DiagnosticReport.effective_x_), by
 * one of its two rules. With `labTime: 'issued'` the time when it was issued stands in where the resource has none at all: one that
 * cannot be read would be contradicted.
 */
export function effective(rules: readonly Rule<FhirScope>[]): Rule<FhirScope> {
  const told = choice(rules, { owns: isEffective, absent: { write: withoutStandIn, marks: isMarked } });
  const rule = group([told], issuedInstead);
  return told.exclusive === undefined ? rule : { ...rule, exclusive: told.exclusive };
}

/** A payload without a time, over a resource whose `issued` would be read for one, says that there is none. */
const withoutStandIn = ({ options, target }: FhirScope): JsonObject =>
  options.labTime === 'issued' && target.issued !== undefined ? { _effectiveDateTime: absentReason() } : {};

const isMarked = (element: JsonObject): boolean => isAbsent(element._effectiveDateTime);

function issuedInstead(element: JsonObject, payload: JsonObject, scope: FhirScope): void {
  if (payload.effectiveDateTime !== undefined || payload.effectivePeriod !== undefined) return;
  const isThere = Object.keys(element).some(isEffective);
  const isAsked = !isThere && scope.options.labTime === 'issued';
  const issued = isAsked ? below(scope, ['issued'], () => time.read(element.issued, scope)) : undefined;
  if (issued !== undefined) {
    payload.effectiveDateTime = issued;
    warn(
      scope,
      'lab-time-from-issued',
      'Nothing says when this was true of the patient; when it was issued stands in.',
      'issued',
    );
    return;
  }
  const what = isThere ? 'Nothing that can be read' : 'Nothing';
  const diagnostics = `${what} says when this was true of the patient.${element.issued === undefined ? '' : remedy(isThere)}`;
  warn(scope, 'lab-without-time', diagnostics, 'effectiveDateTime');
}

function remedy(isThere: boolean): string {
  if (!isThere) return " `labTime: 'issued'` lets the time stand in at which it was issued.";
  return ' `issued` has a time, but no option lets it stand in beside what is there.';
}

function warn(scope: FhirScope, id: string, diagnostics: string, element: string): void {
  report(scope, { severity: 'warning', code: 'incomplete', id, diagnostics }, element);
}
