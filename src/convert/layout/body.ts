import { refusal } from '../../bundle/refusals.js';
import type { Issue } from '../../lens/issue.js';
import { number } from '../../report/amount.js';
import type { Lenses, Path } from '../../resources/registry.js';
import { MAX_BODY } from './uploadForm.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What stands before the records of a bulk import body, and after them. A body is one line. */
export function bodyFrame(resourceType: string): { readonly before: string; readonly after: string } {
  return { before: `{"resourceType":${JSON.stringify(resourceType)},"data":"`, after: '"}' };
}

/** Between the records of a body: a line feed, escaped. */
export const BETWEEN = '\\n';

/** Bytes of a body besides its records, with the line feed that ends its file. */
export function frameSize(resourceType: string): number {
  const { before, after } = bodyFrame(resourceType);
  return before.length + after.length + 1;
}

/** A payload in one line as it stands in a body: JSON in a JSON string. */
export function inBody(line: string): string {
  return JSON.stringify(line).slice(1, -1);
}

/**
 * The bytes that a payload takes in a body, in UTF-8. `JSON.stringify` leaves nothing in a line that it would escape again but
 * quotes and backslashes.
 */
export function sizeInBody(payload: object): number {
  const line = Buffer.from(JSON.stringify(payload));
  let size = line.length;
  for (const byte of line) if (byte === QUOTE || byte === BACKSLASH) size += 1;
  return size;
}

/** Why a payload of this size cannot be sent in a body of so many bytes; undefined where it can. */
export function overBody({ path, resourceType }: Lenses[Path], size: number, maxBody: number): Issue | undefined {
  if (frameSize(resourceType) + size <= maxBody) return undefined;
  const tooLarge = refusal(
    'too-long',
    'record-too-large',
    `Alone in a bulk import body it is over the limit of ${number(maxBody)} bytes. It can be sent by itself, through POST /v1/${path}, if ClinikAPI's limits allow.`,
  );
  return frameSize(resourceType) + size <= MAX_BODY.most ? { ...tooLarge, options: ['maxBody'] } : tooLarge;
}
