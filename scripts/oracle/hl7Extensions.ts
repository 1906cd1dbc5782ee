import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../src/lens/json.js';

const FOLDER = join('node_modules', 'hl7.fhir.r4.examples');

/** One of R4's own extensions, as far as a fault needs to know it. */
export interface Hl7Extension {
  readonly url: string;
  /** Where it may stand: paths, `Patient`, `HumanName.family`. */
  readonly contexts: readonly string[];
  /** The types of its value; none where it has extensions instead. */
  readonly types: readonly string[];
}

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const texts = (list: readonly JsonObject[], name: string): readonly string[] =>
  list.map((one) => one[name]).filter((text) => typeof text === 'string');

/** R4's own extensions, in the order of their files' names. */
export function hl7Extensions(): readonly Hl7Extension[] {
  return readdirSync(FOLDER)
    .filter((file) => file.startsWith('StructureDefinition-') && file.endsWith('.json'))
    .sort()
    .flatMap((file) => extensionIn(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))));
}

function extensionIn(definition: unknown): readonly Hl7Extension[] {
  if (!isObject(definition) || definition.type !== 'Extension' || definition.derivation !== 'constraint') return [];
  if (typeof definition.url !== 'string' || !isObject(definition.snapshot)) return [];
  const value = objects(definition.snapshot.element).find(({ id }) => id === 'Extension.value[x]');
  return [
    {
      url: definition.url,
      contexts: texts(objects(definition.context), 'expression'),
      types: value?.max === '1' ? texts(objects(value.type), 'code') : [],
    },
  ];
}
