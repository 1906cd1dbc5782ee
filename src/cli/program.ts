import { Command, CommanderError } from 'commander';
import { printable } from '../read/printable.js';
import { again } from './conversion/readingOptions.js';
import { convertCommand } from './convertCommand.js';
import { EXIT, fail } from './exit.js';
import { idsCommand } from './ids/idsCommand.js';
import { inspectCommand } from './inspectCommand.js';
import type { ExplainFlags } from './runExplain.js';
import type { FieldsFlags } from './runFields.js';
import { COMMAND_NAMES } from './start/commandNames.js';
import { stderr } from './stderr.js';
import { validateCommand } from './validateCommand.js';
import { version } from './version.js';

/** Does what the command line asks for, and sets the exit code. */
export async function run(): Promise<void> {
  // Who waits for what is printed hears of it as well, and gives up; nobody who prints without waiting ends with 0 either. What is said
  // on the side may be lost: the files and the exit code say all.
  process.stdout.on('error', () => {
    process.exitCode = EXIT.usage;
  });
  try {
    await program().parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) fail(error);
    // That help could not be printed is known by now, or will be.
    else if (error.exitCode !== 0) process.exitCode = EXIT.usage;
  }
}

const COMMANDS: { readonly [name in (typeof COMMAND_NAMES)[number]]: () => Command } = {
  convert: convertCommand,
  ids: idsCommand,
  inspect: inspectCommand,
  validate: validateCommand,
  fields: fieldsCommand,
  explain: explainCommand,
};

/** A command's own code is loaded when it runs, so that help comes at once. */
function program(): Command {
  const root = new Command('clinik-fhir')
    .description('Translates between ClinikAPI payloads and HL7 FHIR R4, both ways, and says what could not be said.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeErr: (text) => stderr().write(text),
      outputError: (text, write) => write(sayable(text)),
    });
  const asked = COMMAND_NAMES.find((name) => name === process.argv[2]);
  // Options of the others would be made for nothing.
  for (const name of asked === undefined ? COMMAND_NAMES : [asked]) root.addCommand(COMMANDS[name]());
  for (const command of root.commands) command.copyInheritedSettings(root);
  return root;
}

/** What commander says of arguments, which a shell may have made of the names of files; it gives a hint in a second line. */
function sayable(text: string): string {
  const [, hint = ''] = /(\n\(Did you mean [^\n]*\))?\n$/.exec(text) ?? [];
  return `${printable(text.slice(0, text.length - hint.length - 1))}${hint}\n`;
}

function fieldsCommand(): Command {
  return new Command('fields')
    .description('Print the mapping tables: where each field of a payload lives in FHIR. ! marks required fields.')
    .argument('[resource]', 'a path (encounters) or a FHIR type (Encounter); all of them without it')
    .option('--json', 'print the tables as data')
    .action(async (resource: string | undefined, flags: FieldsFlags) => {
      const { runFields } = await import('./runFields.js');
      runFields(resource, flags);
    });
}

interface GuideFlags {
  ig?: string[];
  profile?: string[];
}

/** A type or a path of R4; ids begin with a small letter, or have a hyphen. */
const isElement = (id: string | undefined): id is string => id !== undefined && /^[A-Z][A-Za-z]*(\.|$)/.test(id);

function explainCommand(): Command {
  return new Command('explain')
    .description('Say what an id in a report means, of an issue, a rule or the reason of a loss, and how to fix it.')
    .argument(
      '[id]',
      'an id (per-1, status-unsupported, no-field); with --ig an element (Patient.identifier); all ids are listed without it',
    )
    .option('--json', 'print what is known of it as data')
    .option('--ig <package>', 'a guide, whose profiles say what they ask of an element; may be given again', again)
    .option('--profile <url>', 'only what this profile says; may be given again', again)
    .action(async (id: string | undefined, { ig = [], profile = [], ...flags }: ExplainFlags & GuideFlags) => {
      const { runExplain } = await import('./runExplain.js');
      if (!isElement(id) || ig.length === 0) return runExplain(id, flags);
      const { explainElement } = await import('./guide/explainElement.js');
      explainElement(id, { ig, profile, terminology: [], mustSupport: false }, flags.json === true);
    });
}
