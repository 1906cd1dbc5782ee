// Compares verdicts with HL7's Java validator on mutants of HL7's examples: npm run oracle [-- COUNT [SEED]]; 20,000 and 1 if left
// out. Needs a JDK of 17 or later and Maven, which fetches the validator; the first run takes half an hour. The mutants, and what was
// said of them, are kept in build/oracle/, so that a change can be measured on the same ones. docs/conformance.md has the figures.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCE_TYPES } from '../../src/fhir/generated/resourceTypes.js';
import type { JsonObject } from '../../src/lens/json.js';
import { smallExamples } from '../../test/support/examples.js';
import { minimal } from '../rules/minimal.js';
import { javaFindings } from './javaValidator.js';
import { keptMutants, makeMutants } from './makeMutants.js';
import { reportOn } from './report.js';
import { isValid, ourFindingsOf } from './verdict.js';

const count = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
const PER_TYPE = 8;
/** Larger examples take the Java validator long; a type that has no others keeps the smallest of them. */
const MOST_CHARACTERS = 8000;

mkdirSync(join('build', 'oracle'), { recursive: true });
const sizeOf = (one: JsonObject): number => JSON.stringify(one).length;
const all = smallExamples(PER_TYPE);
const smallest = new Map<unknown, JsonObject>();
for (const one of all) {
  const before = smallest.get(one.resourceType);
  if (before === undefined || sizeOf(one) < sizeOf(before)) smallest.set(one.resourceType, one);
}
const examples = all.filter((one) => sizeOf(one) <= MOST_CHARACTERS || smallest.get(one.resourceType) === one);
// Types of which HL7 has no example, or none without a fault, are there, too.
const minimals = [...RESOURCE_TYPES].map((type): JsonObject => ({ ...minimal(type), id: 'minimal' }));
const candidates = [...examples, ...minimals];
const before = javaFindings(candidates.map((one) => JSON.stringify(one)));
// A fault in what is invalid already would show nothing.
const sources = candidates.filter((_, index) => isValid(before[index] ?? []));
const types = new Set(sources.map(({ resourceType }) => resourceType)).size;
console.log(`${sources.length} of ${candidates.length} resources of ${types} types are valid for the Java validator`);

const mutants = keptMutants(join('build', 'oracle', `mutants-${count}-${seed}.ndjson`), () =>
  makeMutants(sources, count, seed),
);
const lines = mutants.map(({ text }) => text);
const java = javaFindings(lines);
const ours = await ourFindingsOf(lines, join('build', 'oracle', 'lines.ndjson'));
reportOn(
  mutants.map((mutant, index) => ({ ...mutant, ours: ours[index] ?? [], java: java[index] ?? [] })),
  seed,
);
