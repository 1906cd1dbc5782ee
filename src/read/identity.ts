import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** What a path leads to, under whatever names: a file or folder of a device. Its real path would not do, for a pipe (`<(zcat …)`) has none. */
export async function identityOf(path: string): Promise<string> {
  return identityIn(await stat(path, { bigint: true }));
}

/** The same of what was looked at. */
export function identityIn({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
