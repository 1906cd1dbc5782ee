import { CONFIG_SCHEMA } from './configSchema.js';
import { faultInIgnore } from './ignore.js';
import { rulesAt } from './rulesFile.js';
import { schemaFault } from './schemaFault.js';
import type { Config } from './settings.js';
import { parseSettings } from './settingsFile.js';

/**
 * Reads the text of a config file. Its paths stay as they stand there.
 * @throws UsageError, with the place and what to do, for a fault in it.
 */
export function readConfig(text: string, file: string): Config {
  const settings = parseSettings(text, file);
  const { value } = settings;
  const fault = schemaFault(value, CONFIG_SCHEMA);
  if (fault !== undefined) throw settings.fault(fault.keys, fault.says);
  if (!isConfig(value)) throw settings.fault([], 'this is no config file of clinik-fhir.');
  if (Array.isArray(value.rules)) rulesAt(value.rules, ['rules'], settings);
  for (const [index, ignore] of (value.ignore ?? []).entries()) {
    const wrong = faultInIgnore(ignore);
    if (wrong !== undefined) throw settings.fault(['ignore', index, wrong.key], wrong.says);
  }
  return value;
}

function isConfig(value: unknown): value is Config {
  return schemaFault(value, CONFIG_SCHEMA) === undefined;
}
