import { resolve } from 'node:path';
import { CONFIG_FILE } from '../../check/config.js';
import type { FormatSetting, Settings } from '../../check/settings.js';
import { UsageError } from '../../read/usageError.js';

/** The files that a run writes: those of its formats, and others. */
export function outputsOf(formats: readonly FormatSetting[], ...others: readonly (string | undefined)[]): string[] {
  return [...formats.map(({ output }) => output), ...others].filter((output) => output !== undefined);
}

/**
 * Two outputs of the same file would leave one of them.
 * @throws UsageError where there are such.
 */
export function checkOutputs(formats: readonly FormatSetting[], outputs: readonly string[]): void {
  if (formats.filter(({ output }) => output === undefined).length > 1) {
    throw new UsageError('two formats would go to standard output; give each --format but one its own --output.');
  }
  const paths = outputs.map((output) => resolve(output));
  const twice = outputs.find((_, index) => paths.indexOf(paths[index] ?? '') !== index);
  if (twice === undefined) return;
  throw new UsageError(`${twice}: two outputs would be written to it; give each a file of its own.`);
}

/** The files of the run, which may lie among the records, and are none. */
export function ownFiles({ rules, baseline }: Settings, outputs: readonly string[], config?: string): string[] {
  const read = [CONFIG_FILE, config, baseline, typeof rules === 'string' ? rules : undefined];
  return [...outputs, ...read.filter((file) => file !== undefined)];
}
