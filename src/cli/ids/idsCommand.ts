import { Command } from 'commander';
import { addReadingOptions } from '../conversion/readingOptions.js';
import { addFolderOptions } from '../options/folderOptions.js';
import type { IdsFlags } from './runIds.js';

/** `clinik-fhir ids`; its own code is loaded when it runs. */
export function idsCommand(): Command {
  const command = addReadingOptions(
    new Command('ids')
      .description(
        'List the records that an id map has to know, as a table with an empty column for the ids of ClinikAPI.',
      )
      .argument('<input...>', 'files of FHIR resources (NDJSON, JSON, Bundles, gzipped or not), folders, globs')
      .option('--out <file>', 'the file to write: CSV, or NDJSON where its name ends in .ndjson')
      .option('--missing', 'list only what the map of --id-map does not know; exit code 1 where that is something')
      .option(
        '--candidates <file...>',
        'saved answers of ClinikAPI with its patients and practitioners: adds who may be meant, to be confirmed',
      )
      .option('--index-limit <MB>', 'memory for the records that others refer to (default: 512)')
      .option('--force', 'replace the file')
      .option('--quiet', 'print nothing but errors'),
    { isStrict: false },
  );
  return addFolderOptions(command)
    .addHelpText('after', HELP)
    .action(async (inputs: string[], flags: IdsFlags) => {
      const { runIds } = await import('./runIds.js');
      await runIds(inputs, flags);
    });
}

const HELP = `
Each record that the payloads of convert point at, and that is not converted
itself, has a row: what the export calls it, an empty id, its type, its
identifiers, how often and from which elements it is pointed at, and whether the
input has it. Fill in the ids that ClinikAPI gave, and convert with --id-map. A
row that is left empty says nothing. The options are those of convert: give both
the same.

--candidates never fills in an id. It lists who has an identifier of the record,
else patients of the same name and birth date, and practitioners of the same
name. Name the file patients.json or practitioners.json. Confirm each one: a
wrong id puts a record into somebody else's chart.

The file holds identifiers of records; only you may read it (mode 0600). Keep it
as you keep the export.

Exit code: 0 written, 1 with --missing where the map lacks something, or where no
record converts or a gzip file is damaged, 2 how it was called, or what could not
be read or written.

Examples:
  clinik-fhir ids export --out ids.csv
  clinik-fhir ids export --out ids.csv --candidates patients.json practitioners.json
  clinik-fhir ids export --missing --id-map ids.csv --out missing.csv`;
