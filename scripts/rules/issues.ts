import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../../src/lens/issue.js';
import type { RulePage } from '../../src/report/rulePages.js';

/** The rows of docs/issues.md, but for those of `known` ids: what a conversion, an update or a response can report. */
export function issuePages(known: ReadonlySet<string>): readonly RulePage[] {
  const pages = new Map<string, RulePage>();
  const [, ...sections] = readFileSync(join('docs', 'issues.md'), 'utf8').split('\n## ');
  for (const section of sections) {
    const [group = '', ...lines] = section.split('\n');
    for (const line of lines.filter((one) => one.startsWith('| `'))) {
      const [, ids = '', severity = '', says = '', fix = ''] = line
        .split(/(?<!\\)\|/)
        .map((cell) => plain(cell.trim()));
      if (!isSeverity(severity) || says === '' || fix === '') throw new Error(`docs/issues.md is incomplete: ${ids}`);
      const meaning = { severity, where: [WHERE[group] ?? group], says: sentence(says), fix: sentence(fix) };
      for (const id of ids.replaceAll('`', '').split(', '))
        if (!known.has(id) && !pages.has(id)) pages.set(id, { id, group, page: 'docs/issues.md', meanings: [meaning] });
    }
  }
  return [...pages.values()];
}

const WHERE: Readonly<Record<string, string>> = {
  'Reading a resource': 'a resource that becomes a payload',
  'Writing a payload': 'a payload that becomes a resource',
  'Putting a payload over a resource': 'a resource that a payload is put over',
};

function isSeverity(text: string): text is Severity {
  return ['fatal', 'error', 'warning', 'information'].includes(text);
}

/** A cell without links and escapes. */
const plain = (cell: string): string =>
  cell
    .replace(/ ?\(\[why\]\([^)]*\)\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('\\|', '|');

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
