// @ts-check
'use strict';

const { isAbsolute, resolve } = require('node:path');
const { readIdMap } = require('clinik-fhir/node');
const { FlowError, loggable } = require('../lib/flowError.js');
const { conversionOptions } = require('../lib/settings.js');

/**
 * The options of conversions, which the nodes of both directions share: what is read under one choice is written under the same.
 * @param {import('../lib/types.js').Red} RED
 */
module.exports = (RED) => {
  /**
   * @this {import('../lib/types.js').ConfigNode}
   * @param {import('../lib/types.js').Settings} settings
   */
  function Config(settings) {
    RED.nodes.createNode(this, settings);
    this.reading = read(settings, RED.settings.fileWorkingDirectory);
    this.reading.catch((error) => this.error(loggable(error)));
  }
  RED.nodes.registerType('clinik-fhir-config', Config);
};

/**
 * @param {import('../lib/types.js').Settings} settings
 * @param {string | undefined} folder where relative names of files begin; else where Node-RED was started.
 * @returns {Promise<import('clinik-fhir').ConvertOptions>}
 */
async function read(settings, folder) {
  const options = conversionOptions(settings);
  const { idMap } = settings;
  if (typeof idMap !== 'string' || idMap === '') return options;
  const file = folder === undefined || isAbsolute(idMap) ? idMap : resolve(folder, idMap);
  try {
    const { resolveId, resolveReference } = await readIdMap(file);
    return { ...options, resolveId, resolveReference };
  } catch (error) {
    // It names the file and its lines, and nothing that is in them.
    if (error instanceof Error && error.name === 'UsageError') throw new FlowError(error.message);
    throw error;
  }
}
