import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Step } from '../lens/scope.js';
import { report } from '../lens/scope.js';
import type { FhirScope } from './scope.js';
import { RESTRICTED, SENSITIVITY } from './terminology/codeSystems.js';

/** Deeper than any real record; JSON that goes further is refused before a recursion could overflow. */
export const MAX_DEPTH = 250;

/** Less for a payload, since FHIR says the same in a few levels more. */
const MAX_PAYLOAD_DEPTH = 200;

/**
 * Reports what could change the meaning of a resource, wherever it stands: `modifierExtension` and `implicitRules`
 * (https://hl7.org/fhir/R4/extensibility.html#modifierExtension), and nesting that no reader could follow.
 */
export function checkModifiers(resource: JsonObject, scope: FhirScope): boolean {
  return isHarmless(resource, 0) || scan(resource, scope, 0);
}

/** True where there is nothing to report, as in nearly every record: that is told without keeping track of the location. */
function isHarmless(value: JsonObject | readonly unknown[], depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (typeof item === 'object' && item !== null && !isHarmless(item as JsonObject, depth + 1)) return false;
    }
    return true;
  }
  if (!isObject(value)) return true;
  for (const key in value) {
    if (key === 'modifierExtension' || key === 'implicitRules') return false;
    const item = value[key];
    if (typeof item === 'object' && item !== null && !isHarmless(item as JsonObject, depth + 1)) return false;
  }
  return true;
}

function scan(value: JsonObject | readonly unknown[], scope: FhirScope, depth: number): boolean {
  if (depth > MAX_DEPTH) {
    reportAt(scope, 'too-deep', 'structure', `The record is nested more than ${MAX_DEPTH} levels deep.`);
    return false;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      if (!scanItem(index, value[index], scope, depth)) return false;
    }
    return true;
  }
  if (!isObject(value)) return true;
  for (const key in value) {
    if (key === 'modifierExtension' || key === 'implicitRules') reportModifier(key, scope);
    else if (!scanItem(key, own(value, key), scope, depth)) return false;
  }
  return true;
}

function scanItem(step: Step, value: unknown, scope: FhirScope, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  scope.at.push(step);
  const shallow = scan(value as JsonObject | unknown[], scope, depth + 1);
  scope.at.pop();
  return shallow;
}

function reportModifier(key: string, scope: FhirScope): void {
  const diagnostics =
    key === 'implicitRules'
      ? 'Rules that ClinikAPI does not know could change the meaning of the record.'
      : 'An extension that ClinikAPI does not know could change the meaning of the record.';
  reportAt(scope, key === 'implicitRules' ? 'implicit-rules' : 'modifier-extension', 'not-supported', diagnostics, key);
}

function reportAt(
  scope: FhirScope,
  id: string,
  code: 'structure' | 'not-supported',
  diagnostics: string,
  ...below: Step[]
): void {
  report(scope, { severity: 'error', code, id, diagnostics }, ...below);
}

/** True for a value that is nested deeper than any reader of resources could follow. */
export const isTooDeep = (value: unknown): boolean => !isWithin(MAX_DEPTH, value);

function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels >= 0 && Object.values(value).every((item) => isWithin(levels - 1, item));
}

/** Reports a payload that is nested deeper than any reader could follow; true where it is not. */
export function checkDepth(payload: unknown, scope: FhirScope): boolean {
  if (isWithin(MAX_PAYLOAD_DEPTH, payload)) return true;
  reportAt(scope, 'too-deep', 'structure', `The record is nested more than ${MAX_PAYLOAD_DEPTH} levels deep.`);
  return false;
}

/** The names that the two systems have had; a label without a system is taken at its word. */
const CONFIDENTIALITY = /(^|[/-])Confidentiality$|^urn:oid:2\.16\.840\.1\.113883\.5\.25$/;
const ACT_CODE = /(^|[/-])ActCode$|^urn:oid:2\.16\.840\.1\.113883\.5\.4$/;

function isSystem(system: unknown, names: RegExp): boolean {
  return system === undefined || (typeof system === 'string' && names.test(system));
}

/**
 * Reports security labels that what becomes of the resource would not honour: a restricted record must not become an
 * ordinary one unasked. `confidentiality` is what ClinikAPI is told of it, where it has a field for that.
 */
export function checkSecurity(resource: JsonObject, confidentiality: unknown, scope: FhirScope): void {
  if (scope.options.securityLabels === 'accept' || !isObject(resource.meta)) return;
  const { security } = resource.meta;
  if (!Array.isArray(security)) return;
  security.forEach((label, index) => {
    if (!isObject(label) || typeof label.code !== 'string') return;
    const restricted = RESTRICTED.has(label.code) && isSystem(label.system, CONFIDENTIALITY);
    const sensitive = SENSITIVITY.has(label.code) && isSystem(label.system, ACT_CODE);
    if (!restricted && !sensitive) return;
    if (confidentiality === 'V' || (confidentiality === 'R' && label.code !== 'V')) return;
    const diagnostics = 'ClinikAPI would not be told of this label, and the record would lose its protection.';
    report(
      scope,
      { severity: 'error', code: 'security', id: 'security-label', diagnostics, options: ['securityLabels'] },
      'meta',
      'security',
      index,
    );
  });
}
