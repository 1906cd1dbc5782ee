import { printableJson } from '../../read/printable.js';
import type { FindingWriter } from '../finding.js';
import { findingJson } from './findingJson.js';
import type { FormatOptions } from './formatOptions.js';

/** A line of JSON for each finding, and a last one with the `summary`, without which the output was cut off. */
export function ndjson(options: Pick<FormatOptions, 'describe' | 'page'>): FindingWriter {
  return {
    begin: () => '',
    add: (finding) => `${printableJson(findingJson(finding, options))}\n`,
    end: (summary) => `${printableJson({ summary })}\n`,
  };
}
