// @ts-check
'use strict';

const { answering } = require('../lib/answering.js');
const { fromBundle, toBundle } = require('../lib/convert.js');
const { readingOf } = require('../lib/reading.js');
const { allowedLosses, oneOf } = require('../lib/settings.js');

const ACTIONS = /** @type {const} */ (['from', 'to']);
const REFUSED = /** @type {const} */ (['whole', 'rest']);
const TYPES = /** @type {const} */ (['transaction', 'batch', 'collection', 'document', 'searchset']);

/** @param {import('../lib/types.js').Red} RED */
module.exports = (RED) => {
  /**
   * @this {import('../lib/types.js').NodeRedNode}
   * @param {import('../lib/types.js').Settings} settings
   */
  function BundleNode(settings) {
    RED.nodes.createNode(this, settings);
    const prepare = async () => {
      const action = oneOf('action', settings.action, ACTIONS);
      const from = {
        strict: settings.strict === true,
        allowed: allowedLosses(settings.allowLoss),
        whole: oneOf('refused', settings.refused, REFUSED) === 'whole',
      };
      const to = { type: oneOf('bundleType', settings.bundleType, TYPES) };
      const options = await readingOf(RED, settings.options);
      return (/** @type {import('../lib/types.js').Message} */ msg) =>
        action === 'from' ? fromBundle(msg, options, from) : toBundle(msg, options, to);
    };
    answering(this, { prepare, keep: settings.keep === true });
  }
  RED.nodes.registerType('clinik-bundle', BundleNode);
};
