import type { FindingWriter } from '../finding.js';
import { compact } from './compact.js';
import type { FormatOptions } from './formatOptions.js';
import { github } from './github.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { ndjson } from './ndjson.js';
import { operationOutcome } from './operationOutcome.js';
import { sarif } from './sarif.js';

/** The formats that programs read; the one that people read knows the terminal, and is in src/cli. */
export const FORMATS = {
  compact,
  json,
  ndjson,
  'operation-outcome': operationOutcome,
  sarif,
  junit,
  github,
} as const satisfies Record<string, (options: FormatOptions) => FindingWriter>;

/** The name of a format that programs read. */
export type MachineFormat = keyof typeof FORMATS;
