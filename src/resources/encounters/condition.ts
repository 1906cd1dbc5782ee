import type { Reference } from 'fhir/r4.js';
import { recognise } from '../../fhir/bareCode.js';
import { isCode } from '../../fhir/code.js';
import { SYSTEM } from '../../fhir/codeSystems.js';
import { codingsOf, phraseOf } from '../../fhir/concept.js';
import { contain } from '../../fhir/contained.js';
import { CLINIK_ID } from '../../fhir/identity.js';
import { parseLiteral } from '../../fhir/literal.js';
import { pointTo, reference } from '../../fhir/reference.js';
import { containedResource, type FhirScope } from '../../fhir/scope.js';
import { admitText, checkHoldable, nonEmpty } from '../../fhir/text.js';
import type { Codec } from '../../lens/codec.js';
import { clone, isObject, type JsonObject } from '../../lens/json.js';
import { quietly, took } from '../../lens/scope.js';

const TYPED_ID = new RegExp(`^(Condition|Procedure)/(${CLINIK_ID})$`);
const CANDIDATES = ['icd-10', 'snomed'] as const;
const DIAGNOSIS_SYSTEMS: ReadonlySet<unknown> = new Set([SYSTEM.icd10cm, SYSTEM.icd10, SYSTEM.snomed]);

/**
 * A code or a description of a payload for a reference to a Condition. A recognised code is written as a contained
 * Condition with the encounter's subject, `Condition/id` or
 * `Procedure/id` as a reference, anything else as a display. Read as the
 * display, else as the code or the text of the Condition, if it is in reach and of the same patient; an id is not a
 * description, so that a bare reference is not read.
 */
export function condition(): Codec<string, Reference, FhirScope> {
  return {
    fidelity: 'partial',
    rule: 'its display, else the code, else the text, of the Condition; a recognised code is written as a contained Condition',
    schema: { type: 'string' },
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const display = nonEmpty(value.display);
      const resource = display === undefined ? target(value, scope) : undefined;
      const found = display ?? describe(resource, scope);
      if (found === undefined || !checkHoldable(found, scope)) return undefined;
      if (resource !== undefined && recognise(found, CANDIDATES, scope.options) !== undefined)
        tookContained(resource, scope);
      return found;
    },
    write(value, scope) {
      const system = recognise(value, CANDIDATES, scope.options);
      if (system === undefined) return named(value);
      const subject = isObject(scope.resource.subject) ? { subject: clone(scope.resource.subject) } : {};
      const code = { coding: [{ system, code: value }] };
      return { reference: contain(scope, 'diagnosis', { resourceType: 'Condition', code, ...subject }) };
    },
    admit: admitText,
  };
}

/** `Type/id` is a reference; its display repeats it, for only a display is ever read as a description. */
function named(value: string): Reference {
  const [, type, id] = TYPED_ID.exec(value) ?? [];
  return type === undefined || id === undefined ? { display: value } : { ...pointTo(type, id), display: value };
}

function target(value: JsonObject, scope: FhirScope): JsonObject | undefined {
  const literal = nonEmpty(value.reference);
  if (literal === undefined) return undefined;
  if (literal.startsWith('#')) return containedResource(scope, literal.slice(1));
  const parsed = parseLiteral(literal);
  const resource: unknown = parsed === undefined ? undefined : scope.options.resolve?.(parsed.reference);
  return isObject(resource) ? resource : undefined;
}

/** A contained Condition is written again for a code; the loss report compares it with the one that was read. */
function tookContained(resource: JsonObject, scope: FhirScope): void {
  const { contained } = scope.resource;
  if (!Array.isArray(contained)) return;
  const index = contained.indexOf(resource);
  if (index >= 0) took(scope, contained, [...(scope.origins.get(contained) ?? []), index]);
}

/** What a Condition says: a code that a payload's bare code would be taken for, else its words. */
function describe(resource: JsonObject | undefined, scope: FhirScope): string | undefined {
  if (resource?.resourceType !== 'Condition' || !isObject(resource.code) || !sameSubject(resource, scope))
    return undefined;
  for (const { system, code } of codingsOf(resource.code)) {
    if (DIAGNOSIS_SYSTEMS.has(system) && isCode(code) && recognise(code, CANDIDATES, scope.options) !== undefined)
      return code;
  }
  return phraseOf(resource.code);
}

/** A Condition of another patient is not this encounter's diagnosis, whatever refers to it. */
function sameSubject(resource: JsonObject, scope: FhirScope): boolean {
  const patient = reference('Patient');
  const [theirs, ours] = quietly(scope, () => [
    patient.read(resource.subject, scope),
    patient.read(scope.resource.subject, scope),
  ]);
  return theirs === undefined || ours === undefined || theirs === ours;
}
