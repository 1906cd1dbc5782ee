// @ts-check
'use strict';

/** What is wrong with a flow and not with a record: it goes to Catch nodes. Its message holds no value of a record. */
class FlowError extends Error {}

/**
 * The error as it may be logged. The message of one that nobody foresaw could quote a record, so that only where it arose is kept.
 * @param {unknown} error
 * @returns {Error}
 */
function loggable(error) {
  if (error instanceof FlowError) return error;
  const unforeseen = new FlowError('clinik-fhir failed on this message; please report it.');
  unforeseen.stack = [String(unforeseen), ...framesOf(error)].join('\n');
  return unforeseen;
}

/**
 * Where an error arose; nothing where its stack does not begin with its message, which then might stand among the places.
 * @param {unknown} error
 */
function framesOf(error) {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return [];
  const said = String(error);
  return error.stack.startsWith(said) ? error.stack.slice(said.length).split('\n').slice(1) : [];
}

module.exports = { FlowError, loggable };
