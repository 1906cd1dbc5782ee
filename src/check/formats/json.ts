import { printableJson } from '../../read/printable.js';
import type { FindingWriter } from '../finding.js';
import { findingJson } from './findingJson.js';
import type { FormatOptions } from './formatOptions.js';

/** One JSON document: `findings`, each in a line of its own, and `summary`. See docs/files.md. */
export function json(options: Pick<FormatOptions, 'describe' | 'page'>): FindingWriter {
  let separator = '\n';
  return {
    begin: () => '{"findings":[',
    add(finding) {
      const text = `${separator}${printableJson(findingJson(finding, options))}`;
      separator = ',\n';
      return text;
    },
    end: (summary) => `\n],"summary":${printableJson(summary)}}\n`,
  };
}
