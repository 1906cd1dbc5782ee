// Compares verdicts with those that HL7's Java validator was recorded to give of HL7's validator test cases: npm run test-cases --
// FOLDER, which has cases.json and files/. Ends with 1 where they differ and docs/conformance.md does not say why, or says of
// a case that is the same that it differs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../src/lens/json.js';
import { isFailing, isValid, ourFindings } from './verdict.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run test-cases -- FOLDER (with cases.json and files/)');

interface Case {
  readonly name: string;
  readonly module: string;
  readonly file: string;
  readonly isValid: boolean;
}

/** The cases that Java was recorded to judge without a profile. */
function casesIn(value: unknown): Case[] {
  return (Array.isArray(value) ? value : []).filter(isObject).flatMap(({ name, module, file, java, flags }) => {
    if (typeof name !== 'string' || typeof module !== 'string' || typeof file !== 'string') return [];
    if (!Array.isArray(java)) return [];
    const needsServer = module.startsWith('tx') || (Array.isArray(flags) && flags.includes('tx-dependent'));
    const failed = java.some((issue) => isObject(issue) && isFailing(issue.severity));
    return needsServer ? [] : [{ name, module, file, isValid: !failed }];
  });
}

/** A row of docs/conformance.md: a case, and who finds an error in it. */
const ROW = /^\| `([^`]+)` \| (Java|ours) \| [^|]+ \| \S.* \|$/;
const listed = readFileSync(join('docs', 'conformance.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, side] = ROW.exec(line) ?? [];
    return name === undefined ? [] : [`${name} ${side}`];
  });

const cases = casesIn(JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')));
const differing: string[] = [];
for (const { name, module, file, isValid: isValidForJava } of cases) {
  const found = (await ourFindings(join(folder, 'files', file))).flat();
  if (isValid(found) === isValidForJava) continue;
  const row = `${name} ${isValidForJava ? 'ours' : 'Java'}`;
  differing.push(row);
  if (listed.includes(row)) continue;
  console.log(`not in docs/conformance.md: ${row} (${module}, ${file})`);
  for (const { isError, id, place } of found) if (isError) console.log(`  ${id} ${place}`);
}
const stale = listed.filter((row) => !differing.includes(row));
for (const row of stale) console.log(`in docs/conformance.md, and the same: ${row}`);
console.log(
  `${cases.length} cases that need no terminology server: the same verdict of ${cases.length - differing.length}`,
);
if (stale.length > 0 || differing.some((row) => !listed.includes(row))) process.exitCode = 1;
