import { Command } from 'commander';
import { addReadingOptions } from './conversion/readingOptions.js';
import { addFolderOptions } from './options/folderOptions.js';
import type { InspectFlags } from './runInspect.js';

/** `clinik-fhir inspect`; its own code is loaded when it runs. */
export function inspectCommand(): Command {
  return addFolderOptions(
    addReadingOptions(
      new Command('inspect')
        .description(
          'Show one record beside what it becomes, place by place, and what was lost and why. Values are masked.',
        )
        .argument('<input...>', 'files or folders and TYPE/ID, or FILE:LINE alone')
        .option('--show-values', 'show the values of the record, on your own terminal'),
    ),
  )
    .addHelpText('after', HELP)
    .action(async (inputs: string[], flags: InspectFlags) => {
      const { runInspect } = await import('./runInspect.js');
      await runInspect(inputs, flags);
    });
}

const HELP = `
Three columns: the resource, the payload, and what became of each place: the
same, changed, lost (and why, and what would keep it), or the same in another
form. They come in the order of the mapping table (clinik-fhir fields); what no
rule covers comes last. Of a record that is rejected it says why.

A record may need others: name the whole export, so that what it refers to is
found. Exit code: 0 converted or skipped, 1 rejected, 2 how it was called, or
what could not be read or printed.

Examples:
  clinik-fhir inspect export Encounter/enc-1
  clinik-fhir inspect export/Encounter.ndjson:12
  clinik-fhir inspect export export/Encounter.ndjson:12 --id-map ids.csv
  clinik-fhir inspect bundle.json DiagnosticReport/dr-8 --show-values`;
