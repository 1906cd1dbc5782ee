import type { FormatSetting } from '../../check/settings.js';
import { UsageError } from '../../read/usageError.js';

/** Where a run is, as far as it matters to who may see what it prints. */
export interface Surroundings {
  /** True where standard output is a terminal. */
  readonly isTerminal: boolean;
  /** True where a CI server runs it, which keeps what is printed. */
  readonly isCi: boolean;
}

/**
 * Holds `--show-values` to the terminal of the person who asked for it: anything else is kept, sent or read by others.
 * @throws UsageError where the findings would go anywhere else.
 */
export function checkShowValues(formats: readonly FormatSetting[], { isTerminal, isCi }: Surroundings): void {
  const fault = isCi
    ? 'this is a CI server, which keeps what is printed'
    : formats.some(({ format }) => format !== 'text')
      ? 'only --format text shows values'
      : formats.some(({ output }) => output !== undefined)
        ? 'with --output they would be written to a file'
        : isTerminal
          ? undefined
          : 'standard output is not a terminal';
  if (fault === undefined) return;
  throw new UsageError(`--show-values shows values of records on your own terminal only, and ${fault}. Leave it out.`);
}

/** Where this process is. */
export async function surroundings(): Promise<Surroundings> {
  // Of a CommonJS package a bundle has no names but this one.
  const { default: ci } = await import('ci-info');
  return { isTerminal: process.stdout.isTTY === true, isCi: ci.isCI };
}
