// @ts-check
'use strict';

const { answering } = require('../lib/answering.js');
const { lensOf, toFhir } = require('../lib/convert.js');
const { readingOf } = require('../lib/reading.js');

/** @param {import('../lib/types.js').Red} RED */
module.exports = (RED) => {
  /**
   * @this {import('../lib/types.js').NodeRedNode}
   * @param {import('../lib/types.js').Settings} settings
   */
  function ToFhir(settings) {
    RED.nodes.createNode(this, settings);
    const prepare = async () => {
      const resource = typeof settings.resource === 'string' ? settings.resource : '';
      if (resource !== '') lensOf(resource, {});
      const options = await readingOf(RED, settings.options);
      return (/** @type {import('../lib/types.js').Message} */ msg) => toFhir(msg, options, { resource });
    };
    answering(this, { prepare, keep: settings.keep === true });
  }
  RED.nodes.registerType('clinik-to-fhir', ToFhir);
};
