import { enumerated, nearTo } from '../fhir/allowedWords.js';
import type { FhirScope } from '../fhir/scope.js';
import type { Schema } from '../lens/codec.js';
import type { IssueCode } from '../lens/issue.js';
import type { Rule } from '../lens/rule.js';
import { report, type Step } from '../lens/scope.js';
import { validators } from './generated/validators.js';
import { namesIn } from './payloadNames.js';
import type { SchemaCheck } from './schemaCheck.js';

/** The JSON Schema of a create payload, made from its table. */
export function payloadSchema(table: {
  readonly path: string;
  readonly rules: readonly Rule<FhirScope>[];
  readonly definitions?: { readonly [name: string]: Schema };
}): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `clinik-fhir:${table.path}`,
    title: `The create payload of ClinikAPI's /v1/${table.path}`,
    type: 'object',
    additionalProperties: false,
    required: table.rules.flatMap((rule) => rule.required),
    properties: Object.assign({}, ...table.rules.map((rule) => rule.properties)),
    ...(table.definitions === undefined ? {} : { definitions: table.definitions }),
  };
}

/**
 * The payload check of a path, compiled ahead of time.
 * @throws Error where the table is newer than the checks.
 */
export function checkOf(path: string): SchemaCheck {
  const check = validators[path];
  if (check === undefined)
    throw new Error(`There is no compiled check for ${path} payloads: npm run generate makes it.`);
  return check;
}

type Params = Readonly<Record<string, unknown>>;
type Verdict = readonly [code: IssueCode, id: string, says: (params: Params) => string];

const VERDICTS: { readonly [keyword: string]: Verdict } = {
  required: ['required', 'payload-required', () => 'A required field is missing.'],
  additionalProperties: ['structure', 'payload-unknown-field', () => 'ClinikAPI has no field of this name here'],
  type: ['structure', 'payload-type', ({ type }) => `The field takes ${jsonTypes(type)}.`],
  enum: ['code-invalid', 'payload-code', ({ allowedValues }) => `The code is not one of ${listed(allowedValues)}.`],
  pattern: ['value', 'payload-id', () => 'An id of ClinikAPI has letters, digits, -, _ and . only.'],
  maxLength: ['too-long', 'payload-over-limit', ({ limit }) => `ClinikAPI takes at most ${limit} characters here.`],
  maxItems: ['too-long', 'payload-over-limit', ({ limit }) => `ClinikAPI takes at most ${limit} items here.`],
  maximum: ['too-long', 'payload-over-limit', ({ limit }) => `ClinikAPI takes at most ${limit} here.`],
  minItems: ['required', 'payload-required', () => 'The list needs at least one item.'],
};

const OTHER: Verdict = ['structure', 'payload-type', () => 'The value has none of the forms that ClinikAPI takes.'];

const listed = (values: unknown): string => (Array.isArray(values) ? values.join(', ') : '');

const JSON_TYPES: { readonly [type: string]: string } = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function jsonTypes(types: unknown): string {
  const names = (Array.isArray(types) ? types : [types]).map((type) => JSON_TYPES[String(type)] ?? 'another JSON type');
  return enumerated(names);
}

/** What is said of a value that breaks a keyword of its schema. */
export function broken(keyword: string, params: Params): string {
  const [, , says] = VERDICTS[keyword] ?? OTHER;
  return says(params);
}

/** Reports what a payload's schema finds wrong with it. */
export function schemaIssues(validate: SchemaCheck, schema: Schema, payload: unknown, scope: FhirScope): void {
  if (validate(payload)) return;
  for (const error of validate.errors ?? []) {
    const [code, id, says] = VERDICTS[error.keyword] ?? OTHER;
    const at = stepsOf(error.instancePath);
    const { missingProperty: missing, additionalProperty: unknown } = error.params;
    if (typeof missing === 'string') at.push(missing);
    if (typeof unknown === 'string') at.push(unknown);
    const near = typeof unknown === 'string' ? `${nearTo(unknown, namesIn(schema))}.` : '';
    report(scope, { severity: 'error', code, id, diagnostics: says(error.params) + near }, ...at);
  }
}

/** The steps of a JSON Pointer (RFC 6901). */
function stepsOf(pointer: string): Step[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}
