// @ts-check
'use strict';

const { validate } = require('clinik-fhir');
const { lensOf } = require('./convert.js');
const { good, isFailure, recordOf, refused } = require('./answers.js');
const { FlowError } = require('./flowError.js');

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Issue} Issue */
/** @typedef {import('clinik-fhir').ValidationRule} ValidationRule */
/**
 * @typedef {object} Checking
 * @property {'fhir' | 'payload'} form
 * @property {string} resource the path of payloads; with '' the message says it.
 * @property {boolean} bestPractice
 * @property {number | undefined} maxIssues
 * @property {'error' | 'warning'} failOn
 * @property {readonly ValidationRule[]} rules
 */

const WARNINGS = new Set(['fatal', 'error', 'warning']);

/**
 * Answers a record that is valid with itself, and any other with an OperationOutcome.
 * @param {import('./types.js').Message} msg
 * @param {Checking} how
 * @returns {Answer}
 */
function check(msg, how) {
  const lens = how.form === 'payload' ? lensOf(how.resource, msg) : undefined;
  const rules = msg.rules === undefined ? how.rules : rulesOf(msg.rules, 'msg.rules');
  const record = recordOf(msg.payload);
  if (!record.ok) return record.refused;
  const issues =
    lens === undefined
      ? issuesOf(validate(record.value, { bestPractice: how.bestPractice, rules, maxIssues: how.maxIssues }))
      : lens.validatePayload(record.value, { shape: 'flat' });
  const fails =
    how.failOn === 'warning' ? issues.some(({ severity }) => WARNINGS.has(severity)) : issues.some(isFailure);
  const about = lens === undefined ? {} : { name: lens.path };
  return fails ? refused(issues, { about }) : good(record.value, { about: { ...about, issues } });
}

/**
 * The issues of an OperationOutcome that `validate` gave; none where all it says is that all is well.
 * @param {import('fhir/r4').OperationOutcome} outcome
 * @returns {Issue[]}
 */
function issuesOf({ issue }) {
  return issue
    .map(({ severity, code, details, expression = [], diagnostics = '' }) => ({
      severity,
      code: /** @type {Issue['code']} */ (code),
      id: details?.coding?.[0]?.code ?? '',
      expression,
      diagnostics,
    }))
    .filter(({ id }) => id !== 'valid');
}

/** A resource that has nothing wrong with it but the rules that it is looked at with. */
const SOME = { resourceType: 'Parameters' };

/**
 * A list of rules that can all be run.
 * @param {unknown} rules
 * @param {string} where
 * @returns {readonly ValidationRule[]}
 */
function rulesOf(rules, where) {
  if (!Array.isArray(rules)) throw new FlowError(`${where}: rules are a list.`);
  const faults = issuesOf(validate(SOME, { rules })).filter(({ id }) => id === 'rule-invalid');
  if (faults.length > 0) throw new FlowError(`${where}: ${faults.map(({ diagnostics }) => diagnostics).join(' ')}`);
  return rules;
}

/**
 * The rules that an editor saved as JSON.
 * @param {unknown} text
 * @returns {readonly ValidationRule[]}
 */
function rulesOfText(text) {
  if (typeof text !== 'string' || text.trim() === '') return [];
  /** @type {unknown} */
  let rules;
  try {
    rules = JSON.parse(text);
  } catch {
    throw new FlowError('The rules of the node are no JSON.');
  }
  return rulesOf(rules, 'The rules of the node');
}

/**
 * The most issues that are reported, undefined where the editor left it open.
 * @param {unknown} given
 * @returns {number | undefined}
 */
function mostIssues(given) {
  if (given === undefined || given === '') return undefined;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > 100_000)
    throw new FlowError('The most issues are a whole number from 1 to 100000.');
  return number;
}

module.exports = { check, mostIssues, rulesOfText };
