// @ts-check
'use strict';

const { answering } = require('../lib/answering.js');
const { check, mostIssues, rulesOfText } = require('../lib/check.js');
const { lensOf } = require('../lib/convert.js');
const { oneOf } = require('../lib/settings.js');

/** @param {import('../lib/types.js').Red} RED */
module.exports = (RED) => {
  /**
   * @this {import('../lib/types.js').NodeRedNode}
   * @param {import('../lib/types.js').Settings} settings
   */
  function Validate(settings) {
    RED.nodes.createNode(this, settings);
    const prepare = async () => {
      const how = {
        form: oneOf('form', settings.form, /** @type {const} */ (['fhir', 'payload'])),
        resource: typeof settings.resource === 'string' ? settings.resource : '',
        bestPractice: settings.bestPractice === true,
        maxIssues: mostIssues(settings.maxIssues),
        failOn: oneOf('failOn', settings.failOn, /** @type {const} */ (['error', 'warning'])),
        rules: rulesOfText(settings.rules),
      };
      if (how.form === 'payload' && how.resource !== '') lensOf(how.resource, {});
      return (/** @type {import('../lib/types.js').Message} */ msg) => check(msg, how);
    };
    answering(this, { prepare, keep: false });
  }
  RED.nodes.registerType('clinik-validate', Validate);
};
