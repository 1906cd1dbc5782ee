import type { FhirResource } from 'fhir/r4.js';
import { parseDateTime } from '../fhir/datatypes/dateTime.js';
import { checkVersion } from '../fhir/otherVersion.js';
import { isClinikId } from '../fhir/references/identity.js';
import { checkDepth, checkModifiers, checkSecurity } from '../fhir/safety.js';
import {
  type ConvertOptions,
  type FhirScope,
  type FillPath,
  issuesOf,
  payloadScope,
  readScope,
} from '../fhir/scope.js';
import type { Schema } from '../lens/codec.js';
import { diff } from '../lens/diff.js';
import { ClinikFhirError, isFailure } from '../lens/issue.js';
import { clone, isObject, type JsonObject } from '../lens/json.js';
import { lens } from '../lens/lens.js';
import type { Rule } from '../lens/rule.js';
import { accepted, report } from '../lens/scope.js';
import { checkFill, filledIn, fillPathOf } from './fill.js';
import { readId, writeId } from './id.js';
import { resourceLanguage } from './language.js';
import { payloadNames } from './payloadNames.js';
import type { PutCheck } from './putCheck.js';
import { checkOf, payloadSchema, schemaIssues } from './schema.js';
import { settleResource, warnOfOtherSubject } from './settle.js';
import type {
  FromFhirOptions,
  ResourceLens,
  SafeDiffResult,
  SafeFromFhirResult,
  SafeToFhirResult,
  ToFhirOptions,
} from './surface.js';
import { checkUpdate, mergeUpdate, openPartial, reportNotUpdatable, updatablePaths } from './update.js';
import { diffUpdate } from './updateDiff.js';

/** What a resource's file tells: its types, its table, and the few things that no table can hold. */
export interface ResourceTable<Input extends object, R extends FhirResource> {
  readonly resourceType: R['resourceType'];
  readonly path: string;
  readonly rules: readonly Rule<FhirScope>[];
  /** Payload keys that ClinikAPI's PATCH takes, by its SDK or by its pages. */
  readonly updatable: readonly (keyof Input & string)[];
  /** Paths below these keys that it does not take. */
  readonly updatableExcept?: readonly string[];
  /** Payload keys that ClinikAPI fills with the present when they are left out, and their elements. */
  readonly defaulted?: readonly (readonly [key: string, element: string])[];
  /** Schemas that the payload's schema refers to. */
  readonly definitions?: { readonly [name: string]: Schema };
  /** True where the type has one identifier instead of a list. */
  readonly singleIdentifier?: boolean;
  /** True where ClinikAPI has a field for the record's confidentiality. */
  readonly hasConfidentiality?: boolean;
  readonly settle?: (after: JsonObject, before: JsonObject, scope: FhirScope) => void;
}

/** What makes the public lens of a table, for what looks at the result of a put. */
export function lensOf<Input extends object, Payload extends object, R extends FhirResource>(
  table: ResourceTable<Input, R>,
): (checkPut: PutCheck) => ResourceLens<Input, Payload, R> {
  return (checkPut) => resourceLens(table, checkPut);
}

function resourceLens<Input extends object, Payload extends object, R extends FhirResource>(
  table: ResourceTable<Input, R>,
  checkPut: PutCheck,
): ResourceLens<Input, Payload, R> {
  const { resourceType } = table;
  const schema = payloadSchema(table);
  const isUpdatable = updatablePaths(table.updatable, table.updatableExcept);
  const isKnown = payloadNames(schema);
  const scopeOf = (options: ConvertOptions): FhirScope => payloadScope(options, isKnown);
  const checkLabels = (resource: JsonObject, scope: FhirScope): void =>
    checkSecurity(resource, table.hasConfidentiality === true ? resource.confidentiality : undefined, scope);

  const fills = new Map<FillPath, Rule<FhirScope>>();
  const rules = table.rules.map((rule) => {
    const [path] = rule.keys.map((key) => fillPathOf(table.path, key)).filter((one) => one !== undefined);
    if (path !== undefined) fills.set(path, rule);
    return path === undefined ? rule : filledIn(path, rule);
  });

  const core = lens<FhirScope>({
    rules,
    begin(resource) {
      resource.resourceType = resourceType;
    },
    enter(scope, reading, writing) {
      scope.resource = reading;
      scope.target = writing;
      scope.self = scope.options.known?.id ?? readId(reading, resourceType, scope.options);
    },
    settle(after, before, scope) {
      settleResource(after, before, scope);
      table.settle?.(after, before, scope);
    },
    invariants(after, before, scope) {
      warnOfOtherSubject(after, before, scope);
      checkLabels(after, scope);
      checkPut(after, before, scope);
      if (scope.options.unmapped === 'refuse') refuseUnread(after, scope);
    },
  });

  const language = resourceLanguage(resourceType, core.rows);

  /** A put may bring to light a reference that was not looked at before: the second of a list, when the first one goes. */
  const refuseUnread = (after: JsonObject, scope: FhirScope): void => {
    const again = readScope(resourceType, scope.options);
    core.get(after, again);
    if (!again.failed) return;
    scope.failed = true;
    scope.issues?.push(...issuesOf(again).filter(isFailure));
  };

  /** The resource, if it can be worked with at all. */
  const open = (resource: unknown, scope: FhirScope): JsonObject | undefined => {
    if (!isObject(resource) || resource.resourceType !== resourceType) {
      const diagnostics = `The record is no resource of type ${resourceType}.`;
      report(scope, { severity: 'error', code: 'structure', id: 'resource-type', diagnostics });
      return undefined;
    }
    if (!checkVersion(resource, resourceType, scope) || !checkModifiers(resource, scope)) return undefined;
    checkLabels(resource, scope);
    return resource;
  };

  /** The payload in normal form, without its id; reports what is wrong with it. */
  const admit = (payload: unknown, scope: FhirScope): { id: unknown; normal: JsonObject } | undefined => {
    if (!isObject(payload)) {
      report(scope, {
        severity: 'error',
        code: 'structure',
        id: 'payload-type',
        diagnostics: 'A payload is an object.',
      });
      return undefined;
    }
    if (!checkDepth(payload, scope)) return undefined;
    const { id, ...rest } = payload;
    scope.resource = { resourceType };
    if (typeof id === 'string') scope.self ??= id;
    schemaIssues(checkOf(table.path), schema, rest, scope);
    return scope.failed ? undefined : { id, normal: core.admit(rest, scope) };
  };

  const safeFromFhir = (resource: unknown, given?: FromFhirOptions): SafeFromFhirResult<Payload> => {
    const options = given ?? {};
    const scope = readScope(resourceType, options);
    checkFill(fills, scope);
    const opened = open(resource, scope);
    if (opened === undefined) return { ok: false, issues: issuesOf(scope) };
    const payload = core.get(opened, scope);
    for (const [key, element] of table.defaulted ?? [])
      if (payload[key] === undefined) warnDefault(scope, element, opened[element] !== undefined);
    if (scope.failed) return { ok: false, issues: issuesOf(scope) };
    const created = core.create(payload, scopeOf(options.now === undefined ? options : { ...options, now: undefined }));
    const { losses, residue } = diff(opened, created, language, scope, options);
    const id = readId(opened, resourceType, options);
    const result = { ok: true as const, id, payload: payload as Payload, losses, issues: issuesOf(scope) };
    return residue === undefined ? result : { ...result, residue: clone(residue) };
  };

  const safeUpdate = (resource: unknown, partial: unknown, given?: ConvertOptions): SafeToFhirResult<R> => {
    const options = given ?? {};
    const scope = scopeOf(options);
    checkNow(options.now, scope);
    checkFill(fills, scope);
    const said = openPartial(partial, scope);
    const before = readScope(resourceType, options);
    const opened = open(resource, before);
    const stored = opened === undefined ? {} : core.get(opened, before);
    if (opened === undefined || said === undefined || before.failed || scope.failed)
      return { ok: false, issues: [...issuesOf(scope), ...issuesOf(before)] };
    const { id, ...rest } = said;
    const storedId = readId(opened, resourceType, options) ?? id;
    if (typeof storedId === 'string') scope.self = storedId;
    const admitted = admit(mergeUpdate(stored, rest, core.exclusive), scope);
    if (admitted === undefined || scope.failed) return { ok: false, issues: issuesOf(scope) };
    checkUpdate(said, { ...stored, id: storedId }, { ...admitted.normal, id }, isUpdatable, scope);
    if (scope.failed) return { ok: false, issues: issuesOf(scope) };
    const after = readScope(resourceType, options);
    const updated = core.put(admitted.normal, opened, after);
    const issues = [...issuesOf(scope), ...issuesOf(after)];
    return after.failed ? { ok: false, issues } : { ok: true, resource: updated as object as R, issues };
  };

  const safeDiff = (before: unknown, after: unknown, options?: ConvertOptions): SafeDiffResult<Payload> => {
    const scope = scopeOf(options ?? {});
    const from = admit(before, scope);
    const to = admit(after, scope);
    if (from === undefined || to === undefined || scope.failed) return { ok: false, issues: issuesOf(scope) };
    if (from.id !== undefined && to.id !== undefined && from.id !== to.id) reportNotUpdatable('id', scope);
    const update = diffUpdate(from.normal, to.normal, { schema, exclusive: core.exclusive, isUpdatable }, scope);
    const issues = issuesOf(scope);
    return scope.failed ? { ok: false, issues } : { ok: true, update: update as object as Partial<Payload>, issues };
  };

  const safeToFhir = (payload: unknown, given?: ToFhirOptions<R>): SafeToFhirResult<R> => {
    const options = given ?? {};
    const scope = scopeOf(options);
    scope.self = options.id;
    const admitted = admit(payload, scope);
    const id = options.id ?? admitted?.id;
    checkId(id, scope);
    checkNow(options.now, scope);
    checkFill(fills, scope);
    if (admitted === undefined || scope.failed) return { ok: false, issues: issuesOf(scope) };
    if (options.onto === undefined) {
      const resource = core.create(admitted.normal, scope);
      writeId(resource, id, table, scope);
      return { ok: true, resource: resource as object as R, issues: issuesOf(scope) };
    }
    const before = readScope(resourceType, options);
    const onto = open(options.onto, before);
    if (onto !== undefined) core.get(onto, before);
    if (onto === undefined || before.failed) return { ok: false, issues: [...issuesOf(scope), ...issuesOf(before)] };
    const after = readScope(resourceType, options);
    const resource = core.put(admitted.normal, onto, after);
    writeId(resource, id, table, after);
    const issues = [...issuesOf(scope), ...issuesOf(after)];
    return after.failed ? { ok: false, issues } : { ok: true, resource: resource as object as R, issues };
  };

  return {
    resourceType,
    path: table.path,
    fields: core.rows.map((row) => ({ ...row, updatable: isUpdatable(row.payload) })),
    schema,
    safeToFhir,
    safeFromFhir,
    safeUpdate,
    safeDiff,
    toFhir(payload, options) {
      const result = safeToFhir(payload, options);
      if (!result.ok) throw new ClinikFhirError(result.issues);
      return result.resource;
    },
    fromFhir(resource, options) {
      const result = safeFromFhir(resource, options);
      if (!result.ok) throw new ClinikFhirError(result.issues);
      const { ok: _, ...rest } = result;
      return rest;
    },
    update(resource, partial, options) {
      const result = safeUpdate(resource, partial, options);
      if (!result.ok) throw new ClinikFhirError(result.issues);
      return result.resource;
    },
    diff(before, after, options) {
      const result = safeDiff(before, after, options);
      if (!result.ok) throw new ClinikFhirError(result.issues);
      return result.update;
    },
    validatePayload(payload, { shape = 'create', ...options } = {}) {
      const scope = scopeOf(options);
      checkFill(fills, scope);
      const admitted = admit(payload, scope);
      if (shape === 'flat') checkId(admitted?.id, scope);
      else if (isObject(payload) && payload.id !== undefined) reportId(scope);
      return issuesOf(scope);
    },
    normalize(payload, options = {}) {
      const scope = scopeOf(options);
      const admitted = admit(payload, scope);
      checkId(admitted?.id, scope);
      const issues = issuesOf(scope);
      if (admitted === undefined || !accepted(issues)) throw new ClinikFhirError(issues);
      const { id, normal } = admitted;
      return (id === undefined ? normal : { id, ...normal }) as object as Payload;
    },
  };
}

function warnDefault(scope: FhirScope, element: string, isThere: boolean): void {
  const why = isThere ? 'The conversion leaves out what the resource has here' : 'The resource leaves this out';
  const diagnostics = `${why}, and ClinikAPI will fill it in on upload with a value of its own.`;
  report(scope, { severity: 'warning', code: 'incomplete', id: 'default-on-upload', diagnostics }, element);
}

function checkId(id: unknown, scope: FhirScope): void {
  if (id === undefined || isClinikId(id)) return;
  const diagnostics = 'An id of ClinikAPI has letters, digits, -, _ and . only.';
  report(scope, { severity: 'error', code: 'value', id: 'payload-id', diagnostics }, 'id');
}

function reportId(scope: FhirScope): void {
  const diagnostics = 'A create payload has no id; ClinikAPI assigns one.';
  report(scope, { severity: 'error', code: 'structure', id: 'payload-unknown-field', diagnostics }, 'id');
}

function checkNow(now: string | undefined, scope: FhirScope): void {
  if (now === undefined || parseDateTime(now)?.time !== undefined) return;
  const diagnostics = 'The option `now` is a FHIR dateTime with a time and an offset.';
  report(scope, { severity: 'error', code: 'value', id: 'option-now', diagnostics });
}
