import { quoted } from './quoted.js';

/** The most characters of a command that is worth repeating: a shell may have put the names of a thousand files into it. */
const MOST = 300;

/**
 * The command of a run with what it takes to read the fixes in `folder`, for a shell; the options alone, where it is too long or was not
 * called from a shell. `args` are those after the name of the program.
 */
export function withFixes(args: readonly string[], folder: string): string {
  const options = ['--fixes', quoted(folder), '--force'].join(' ');
  const others = args.filter((arg, index) => !isReplaced(arg) && args[index - 1] !== '--fixes');
  const command = ['clinik-fhir', ...others.map((arg) => quoted(arg)), options].join(' ');
  return args[0] === 'convert' && command.length <= MOST ? command : options;
}

const isReplaced = (arg: string): boolean => arg === '--force' || arg === '--fixes' || arg.startsWith('--fixes=');
