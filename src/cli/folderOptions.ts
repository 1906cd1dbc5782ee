import type { Command } from 'commander';

/** Adds what says which files of folders are read. */
export function addFolderOptions(command: Command): Command {
  return command
    .option(
      '--include <glob>',
      'of folders, only the files that it matches, *.Patient.ndjson; with a /, by the path below; may be given again',
      collect,
    )
    .option('--exclude <glob>', 'of folders, no files that it matches; may be given again', collect);
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
