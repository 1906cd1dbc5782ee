import { writeFileSync } from 'node:fs';
import { validateRecord } from '../../src/check/validateRecord.js';
import { findInputs } from '../../src/read/findInputs.js';
import { readBatches } from '../../src/read/inputBatches.js';

/** What a validator found. */
export interface Found {
  /** True for an error, also a fatal one: any makes the verdict "invalid". */
  readonly isError: boolean;
  readonly place: string;
  /** Of the rule, or of the message. */
  readonly id: string;
  readonly message: string;
}

export const isFailing = (severity: unknown): boolean => severity === 'error' || severity === 'fatal';

/** True where no error was found. */
export const isValid = (found: readonly Found[]): boolean => !found.some(({ isError }) => isError);

/** What `clinik-fhir validate` says of a file: of each line of NDJSON, or of the one document. */
export async function ourFindings(file: string): Promise<Found[][]> {
  const inputs = await findInputs([file]);
  const said: Found[][] = [];
  for await (const { items } of readBatches(inputs, { wholeBundles: true }, (record) => validateRecord(record, {}))) {
    for (const { source, ...rest } of items) {
      const issues = 'issues' in rest ? rest.issues : [rest.issue];
      const found = issues.map(({ severity, expression, id, diagnostics }) => ({
        isError: isFailing(severity),
        place: expression[0] ?? '',
        id,
        message: diagnostics,
      }));
      const index = (source.line ?? 1) - 1;
      said[index] = [...(said[index] ?? []), ...found];
    }
  }
  return said;
}

/** The same of lines that stand nowhere yet; the file is left for a second look. */
export async function ourFindingsOf(lines: readonly string[], file: string): Promise<Found[][]> {
  writeFileSync(file, `${lines.join('\n')}\n`);
  const said = await ourFindings(file);
  return lines.map((_, index) => said[index] ?? []);
}
