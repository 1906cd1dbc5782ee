import { Command, InvalidArgumentError, Option } from 'commander';
import { FORMATS, MOST_DIAGNOSTICS, MOST_ISSUES } from '../check/configSchema.js';
import type { FormatName, FormatSetting } from '../check/settings.js';
import { UsageError } from '../read/usageError.js';
import type { ValidateFlags } from './findings/settingsOf.js';
import { addFolderOptions } from './options/folderOptions.js';
import { threadsOption } from './options/threadsOption.js';
import { isPipe } from './pipe/flags.js';

/** `clinik-fhir validate`; its own code is loaded when it runs. */
export function validateCommand(): Command {
  // --output belongs to a --format, which commander does not know.
  const formats: { format?: FormatName; output?: string }[] = [];
  const command = new Command('validate')
    .description('Check FHIR against R4, and payloads against the contract of ClinikAPI.')
    .argument(
      '[input...]',
      'files of FHIR resources or payloads (NDJSON, JSON, Bundles, gzipped or not), folders, globs; -: lines of standard input',
    )
    .addOption(
      new Option('--format <name>', `${FORMATS.join(', ')}; may be given again (default: text)`).argParser((value) => {
        if (!isFormat(value)) throw new InvalidArgumentError(`There are: ${FORMATS.join(', ')}.`);
        const last = formats.at(-1);
        if (last !== undefined && last.format === undefined) last.format = value;
        else formats.push({ format: value });
        return value;
      }),
    )
    .addOption(
      new Option('--output <file>', 'where the --format before it goes (default: standard output)').argParser(
        (value) => {
          const last = formats.at(-1);
          if (last === undefined || last.output !== undefined) formats.push({ output: value });
          else last.output = value;
          return value;
        },
      ),
    )
    .addOption(
      new Option('--fail-on <severity>', 'the mildest severity that fails the run (default: error)').choices([
        'error',
        'warning',
      ]),
    )
    .option('--rules <file>', 'rules of your own, in FHIRPath')
    .addOption(
      new Option('--rule-time-limit <s>', 'seconds that a rule may take on one element (default: 10)').argParser(
        seconds,
      ),
    )
    .option('--ig <package>', 'a guide: a package by its name, a folder, or a .tgz file; may be given again', collect)
    .option(
      '--profile <url>',
      'hold all resources of its type to a profile, URL or Type=URL; may be given again',
      collect,
    )
    .option(
      '--terminology <folder>',
      'expansions of value sets, and code systems, that the guides do not have; may be given again',
      collect,
    )
    .option('--must-support', 'note mustSupport elements that are not there')
    .option('--require-complete', 'fail where something could not be checked')
    .option('--best-practice', 'look at rules of best practice, too')
    .addOption(new Option('--max-issues <n>', 'the most issues of one record (default: 1000)').argParser(issues))
    .addOption(
      new Option(
        '--max-diagnostics <n>',
        'how many findings the format text shows in full; 0: only the table of rules (default: 20)',
      ).argParser(diagnostics),
    )
    .option('--statistics', 'only the table of rules, with all of them')
    .option('--show-values', 'show values of records in the lines of findings, on your own terminal')
    .option('--baseline <file>', 'what is in it is known, and lets nothing fail')
    .option('--write-baseline <file>', 'write what was found as a baseline')
    .option('--report <file.html>', 'also write a report to open in a browser; it asks for nothing and holds no value')
    .option('--ignore <rule[:path]>', 'set aside what a rule finds, at a path and below; may be given again', collect)
    .option('--resource <path>', 'what the payloads are of (encounters), in files whose names do not say it');
  return addFolderOptions(command)
    .option('--remarks', 'show remarks one by one: profiles that were not checked')
    .option('--verbose', 'show what is known or ignored, too')
    .addOption(threadsOption(8))
    .option('--quiet', 'print nothing but errors of the run')
    .option('--config <file>', 'a config file (default: clinik-fhir.config.json, here or in a folder around)')
    .option('--print-config', 'print the settings, and where each comes from, and end')
    .addHelpText('after', HELP)
    .action(
      async (inputs: string[], { output, format, ...flags }: ValidateFlags & { output?: string; format?: string }) => {
        const given = { ...flags, ...(formats.length === 0 ? {} : { formats: formats.map(complete) }) };
        if (isPipe(inputs)) await (await import('./pipe/validatePipe.js')).validatePipe(inputs, given);
        else await (await import('./runValidate.js')).runValidate(inputs, given);
      },
    );
}

const isFormat = (name: string): name is FormatName => FORMATS.some((format) => format === name);

function complete({ format, output }: { format?: FormatName; output?: string }): FormatSetting {
  if (format === undefined) throw new UsageError('--output belongs to a --format; name what it should hold.');
  return output === undefined ? { format } : { format, output };
}

function issues(value: string): number {
  const number = /^[1-9]\d{0,6}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= MOST_ISSUES) return number;
  throw new InvalidArgumentError(`It takes a whole number from 1 to ${MOST_ISSUES}.`);
}

function diagnostics(value: string): number {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : MOST_DIAGNOSTICS + 1;
  if (number <= MOST_DIAGNOSTICS) return number;
  throw new InvalidArgumentError(`It takes a whole number from 0 to ${MOST_DIAGNOSTICS}.`);
}

function seconds(value: string): number {
  const number = /^[1-9]\d{0,4}$/.test(value) ? Number(value) : 0;
  if (number > 0) return number;
  throw new InvalidArgumentError('It takes a whole number of seconds, from 1 to 99999.');
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

const HELP = `
A resource or Bundle is checked against R4: structure, formats, codes,
references, all invariants, narrative. A payload, in a file whose name begins
with a path of ClinikAPI (encounters.ndjson) or with --resource, is checked
against ClinikAPI's contract. With --ig a resource is also held to the profiles
that it claims in meta.profile, and each extension to its definition; nothing is
fetched: a name is looked up in node_modules, fhir-packages and ~/.fhir/packages.
clinik-fhir explain RULE says what a rule means.
A bulk export is compared with its manifest, where that stands among the files.

With - each line of standard input is answered with one of standard output, as
soon as it has come: {"ok":true,"issues":[]}, or {"ok":false,"issues":[…]}.

Exit code: 0 nothing new that counts, 1 something that does, 2 how it was
called, or what could not be read or written, 129, 130, 143 ended by SIGHUP,
SIGINT, SIGTERM.

Examples:
  clinik-fhir validate export/
  clinik-fhir validate bundle.json --fail-on warning --best-practice
  clinik-fhir validate export/ --format sarif --output findings.sarif --format text
  clinik-fhir validate export/ --include '*.Patient.ndjson'
  clinik-fhir validate export/ --statistics
  clinik-fhir validate export/ --report report.html
  clinik-fhir validate export/ --ig hl7.fhir.uv.ips-2.0.0.tgz
  clinik-fhir validate export/ --ig us-core/ --profile Patient=http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient
  clinik-fhir validate export/ --format compact
  clinik-fhir validate export/ --write-baseline clinik-fhir.baseline.json
  clinik-fhir validate export/ --baseline clinik-fhir.baseline.json --quiet
  clinik-fhir validate export/ --ignore dom-3 --ignore binding-extensible:Patient`;
