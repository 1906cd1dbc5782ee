// Compares verdicts with HL7's Java validator on mutants of a guide's own examples, held to the profiles that they claim:
// npm run oracle:profiles -- NAME COUNT SEED GUIDE EXAMPLES [FOLDER …], where GUIDE and each FOLDER are folders of definitions (an unpacked
// package's `package`), and EXAMPLES one of resources. NAME names what is kept in build/oracle/. docs/profiles.md has the figures.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadGuide, validate } from '../../src/index.js';
import { CLASSES } from './classes.js';
import { javaFindings } from './javaValidator.js';
import { keptMutants } from './makeMutants.js';
import { PROFILE_CLASSES } from './profiles/classes.js';
import { definitionsIn, profilesIn, resourcesIn } from './profiles/definitions.js';
import { profileMutants } from './profiles/mutants.js';
import { hasVerdict } from './profiles/verdicts.js';
import { reportOn } from './report.js';
import { type Found, isFailing, isValid } from './verdict.js';

const [name, count, seed, folder, examples, ...more] = process.argv.slice(2);
if (name === undefined || folder === undefined || examples === undefined)
  throw new Error('usage: npm run oracle:profiles -- NAME COUNT SEED GUIDE EXAMPLES [FOLDER …]');
mkdirSync(join('build', 'oracle'), { recursive: true });
const folders = [folder, ...more];
const definitions = definitionsIn(folders);
const guide = loadGuide(definitions);

function ourFindings(line: string): Found[] {
  return validate(JSON.parse(line), { profiles: guide }).issue.map(
    ({ severity, expression, details, diagnostics }) => ({
      isError: isFailing(severity),
      place: expression?.[0] ?? '',
      id: details?.coding?.[0]?.code ?? '',
      message: diagnostics ?? '',
    }),
  );
}

const candidates = resourcesIn(examples);
const said = javaFindings(
  candidates.map((one) => JSON.stringify(one)),
  folders,
);
const sources = candidates.filter((_, index) => isValid(said[index] ?? []) && hasVerdict(said[index] ?? []));
console.log(`${sources.length} of ${candidates.length} examples are valid for the Java validator`);
const mutants = keptMutants(join('build', 'oracle', `${name}-${count}-${seed}.ndjson`), () =>
  profileMutants(sources, profilesIn(definitions), Number(count), Number(seed)),
);
const java = javaFindings(
  mutants.map(({ text }) => text),
  folders,
);
const start = performance.now();
const compared = mutants.map((mutant, index) => ({
  ...mutant,
  ours: ourFindings(mutant.text),
  java: java[index] ?? [],
}));
console.log(`ours took ${Math.round(performance.now() - start)} ms`);
const judged = compared.filter((one) => hasVerdict(one.java));
console.log(
  `${compared.length - judged.length} of ${compared.length} mutants have no verdict of Java's: it could not use a profile`,
);
const unchecked = new Map<string, number>();
for (const { ours } of judged)
  for (const id of new Set(ours.map((one) => one.id)))
    if (/unchecked|not-checked|not-evaluated/.test(id)) unchecked.set(id, (unchecked.get(id) ?? 0) + 1);
for (const [id, times] of unchecked) console.log(`${times} mutants have ${id}`);
console.log(`${judged.filter(({ java: found }) => !isValid(found)).length} are invalid for Java`);
reportOn(judged, Number(seed), [...PROFILE_CLASSES, ...CLASSES], `differences-${name}.ndjson`);
