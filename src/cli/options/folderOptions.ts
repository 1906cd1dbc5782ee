import type { Command } from 'commander';
import { again } from '../conversion/readingOptions.js';

/** Adds what says which files of folders are read. */
export function addFolderOptions(command: Command): Command {
  return command
    .option(
      '--include <glob>',
      'of folders, only the files that it matches, *.Patient.ndjson; with a /, by the path below; may be given again',
      again,
    )
    .option('--exclude <glob>', 'of folders, no files that it matches; may be given again', again);
}
