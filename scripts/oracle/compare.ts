// Compares verdicts with HL7's Java validator on mutants of HL7's examples: npm run oracle [-- COUNT [SEED]]; 20,000 and 1 if left
// out. Needs a JDK of 17 or later and Maven, which fetches the validator; the first run takes half an hour. The mutants, and what was
// said of them, are kept in build/oracle/, so that a change can be measured on the same ones. docs/conformance.md has the figures.
import { join } from 'node:path';
import { CLASSES } from './classes.js';
import { javaFindings } from './javaValidator.js';
import { keptMutants, makeMutants } from './makeMutants.js';
import { reportOn } from './report.js';
import { validSources } from './sources.js';
import { ourFindingsOf } from './verdict.js';

const count = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
const mutants = keptMutants(join('build', 'oracle', `mutants-${count}-${seed}.ndjson`), () =>
  makeMutants(validSources(), count, seed),
);
const lines = mutants.map(({ text }) => text);
const java = javaFindings(lines);
const ours = await ourFindingsOf(lines, join('build', 'oracle', 'lines.ndjson'));
reportOn(
  mutants.map((mutant, index) => ({ ...mutant, ours: ours[index] ?? [], java: java[index] ?? [] })),
  seed,
  CLASSES,
  'differences.ndjson',
);
