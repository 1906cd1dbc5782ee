import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeSystems } from './source.js';

/** The code systems of HL7's own; what other organisations publish goes on without R4. */
const HL7 = /^http:\/\/(?:terminology\.hl7\.org|hl7\.org\/fhir)\/[^|]*$/;

/**
 * The code systems that R4 publishes completely, one text each: a line `1` where capitals matter, else `0`, with R4's version after a
 * tab, then a line for each code, with its displays after it.
 */
export function codeSystemTexts(): Record<string, string> {
  const later = laterCodes();
  const texts = [...codeSystems()].flatMap(([url, { caseSensitive, version, concepts }]) => {
    if (!HL7.test(url) || concepts.length === 0) return [];
    const rows = new Map<string, Set<string>>();
    const add = (code: string, displays: readonly string[]): void => {
      const known = rows.get(code) ?? new Set();
      for (const display of displays) known.add(oneLine(display));
      rows.set(code, known);
    };
    for (const { code, display, designation = [] } of concepts) {
      add(code, [...(display === undefined ? [] : [display]), ...designation.map(({ value }) => value)]);
    }
    for (const [code = '', ...displays] of later.get(url) ?? []) add(code, displays);
    const lines = [...rows].map(([code, displays]) => [code, ...displays].join('\t'));
    return [[url, [`${caseSensitive === true ? 1 : 0}\t${version ?? ''}`, ...lines].join('\n')] as const];
  });
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const oneLine = (display: string): string => display.trim().replace(/\s+/g, ' ');

/** The codes, with displays, that a code system has had since R4. */
function laterCodes(): ReadonlyMap<string, readonly string[][]> {
  const found = new Map<string, string[][]>();
  for (const line of readFileSync(join('scripts', 'r4', 'later.tsv'), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [url = '', ...row] = line.split('\t');
    found.set(url, [...(found.get(url) ?? []), row]);
  }
  return found;
}
