import type { InputFile } from '../read/findInputs.js';
import { identityOf } from '../read/identity.js';
import { UsageError } from '../read/usageError.js';

/**
 * Nobody wants the records to be replaced by what is said of them, whatever name they are reached by.
 * @throws UsageError where an output is an input.
 */
export async function checkNoInput(files: readonly InputFile[], outputs: readonly string[]): Promise<void> {
  const found = await Promise.all(outputs.map((output) => identityOf(output).catch(() => '')));
  const identities = new Set(found.filter((identity) => identity !== ''));
  if (identities.size === 0) return;
  // A pipe may be read and written to.
  for (const { path, size } of files)
    if (size > 0 && identities.has(await identityOf(path).catch(() => '')))
      throw new UsageError(`${path}: it is an input; write to another file.`);
}
