import { UsageError } from '../../read/usageError.js';

/** The name that a pipe has among files; it says nothing of what is in it. */
export const PIPE = '-';

/** True where standard input is among the inputs. */
export const isPipe = (inputs: readonly string[]): boolean => inputs.includes(PIPE);

/**
 * Standard input is answered on standard output, and nothing else is read or written.
 * @throws UsageError where more is asked for.
 */
export function checkAlone(
  inputs: readonly string[],
  flags: object,
  ofFiles: { readonly [name: string]: string },
): void {
  if (inputs.length > 1) throw new UsageError('- is standard input, and stands alone; a file of this name is ./-.');
  const [, option] =
    Object.entries(ofFiles).find(([name]) =>
      Object.entries(flags).some(([key, value]) => key === name && isSet(value)),
    ) ?? [];
  if (option !== undefined)
    throw new UsageError(`${option} does not go with -: lines come from standard input, and go to standard output.`);
}

const isSet = (value: unknown): boolean => value !== undefined && value !== false;

/**
 * Options of a run over files, without those of a pipe.
 * @throws UsageError where these are given.
 */
export function checkFiles<F extends { out?: string; payloadOnly?: boolean; rejects?: string; links?: boolean }>({
  payloadOnly,
  rejects,
  links,
  ...flags
}: F) {
  const [ofLines] =
    Object.entries({ '--payload-only': payloadOnly, '--rejects': rejects, '--links': links }).find(([, value]) =>
      isSet(value),
    ) ?? [];
  if (ofLines !== undefined) throw new UsageError(`${ofLines} is for lines of standard input: clinik-fhir convert -.`);
  if (flags.out === PIPE)
    throw new UsageError(
      '--out takes a folder. To write to standard output, give the lines on standard input: clinik-fhir convert - < FILE; a folder of this name is ./-.',
    );
  return flags;
}
