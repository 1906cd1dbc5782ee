import { type Command, Option } from 'commander';

/** Adds the options of a reading to a command; one to which losses are no matter is not strict. */
export function addReadingOptions(command: Command, { isStrict = true } = {}): Command {
  command.option('--resource <path>', 'what the payloads are of (encounters), in files whose names do not say it');
  if (isStrict) command.option('--strict', 'refuse a record that would lose content');
  return command
    .option('--validate', 'reject a record whose FHIR side is not valid R4, with what is wrong with it')
    .option(
      '--ig <package>',
      'with --validate: a guide that the FHIR side is held to, a package by its name, a folder, or a .tgz file; may be given again',
      again,
    )
    .option(
      '--profile <url>',
      'hold all resources of its type to a profile, URL or Type=URL; may be given again',
      again,
    )
    .option('--terminology <folder>', 'expansions of value sets that the guides do not have; may be given again', again)
    .addOption(
      new Option('--overflow <how>', 'prose over the limits of ClinikAPI')
        .choices(['refuse', 'truncate'])
        .default('refuse'),
    )
    .addOption(
      new Option('--missing-text <how>', 'a section of a document without a text')
        .choices(['say', 'refuse'])
        .default('say'),
    )
    .addOption(
      new Option('--partial-dates <how>', 'a date without a time where ClinikAPI wants one')
        .choices(['omit', 'keep', 'refuse'])
        .default('omit'),
    )
    .addOption(
      new Option(
        '--lab-time <which>',
        'the time of a report: its effective one alone, or where it has none when it was issued',
      )
        .choices(['effective', 'issued'])
        .default('effective'),
    )
    .option(
      '--fill <path=value>',
      'what stands where a record has nothing, for a few required fields: documents.practitionerId=prac_1; may be given again',
      again,
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
    .option('--base-url <url>', 'the FHIR server whose absolute references count as home')
    .option('--now <dateTime>', 'the present, for what FHIR wants dated: 2026-01-31T09:00:00Z');
}

/** Gathers the values of an option that may be given again. */
export function again(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
