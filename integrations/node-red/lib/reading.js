// @ts-check
'use strict';

const { FlowError } = require('./flowError.js');

/**
 * The options of the configuration node that a node names; the library's own where it names none.
 * @param {import('./types.js').Red} RED
 * @param {unknown} id
 * @returns {Promise<import('clinik-fhir').ConvertOptions>}
 */
async function readingOf(RED, id) {
  if (typeof id !== 'string' || id === '') return {};
  const config = RED.nodes.getNode(id);
  if (config === null || config === undefined) throw new FlowError('The options that the node names are not there.');
  return config.reading.catch(() => {
    throw new FlowError('The options that the node names cannot be read; their own node says why.');
  });
}

module.exports = { readingOf };
