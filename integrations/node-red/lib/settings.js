// @ts-check
'use strict';

const { findLens, idMap } = require('clinik-fhir');
const { checkAllowed } = require('clinik-fhir/node');
const { FlowError } = require('./flowError.js');

/** What the options of a conversion can be; the first is the library's own choice. */
const CHOICES = /** @type {const} */ ({
  unmapped: ['omit', 'refuse'],
  overflow: ['refuse', 'truncate'],
  missingText: ['say', 'refuse'],
  partialDates: ['omit', 'keep', 'refuse'],
  labTime: ['effective', 'issued'],
  edition: ['icd-10-cm', 'icd-10'],
  securityLabels: ['refuse', 'accept'],
});

/**
 * One of several words, the first where a flow says nothing.
 * @template {string} W
 * @param {string} name
 * @param {unknown} given
 * @param {readonly W[]} words
 * @returns {W}
 */
function oneOf(name, given, words) {
  const [first] = words;
  if ((given === undefined || given === '') && first !== undefined) return first;
  const found = words.find((word) => word === given);
  if (found === undefined) throw new FlowError(`The property "${name}" of the node is one of: ${words.join(', ')}.`);
  return found;
}

/**
 * The options of a conversion that a configuration node holds, without its id map.
 * @param {import('./types.js').Settings} settings
 * @returns {import('clinik-fhir').ConvertOptions}
 */
function conversionOptions(settings) {
  const { baseUrl } = settings;
  const fill = filledIn(settings.fill);
  const choices = {
    ...Object.fromEntries(Object.entries(CHOICES).map(([name, words]) => [name, oneOf(name, settings[name], words)])),
    ...(fill === undefined ? {} : { fill }),
  };
  if (baseUrl === undefined || baseUrl === '') return choices;
  if (typeof baseUrl !== 'string' || !/^https?:\/\/[^/\s]/.test(baseUrl))
    throw new FlowError('The base URL is the root of a FHIR server, as in https://ehr.example.org/fhir.');
  return { ...choices, baseUrl };
}

/** The types that have payloads. */
const TYPES = ['ClinicalImpression', 'Composition', 'DiagnosticReport', 'Encounter', 'Task'];

/**
 * What the option `fill` fills in, of lines `documents.practitionerId=acc_1`; undefined where there is none.
 * @param {unknown} text
 * @returns {import('clinik-fhir').Fill | undefined}
 */
function filledIn(text) {
  const lines = typeof text === 'string' ? text.split('\n').filter((line) => line.trim() !== '') : [];
  if (lines.length === 0) return undefined;
  /** @type {Map<string, string>} */
  const given = new Map();
  for (const line of lines) {
    const [, path, value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (path === undefined || value === undefined)
      throw new FlowError('Fill has a line for each field, as in documents.title=Imported document.');
    if (given.has(path)) throw new FlowError('Fill has two lines for one field.');
    given.set(path, value);
  }
  const fill = Object.fromEntries(given);
  for (const type of TYPES) {
    const issues = findLens(type)?.validatePayload({}, { fill }) ?? [];
    const fault = issues.find(({ id }) => id === 'option-fill');
    if (fault !== undefined) throw new FlowError(fault.diagnostics);
  }
  return fill;
}

/**
 * The locations whose loss a strict node allows, one in a line.
 * @param {unknown} text
 * @returns {string[]}
 */
function allowedLosses(text) {
  const paths = typeof text === 'string' ? text.split(/[\s,]+/).filter((path) => path !== '') : [];
  return worded(() => {
    checkAllowed(paths);
    return paths;
  });
}

/**
 * The id map of `msg.idMap`, if it has one.
 * @param {import('./types.js').Message} msg
 * @returns {import('clinik-fhir').IdMap | undefined}
 */
function mapOfMessage({ idMap: rows }) {
  if (rows === undefined || rows === null) return undefined;
  if (!Array.isArray(rows)) throw new FlowError('msg.idMap is a list of rows: { reference, id }.');
  // Not kept for the next message: a flow adds a row to its list when ClinikAPI has given an id.
  return worded(() => idMap(rows));
}

/**
 * Runs something whose errors name files, options and rows, and no record.
 * @template T
 * @param {() => T} run
 * @returns {T}
 */
function worded(run) {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && (error.name === 'UsageError' || error.name === 'ClinikFhirError'))
      throw new FlowError(error.message);
    throw error;
  }
}

module.exports = { allowedLosses, CHOICES, conversionOptions, mapOfMessage, oneOf };
