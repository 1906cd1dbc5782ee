import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyLines } from '../bodies.js';
import { booked } from '../books.js';

/** The payload or resource of each record that was converted, by its source: what stands where the report says. */
export function payloadsBySource(out: string): Map<string, string> {
  const files = new Map<string, string[]>();
  const linesOf = (file: string): string[] => {
    const bytes = readFileSync(join(out, file));
    return file.endsWith('.json') ? bodyLines(bytes).map(String) : bytes.toString().split('\n');
  };
  return new Map(
    booked(out).flatMap(({ source, output }) => {
      if (output === undefined) return [];
      const lines = files.get(output.file) ?? linesOf(output.file);
      files.set(output.file, lines);
      return [[JSON.stringify(source), lines[output.line - 1] ?? 'nothing']];
    }),
  );
}
