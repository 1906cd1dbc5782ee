import { Command, InvalidArgumentError, Option } from 'commander';
import { MAX_BODY, UPLOAD_FORMATS } from '../convert/layout/uploadForm.js';
import { addReadingOptions, again } from './conversion/readingOptions.js';
import { addFolderOptions } from './options/folderOptions.js';
import { threadsOption } from './options/threadsOption.js';
import type { ConvertPipeFlags } from './pipe/convertPipe.js';
import { checkFiles, isPipe } from './pipe/flags.js';
import type { ConvertFlags } from './runConvert.js';

/** `clinik-fhir convert`; its own code is loaded when it runs. */
export function convertCommand(): Command {
  const command = addReadingOptions(
    new Command('convert')
      .description('Convert FHIR resources into ClinikAPI payloads, and payloads into FHIR resources.')
      .argument(
        '<input...>',
        'files of FHIR resources or payloads (NDJSON, JSON, Bundles, gzipped or not), folders, globs; -: lines of standard input',
      )
      .option('--out <dir>', 'the folder to write to; only --plan does without it')
      .addOption(
        new Option(
          '--to <form>',
          'convert in this direction only (default: what is FHIR to payloads, payloads to FHIR)',
        ).choices(['payload', 'fhir']),
      )
      .option('--dry-run', 'write all the reports, and no outputs')
      .option(
        '--allow-loss <path>',
        'a location whose loss --strict allows, with all below it; may be given again',
        again,
      )
      .option('--residue', 'also write residues.ndjson, the patches that lead back; they hold values')
      .addOption(
        new Option(
          '--raw-types <types>',
          'records that go to the raw FHIR route as they are, in fhir/<Type>.ndjson: all that have no payload, or types with commas',
        ).argParser(types),
      )
      .option('--raw', 'send what was refused or lost content there, too')
      .option('--plan', 'print the waves of the upload, and write nothing, to --out neither')
      .option('--split-waves', 'write a folder for each wave, wave-0/<path>.ndjson')
      .addOption(
        new Option('--format <name>', 'payloads, each in a line, or request bodies for bulk import')
          .choices(UPLOAD_FORMATS)
          .default('ndjson'),
      )
      .addOption(
        new Option(
          '--max-body <bytes>',
          'the most bytes of a bulk import body (default: 104857600, all that ClinikAPI takes; its SDK sends 1000000)',
        ).argParser(bytes),
      )
      .option('--require-mapped', 'reject a record with a reference that the id map does not know')
      .option('--index-limit <MB>', 'memory for the records that others refer to (default: 512)')
      .option(
        '--report <file.html>',
        'also write a report to open in a browser; it asks for nothing and holds no value',
      )
      .option('--links', 'with -: also say what payloads are called and point at, for the order of an upload')
      .option(
        '--fixes <dir>',
        'rejected/ of an earlier run, corrected: what stands there takes the place of the records that it was made of',
      )
      .option('--payload-only', 'with -: write what records became, and nothing else')
      .option(
        '--rejects <file>',
        'with --payload-only: where the others are said to be refused (default: standard error)',
      )
      .addOption(threadsOption(32))
      .option('--force', 'replace what an earlier run wrote')
      .option('--quiet', 'print nothing but errors'),
  );
  return addFolderOptions(command)
    .addHelpText('after', HELP)
    .action(async (inputs: string[], flags: ConvertFlags & ConvertPipeFlags) => {
      if (isPipe(inputs)) await (await import('./pipe/convertPipe.js')).convertPipe(inputs, flags);
      else await (await import('./runConvert.js')).runConvert(inputs, checkFiles(flags));
    });
}

const types = (value: string): string[] => value.split(',').map((type) => type.trim());

function bytes(value: string): number {
  const number = /^[1-9][0-9]{0,9}$/.test(value) ? Number(value) : 0;
  if (number >= MAX_BODY.least && number <= MAX_BODY.most) return number;
  throw new InvalidArgumentError(`It takes a whole number from ${MAX_BODY.least} to ${MAX_BODY.most}.`);
}

const HELP = `
A record with a resourceType becomes a payload, in <path>.ndjson. A record
without one is a payload where the name of its file begins with a path of
ClinikAPI (encounters.ndjson, labs-2024.ndjson.gz), or where --resource says so,
and becomes FHIR, in <Type>.ndjson. Responses of ClinikAPI are unwrapped.

Beside them stand sources.ndjson, losses.ndjson, rejects.ndjson,
retractions.ndjson and summary.json, which are not read when a folder is an
input, and rejected/, with the refused records as they came: correct them there,
and run the command again with --fixes and that folder.

With --raw-types the records of other types, patients and observations, go to
/v1/fhir/<Type> as they came but for their references, so that a whole export
becomes a whole upload.

ClinikAPI gives out ids when it creates records, so a payload that points at
another one has to wait for it. sources.ndjson has the wave of each payload, from
0; --plan prints how many there are in each.

With --require-mapped what points at records of an earlier wave waits for the next
run, and is not rejected.

With - each line of standard input is answered with one of standard output, as
soon as it has come: {"ok":true,"name":…,"payload":…,"losses":…,"issues":…}, or
{"ok":false,"issues":…}. A line knows of no other one.

A folder may be a bulk export as its client left it: its files are compared with
the manifest, and the log is skipped. Files of other formats are named.

Exit code: 0 all converted or waiting, 1 some rejected, a damaged gzip file or an
export that is not whole, 2 how it was called, or what could not be read or written,
129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM. A run that is ended, or cannot write, leaves the folder as it
was. clinik-fhir.run.json comes last; without it a folder holds a part of a run.

Examples:
  clinik-fhir convert export/ --out payloads
  clinik-fhir convert 'export/*.ndjson.gz' --out payloads --dry-run
  clinik-fhir convert export/ --out payloads --exclude attachments
  clinik-fhir convert export/ --out payloads --report report.html
  clinik-fhir convert bundle.json labs-2024.ndjson --out out --force
  clinik-fhir convert page1.json --resource tasks --to fhir --out fhir
  clinik-fhir convert export/ --plan --format bulk-import
  clinik-fhir convert export/ --out payloads --split-waves
  clinik-fhir convert export/ --out upload --split-waves --raw-types all
  clinik-fhir convert export/ --out bodies --format bulk-import --max-body 1000000
  clinik-fhir convert export/ --out payloads --strict --allow-loss Encounter.text
  clinik-fhir convert export/ --out payloads --fixes payloads/rejected --force
  producer | clinik-fhir convert - | consumer`;
