// Writes what follows from the mapping tables: npm run generate. With --check it only says what is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles } from './generated.js';

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [file, text] of Object.entries(await generatedFiles())) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(file);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
console.log(stale.length === 0 ? 'everything is current' : `${check ? 'out of date' : 'written'}: ${stale.join(', ')}`);
if (check && stale.length > 0) process.exitCode = 1;
