// @ts-check
'use strict';

const { answering } = require('../lib/answering.js');
const { fromFhir } = require('../lib/convert.js');
const { readingOf } = require('../lib/reading.js');
const { allowedLosses } = require('../lib/settings.js');

/** @param {import('../lib/types.js').Red} RED */
module.exports = (RED) => {
  /**
   * @this {import('../lib/types.js').NodeRedNode}
   * @param {import('../lib/types.js').Settings} settings
   */
  function FromFhir(settings) {
    RED.nodes.createNode(this, settings);
    const prepare = async () => {
      const how = {
        strict: settings.strict === true,
        allowed: allowedLosses(settings.allowLoss),
        residue: settings.residue === true,
      };
      const options = await readingOf(RED, settings.options);
      return (/** @type {import('../lib/types.js').Message} */ msg) => fromFhir(msg, options, how);
    };
    answering(this, { prepare, keep: settings.keep === true });
  }
  RED.nodes.registerType('clinik-from-fhir', FromFhir);
};
