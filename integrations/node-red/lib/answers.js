// @ts-check
'use strict';

const { parseRecord } = require('clinik-fhir/node');

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Issue} Issue */

/** What a server says of a body that it cannot parse, and of one that it can, but not take (https://hl7.org/fhir/R4/http.html). */
const UNPARSABLE = 400;
const UNPROCESSABLE = 422;

/**
 * An issue that refuses a message before the library sees it.
 * @param {Issue['code']} code
 * @param {string} id
 * @param {string} diagnostics
 * @returns {Issue}
 */
function refusal(code, id, diagnostics) {
  return { severity: 'error', code, id, expression: [], diagnostics };
}

const NO_OBJECT = refusal('structure', 'record-unknown', 'A record is a JSON object.');

/**
 * The record in a payload: an object, or JSON as a string or a Buffer. An object is taken as it is.
 * @param {unknown} payload
 * @returns {{ ok: true; value: object } | { ok: false; refused: Answer }}
 */
function recordOf(payload) {
  const isText = typeof payload === 'string' || payload instanceof Uint8Array;
  const parsed = isText ? parseRecord(payload) : /** @type {const} */ ({ ok: true, value: payload });
  if (!parsed.ok) return { ok: false, refused: refused(parsed.issues, { statusCode: UNPARSABLE }) };
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, refused: refused([NO_OBJECT]) };
  return { ok: true, value };
}

/**
 * The answer for a record that is refused.
 * @param {readonly Issue[]} issues
 * @param {{ statusCode?: number; payload?: unknown; about?: Partial<import('./types.js').About> }} [more]
 * @returns {Answer}
 */
function refused(issues, { statusCode = UNPROCESSABLE, payload, about = {} } = {}) {
  return { ok: false, statusCode, payload, about: { losses: [], ...about, issues: issues.map(plain) } };
}

/**
 * The answer for a record that is good.
 * @param {unknown} payload
 * @param {{ about: Partial<import('./types.js').About>; set?: Record<string, unknown> }} more
 * @returns {Answer}
 */
function good(payload, { about, set = {} }) {
  return { ok: true, payload, set, about: { losses: [], ...about, issues: (about.issues ?? []).map(plain) } };
}

/**
 * An issue as it is public, in a copy: flows change what they get.
 * @param {Issue} issue
 * @returns {Issue}
 */
function plain({ severity, code, id, expression, diagnostics, options }) {
  const issue = { severity, code, id, expression: [...expression], diagnostics };
  return options === undefined ? issue : { ...issue, options: [...options] };
}

/** @param {{ readonly severity: string }} issue */
const isFailure = ({ severity }) => severity === 'error' || severity === 'fatal';

module.exports = { good, isFailure, recordOf, refusal, refused };
