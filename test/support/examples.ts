import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/lens/json.js';

const FOLDER = join('node_modules', 'hl7.fhir.r4.examples');

/** The names of HL7's example files of R4, some larger than 10 MB. */
export const EXAMPLES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json') && file !== 'package.json')
  .sort();

export const example = (file: string): JsonObject => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

/** One of HL7's examples for each type, and more of the types that have more; none larger than some 20 KB. */
export function smallExamples(perType: number): JsonObject[] {
  const found = new Map<string, JsonObject[]>();
  for (const file of EXAMPLES) {
    const [type = ''] = file.split('-');
    const ofType = found.get(type) ?? [];
    if (ofType.length >= perType) continue;
    const text = readFileSync(join(FOLDER, file), 'utf8');
    if (text.length < 20_000) found.set(type, [...ofType, JSON.parse(text)]);
  }
  return [...found.values()].flat();
}
