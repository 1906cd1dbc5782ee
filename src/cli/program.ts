import { Command, Option } from 'commander';
import type { ConvertFlags } from './convert.js';
import type { ExplainFlags } from './explain.js';
import type { FieldsFlags } from './fields.js';
import { validateCommand } from './validateCommand.js';
import { version } from './version.js';

/** The command line. A command's own code is loaded when it runs, so that help comes at once. */
export function program(): Command {
  const root = new Command('clinik-fhir')
    .description('Translates between ClinikAPI payloads and HL7 FHIR R4, both ways, and says what could not be said.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride();
  root.addCommand(convertCommand());
  root.addCommand(validateCommand());
  root.addCommand(fieldsCommand());
  root.addCommand(explainCommand());
  for (const command of root.commands) command.copyInheritedSettings(root);
  return root;
}

function convertCommand(): Command {
  return new Command('convert')
    .description('Convert FHIR resources into ClinikAPI payloads, and payloads into FHIR resources.')
    .argument(
      '<input...>',
      'files of FHIR resources or payloads (NDJSON, JSON, Bundles, gzipped or not), folders, globs',
    )
    .requiredOption('--out <dir>', 'the folder to write to')
    .addOption(
      new Option(
        '--to <form>',
        'convert in this direction only (default: what is FHIR to payloads, payloads to FHIR)',
      ).choices(['payload', 'fhir']),
    )
    .option('--resource <path>', 'what the payloads are of (encounters), in files whose names do not say it')
    .option('--dry-run', 'write all the reports, and no outputs')
    .option('--strict', 'refuse a record that would lose content')
    .option(
      '--allow-loss <path>',
      'a location whose loss --strict allows, with all below it; may be given again',
      collect,
    )
    .option('--validate', 'reject a record whose FHIR side is not valid R4, with what is wrong with it')
    .option('--residue', 'also write residues.ndjson, the patches that lead back; they hold values')
    .option('--raw', 'also write fhir/<Type>.ndjson: what was refused or lost content, for the raw FHIR route')
    .addOption(
      new Option('--overflow <how>', 'prose over the limits of ClinikAPI')
        .choices(['refuse', 'truncate'])
        .default('refuse'),
    )
    .addOption(
      new Option('--partial-dates <how>', 'a date without a time where ClinikAPI wants one')
        .choices(['omit', 'keep', 'refuse'])
        .default('omit'),
    )
    .addOption(
      new Option('--edition <name>', 'the edition of ICD-10 that bare codes are from')
        .choices(['icd-10-cm', 'icd-10'])
        .default('icd-10-cm'),
    )
    .addOption(
      new Option('--security-labels <how>', 'records with a restricting label that ClinikAPI has no field for')
        .choices(['refuse', 'accept'])
        .default('refuse'),
    )
    .option(
      '--id-map <file>',
      'CSV or NDJSON of source references and ClinikAPI ids; all ids are then those of the map',
    )
    .option('--require-mapped', 'reject a record with a reference that the id map does not know')
    .option('--index-limit <MB>', 'memory for the records that others refer to (default: 512)')
    .option('--base-url <url>', 'the FHIR server whose absolute references count as home')
    .option('--now <dateTime>', 'the present, for what FHIR wants dated: 2026-01-31T09:00:00Z')
    .option('--force', 'replace what an earlier run wrote')
    .option('--quiet', 'print nothing but errors')
    .addHelpText('after', CONVERT_HELP)
    .action(async (inputs: string[], flags: ConvertFlags) => {
      const { runConvert } = await import('./convert.js');
      await runConvert(inputs, flags);
    });
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

const CONVERT_HELP = `
A record with a resourceType becomes a payload, in <path>.ndjson. A record
without one is a payload where the name of its file begins with a path of
ClinikAPI (encounters.ndjson, labs-2024.ndjson.gz), or where --resource says so,
and becomes FHIR, in <Type>.ndjson. Responses of ClinikAPI are unwrapped.

Beside them stand sources.ndjson, losses.ndjson, rejects.ndjson,
retractions.ndjson and summary.json, which are not read when a folder is an
input, and rejected/, with the refused records as they came: mend them there,
and run the command on that folder.

Exit code: 0 all converted, 1 some rejected or a damaged gzip file, 2 how it was
called, or what could not be read or written.

Examples:
  clinik-fhir convert export/ --out payloads
  clinik-fhir convert 'export/*.ndjson.gz' --out payloads --dry-run
  clinik-fhir convert bundle.json labs-2024.ndjson --out out --force
  clinik-fhir convert page1.json --resource tasks --to fhir --out fhir
  clinik-fhir convert export/ --out payloads --strict --allow-loss Encounter.text
  clinik-fhir convert payloads/rejected --out mended`;

function fieldsCommand(): Command {
  return new Command('fields')
    .description('Print the mapping tables: where each field of a payload lives in FHIR. ! marks required fields.')
    .argument('[resource]', 'a path (encounters) or a FHIR type (Encounter); all of them without it')
    .option('--json', 'print the tables as data')
    .action(async (resource: string | undefined, flags: FieldsFlags) => {
      const { runFields } = await import('./fields.js');
      runFields(resource, flags);
    });
}

function explainCommand(): Command {
  return new Command('explain')
    .description(
      'Say what a rule of validation means, and how what breaks it is mended, with a fine and a broken example.',
    )
    .argument('[rule]', 'the identifier of a rule (per-1, missing-element); all of them are listed without it')
    .option('--json', 'print what is known of the rule as data')
    .action(async (rule: string | undefined, flags: ExplainFlags) => {
      const { runExplain } = await import('./explain.js');
      runExplain(rule, flags);
    });
}
