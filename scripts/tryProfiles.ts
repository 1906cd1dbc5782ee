import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { loadGuide } from '../src/profiles/guide.js';
import { validationIssues } from '../src/validate/validate.js';

const [defs = '', examples = '', list] = process.argv.slice(2);
const read = (f: string) => JSON.parse(readFileSync(f, 'utf8'));
const guide = loadGuide(globSync(defs.split(',')).map(read));
const counts = new Map<string, string[]>();
let n = 0,
  bad = 0;
const t0 = process.hrtime.bigint();
for (const f of globSync(examples.split(','))) {
  let r;
  try {
    r = read(f);
  } catch {
    continue;
  }
  if (!r.resourceType) continue;
  n += 1;
  const base = new Set(validationIssues(r).map((i) => i.id + i.expression));
  const issues = validationIssues(r, { profiles: guide, bestPractice: false }).filter(
    (i) => i.severity !== 'information' && !base.has(i.id + i.expression),
  );
  if (issues.some((i) => i.severity === 'error')) bad += 1;
  for (const i of issues) {
    const k = `${i.severity} ${i.id}: ${i.diagnostics}`;
    const l = counts.get(k) ?? [];
    l.push(f.split('/').pop() + ' ' + i.expression);
    counts.set(k, l);
  }
}
console.log(n, 'examples', bad, 'with errors', Number(process.hrtime.bigint() - t0) / 1e6, 'ms');
for (const [k, v] of [...counts].sort((a, b) => b[1].length - a[1].length).slice(0, Number(list ?? 40)))
  console.log(v.length, k.slice(0, 400), '\n      ', v.slice(0, 2).join(' | '));
console.log(guide.faults());
