// npm run producers -- FOLDER: prints the tables of docs/producers.md, of a folder that has one of each producer's files.
import { FILL } from './producers/fill.js';
import { tables } from './producers/tables.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run producers -- FOLDER');
process.stdout.write(`${await tables(folder, { fill: FILL })}\n`);
