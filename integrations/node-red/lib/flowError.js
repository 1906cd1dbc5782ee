// @ts-check
'use strict';

/** What is wrong with a flow and not with a record: it goes to Catch nodes. Its message holds no value of a record. */
class FlowError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'FlowError';
  }
}

/**
 * The error as it may be logged. The message of one that nobody foresaw could quote a record, so that only where it arose is kept.
 * @param {unknown} error
 * @returns {Error}
 */
function loggable(error) {
  if (error instanceof FlowError) return error;
  const unforeseen = new FlowError('clinik-fhir failed on this message; please report it.');
  const frames = error instanceof Error && error.stack !== undefined ? error.stack.split('\n').filter(isFrame) : [];
  unforeseen.stack = [`${unforeseen.name}: ${unforeseen.message}`, ...frames].join('\n');
  return unforeseen;
}

const isFrame = (/** @type {string} */ line) => /^ +at .*:\d+:\d+\)?$/.test(line);

module.exports = { FlowError, loggable };
