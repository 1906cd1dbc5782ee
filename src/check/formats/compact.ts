import { printable } from '../../read/printable.js';
import type { FindingWriter } from '../finding.js';

/**
 * A line for each finding that counts, `path:line:column: severity rule message (Expression)`, which editors and terminals make links
 * of. Nothing else: known and ignored findings are left out, and where there is no line nothing was found.
 */
export function compact(): FindingWriter {
  return {
    begin: () => '',
    add({ source, region, severity, rule, message, expression, state }) {
      if (state !== 'new') return '';
      const place = `${source.file}:${region.line}:${region.column}`;
      const where = expression === undefined ? '' : ` (${expression})`;
      return `${printable(`${place}: ${severity} ${rule} ${message.replace(/\s*[\r\n]\s*/g, ' ')}${where}`)}\n`;
    },
    end: () => '',
  };
}
