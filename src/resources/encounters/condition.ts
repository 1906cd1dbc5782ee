import type { Reference } from 'fhir/r4.js';
import { contain } from '../../fhir/contained.js';
import { isCode } from '../../fhir/datatypes/code.js';
import { codingsOf, phraseOf } from '../../fhir/datatypes/concept.js';
import { reference, referTo } from '../../fhir/datatypes/reference.js';
import { admitText, checkHoldable, nonEmpty } from '../../fhir/datatypes/text.js';
import { withoutElementIds } from '../../fhir/elementIds.js';
import { CLINIK_ID } from '../../fhir/references/identity.js';
import { parseLiteral, readLiteral } from '../../fhir/references/literal.js';
import { checkModifiers, checkSecurity } from '../../fhir/safety.js';
import { containedResource, type FhirScope, readScope } from '../../fhir/scope.js';
import { recognise } from '../../fhir/terminology/bareCode.js';
import { systemNamed } from '../../fhir/terminology/systemNames.js';
import type { Codec } from '../../lens/codec.js';
import { equal, isObject, type JsonObject, own } from '../../lens/json.js';
import { quietly, took } from '../../lens/scope.js';

const TYPED_ID = new RegExp(`^(Condition|Procedure)/(${CLINIK_ID})$`);
const CANDIDATES = ['icd-10', 'snomed'] as const;

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
      const found = display === undefined ? find(value, scope) : undefined;
      const words = found === undefined ? display : describe(found, scope);
      if (words === undefined || !checkHoldable(words, scope)) return undefined;
      if (found !== undefined && recognise(words, CANDIDATES, scope.options) !== undefined) tookContained(found, scope);
      return words;
    },
    write(value, scope) {
      const system = recognise(value, CANDIDATES, scope.options);
      if (system === undefined) return named(value, scope);
      const code = { coding: [{ system, code: value }] };
      return { reference: contain(scope, 'diagnosis', { resourceType: 'Condition', code, ...subjectOf(scope) }) };
    },
    admit: admitText,
  };
}

/** The encounter's subject, for a Condition of it: as it stands there, or as R4 would have it. */
function subjectOf(scope: FhirScope): { subject?: object } {
  const { subject } = scope.target;
  if (!isObject(subject)) return {};
  const text = nonEmpty(subject.reference);
  const isForeign = text !== undefined && readLiteral(text)?.kind === 'relative' && parseLiteral(text) === undefined;
  const id = isForeign ? quietly(scope, () => patient.read(subject, scope)) : undefined;
  return { subject: id === undefined ? withoutElementIds(subject) : referTo('Patient', id, scope) };
}

/** `Type/id` is a reference; its display repeats it, for only a display is ever read as a description. */
function named(value: string, scope: FhirScope): Reference {
  const [, type, id] = TYPED_ID.exec(value) ?? [];
  return type === undefined || id === undefined ? { display: value } : { ...referTo(type, id, scope), display: value };
}

/** The Condition behind a reference, and the server that its own relative references are of, where that is another one. */
interface Found {
  readonly resource: JsonObject;
  readonly contained: boolean;
  readonly base?: string;
}

function find(value: JsonObject, scope: FhirScope): Found | undefined {
  const literal = nonEmpty(value.reference);
  if (literal === undefined) return undefined;
  if (literal.startsWith('#')) {
    const resource = containedResource(scope, literal.slice(1));
    return resource === undefined ? undefined : { resource, contained: true };
  }
  const parsed = readLiteral(literal);
  // What is of another type says nothing here; to look for it may cost a reading of the whole set.
  if (parsed?.type !== undefined && parsed.type !== 'Condition') return undefined;
  const resource: unknown = parsed === undefined ? undefined : scope.options.resolve?.(parsed.reference);
  if (!isObject(resource)) return undefined;
  return parsed?.base === undefined
    ? { resource, contained: false }
    : { resource, contained: false, base: parsed.base };
}

/** A contained Condition is written again for a code; the loss report compares it with the one that was read. */
function tookContained({ resource }: Found, scope: FhirScope): void {
  const { contained } = scope.resource;
  const index = Array.isArray(contained) ? contained.indexOf(resource) : -1;
  if (!Array.isArray(contained) || index < 0) return;
  const before = scope.origins.get(contained) ?? [];
  if (!before.includes(index)) took(scope, contained, [...before, index]);
}

/** What is read of a Condition that an encounter refers to. */
const READ = ['resourceType', 'id', 'meta', 'code', 'subject', 'verificationStatus'] as const;

/** As much of a Condition as is read here, for whoever has to hold many: it reads like the whole. */
export function conditionEssence(resource: JsonObject): JsonObject {
  const probe = readScope('Condition', {});
  const essence: JsonObject = checkModifiers(resource, probe) && !probe.failed ? {} : { modifierExtension: [] };
  for (const key of READ) if (own(resource, key) !== undefined) essence[key] = resource[key];
  return essence;
}

/** What a Condition says: a code that a payload's bare code would be taken for, else its words. */
function describe(found: Found, scope: FhirScope): string | undefined {
  const { resource } = found;
  if (resource.resourceType !== 'Condition' || !isObject(resource.code)) return undefined;
  if (!isAsserted(resource, scope) || !isOfSameSubject(found, scope)) return undefined;
  for (const { system, code } of codingsOf(resource.code)) {
    if (!isCode(code) || typeof system !== 'string') continue;
    if (recognise(code, CANDIDATES, scope.options) === systemNamed(system)) return code;
  }
  return phraseOf(resource.code);
}

/** Verification that says that the patient does not have the condition, or that nothing is said at all. */
const DENIED: ReadonlySet<unknown> = new Set(['refuted', 'entered-in-error']);

/** A Condition is held to what its encounter is held to: nothing that turns it round, and no label that would be lost. */
function isAsserted(resource: JsonObject, scope: FhirScope): boolean {
  const { verificationStatus } = resource;
  if (isObject(verificationStatus) && codingsOf(verificationStatus).some(({ code }) => DENIED.has(code))) return false;
  const probe: FhirScope = { ...scope, at: [], issues: [], failed: false };
  checkModifiers(resource, probe);
  checkSecurity(resource, undefined, probe);
  return !probe.failed;
}

/** A Condition of another patient, or of one that cannot be told, is not this encounter's diagnosis. */
function isOfSameSubject({ resource, contained, base }: Found, scope: FhirScope): boolean {
  const ours = scope.resource.subject;
  const theirs = qualified(resource.subject, base);
  if (theirs === undefined) return contained;
  if (!isObject(ours)) return false;
  // What is contained somewhere else is not what is contained here.
  if (!contained && nonEmpty(theirs.reference)?.startsWith('#') === true) return false;
  const text = nonEmpty(theirs.reference);
  if (text !== undefined && text === ours.reference) return true;
  const [left, right] = quietly(scope, () => [patient.read(theirs, scope), patient.read(ours, scope)]);
  if (left !== undefined && right !== undefined) return left === right;
  return isSameIdentifier(theirs, ours);
}

/** An identifier without a value is nobody's. */
function isSameIdentifier(theirs: JsonObject, ours: JsonObject): boolean {
  const { identifier, type } = theirs;
  if (!isObject(identifier) || nonEmpty(identifier.value) === undefined) return false;
  const isSameType = type === undefined || ours.type === undefined || type === ours.type;
  return (
    isSameType && isObject(ours.identifier) && equal(withoutElementIds(identifier), withoutElementIds(ours.identifier))
  );
}

const patient = reference('Patient');

/** A reference as it reads outside the server that it was found on. */
function qualified(subject: unknown, base: string | undefined): JsonObject | undefined {
  if (!isObject(subject)) return undefined;
  const literal = nonEmpty(subject.reference);
  const relative = literal !== undefined && readLiteral(literal)?.kind === 'relative';
  return base !== undefined && relative ? { ...subject, reference: `${base}/${literal}` } : subject;
}
