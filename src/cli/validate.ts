import { readFile } from 'node:fs/promises';
import { findInputs } from '../pipeline/inputs.js';
import { isPath } from '../pipeline/payloadPath.js';
import { reasonOf } from '../pipeline/systemError.js';
import { openTextFile, type TextFile } from '../pipeline/textFile.js';
import { UsageError } from '../pipeline/usageError.js';
import {
  type Config,
  type FormatSetting,
  findConfig,
  loadConfig,
  type Settings,
} from '../pipeline/validation/config.js';
import type { Finding, FindingWriter, ValidationSummary } from '../pipeline/validation/finding.js';
import { type Ignores, ignoresOf, parseIgnore } from '../pipeline/validation/ignore.js';
import { mergeConfig, printConfig } from '../pipeline/validation/mergeConfig.js';
import { runValidation } from '../pipeline/validation/run.js';
import { lenses } from '../resources/registry.js';
import type { ValidationRule } from '../validate/userRules.js';
import { EXIT, Interrupted } from './exit.js';
import { progressTo } from './progress.js';
import { stdoutFile } from './stdoutFile.js';
import { writerOf } from './writers.js';

/** Options of `clinik-fhir validate`. */
export interface ValidateFlags {
  formats?: FormatSetting[];
  failOn?: 'error' | 'warning';
  rules?: string;
  bestPractice?: boolean;
  maxIssues?: number;
  quiet?: boolean;
  verbose?: boolean;
  remarks?: boolean;
  baseline?: string;
  writeBaseline?: string;
  ignore?: string[];
  resource?: string;
  config?: string;
  printConfig?: boolean;
}

/**
 * Validates files, writes what was found in each of the formats, and sets the exit code: 1 where something new reaches the
 * threshold, 2 where a file could not be read.
 * @throws UsageError for inputs, options, a config file, rules or a baseline that cannot be.
 */
export async function runValidate(inputs: readonly string[], flags: ValidateFlags): Promise<void> {
  const here = process.cwd();
  const config = flags.config === undefined ? await findConfig(here) : await loadConfig(flags.config, here);
  const merged = mergeConfig(configOf(flags), config?.config);
  if (flags.printConfig === true) {
    process.stdout.write(printConfig(merged, config?.file));
    return;
  }
  if (inputs.length === 0) throw new UsageError('there is nothing to validate: name files, folders or globs.');
  const { settings } = merged;
  checkFormats(settings.formats);
  const resource = flags.resource;
  if (resource !== undefined && !isPath(resource)) {
    throw new UsageError(`--resource takes a path of ClinikAPI. There are: ${Object.keys(lenses).join(', ')}.`);
  }
  const rules = await rulesOf(settings.rules);
  const baseline = settings.baseline === undefined ? undefined : await baselineOf(settings.baseline);
  const ignores = ignoresOf(settings.ignore);
  const found = await findInputs(inputs);
  if (found.files.length === 0 && found.unreadable.length === 0) {
    throw new UsageError(`${inputs.join(', ')}: there is no file to validate (.json, .ndjson, gzipped or not).`);
  }

  const accepted = flags.writeBaseline === undefined ? undefined : await baselineFile(flags.writeBaseline);
  const outputs = await openOutputs(settings, flags, baseline !== undefined);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Interrupted());
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const progress = settings.quiet || !process.stderr.isTTY ? undefined : await progressTo(process.stderr);
  try {
    const counts = await runValidation(
      found,
      {
        bestPractice: settings.bestPractice,
        maxIssues: settings.maxIssues,
        rules,
        resource,
        remarks: flags.remarks,
        excerpts: settings.formats.some(({ format }) => SHOWS_LINES.includes(format)),
        signal: interruption.signal,
        onProgress: progress?.show,
      },
      (finding) => judge(finding, ignores, baseline),
      {
        add(finding) {
          accepted?.writer.add(finding);
          return outputs.write((writer) => writer.add(finding));
        },
        file: (path, records) => outputs.write((writer) => writer.file?.(path, records) ?? ''),
      },
    );
    progress?.end();
    const { hasUnread, ...rest } = counts;
    const summary: ValidationSummary = { ...rest, vanished: baseline?.vanished() ?? [] };
    await outputs.end(summary);
    await accepted?.file.write(accepted.writer.text());
    await accepted?.file.commit();
    sayUnused(ignores, settings.quiet);
    const { fatal, error, warning } = summary.new;
    const failures = fatal + error + (settings.failOn === 'warning' ? warning : 0);
    // What is accepted from now on is no failure.
    if (failures > 0 && accepted === undefined) process.exitCode = EXIT.rejected;
    if (hasUnread) process.exitCode = EXIT.usage;
  } catch (error) {
    await outputs.discard();
    await accepted?.file.discard();
    throw error;
  } finally {
    progress?.end();
  }
}

/** The formats that show the line of a finding. */
const SHOWS_LINES: readonly string[] = ['text', 'json', 'ndjson'];

function configOf({ formats, failOn, rules, bestPractice, maxIssues, quiet, baseline, ignore }: ValidateFlags): Config {
  return {
    formats,
    failOn,
    rules,
    bestPractice,
    maxIssues,
    quiet,
    baseline,
    ignore: ignore?.map(parseIgnore),
  };
}

function checkFormats(formats: readonly FormatSetting[]): void {
  const outputs = formats.map(({ output }) => output ?? '');
  const twice = outputs.find((output, index) => outputs.indexOf(output) !== index);
  if (twice === undefined) return;
  throw new UsageError(
    twice === ''
      ? 'two formats would go to standard output; give each --format but one its own --output.'
      : `${twice}: two formats would be written to it; give each --format its own --output.`,
  );
}

async function rulesOf(rules: Settings['rules']): Promise<readonly ValidationRule[] | undefined> {
  if (typeof rules !== 'string') return rules;
  const { readRules } = await import('../pipeline/validation/rulesFile.js');
  return readRules(await textOf(rules), rules);
}

async function baselineOf(file: string) {
  const { readBaseline } = await import('../pipeline/validation/baseline.js');
  return readBaseline(await textOf(file), file);
}

async function baselineFile(path: string) {
  const { baselineWriter } = await import('../pipeline/validation/baseline.js');
  return { file: await openTextFile(path), writer: baselineWriter() };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: it cannot be read (${reasonOf(error)}).`);
  }
}

type Baseline = Awaited<ReturnType<typeof baselineOf>>;

/** A finding that is set aside, too, uses up its place in the baseline: it has not vanished. */
function judge(
  finding: Omit<Finding, 'state' | 'reason'>,
  ignores: Ignores,
  baseline: Baseline | undefined,
): Pick<Finding, 'state' | 'reason'> {
  const state = baseline?.match(finding) ?? 'new';
  const reason = ignores.reasonFor(finding.rule, finding.expression);
  return reason === undefined ? { state } : { state: 'ignored', reason };
}

function sayUnused(ignores: Ignores, isQuiet: boolean): void {
  if (isQuiet) return;
  for (const { rule, path } of ignores.unused()) {
    const place = path === undefined ? rule : `${rule}:${path}`;
    process.stderr.write(`clinik-fhir: nothing was found that --ignore ${place} would set aside; it can go.\n`);
  }
}

/** The formats of a run, each with its writer and the file that it goes to. */
interface Outputs {
  write(make: (writer: FindingWriter) => string): void | Promise<void>;
  end(summary: ValidationSummary): Promise<void>;
  discard(): Promise<void>;
}

async function openOutputs(settings: Settings, flags: ValidateFlags, hasBaseline: boolean): Promise<Outputs> {
  const outputs: { readonly writer: FindingWriter; readonly file: TextFile }[] = [];
  const discard = async (): Promise<void> => {
    for (const { file } of outputs) await file.discard();
  };
  for (const { format, output } of settings.formats) {
    if (format === 'text' && output === undefined && settings.quiet) continue;
    try {
      const file = output === undefined ? stdoutFile() : await openTextFile(output);
      const writer = writerOf(format, {
        failOn: settings.failOn,
        hasBaseline,
        verbose: flags.verbose ?? false,
        isTerminal: output === undefined,
      });
      outputs.push({ writer, file });
      await file.write(writer.begin());
    } catch (error) {
      await discard();
      throw error;
    }
  }
  return {
    write(make) {
      let waiting: Promise<unknown> | undefined;
      for (const { writer, file } of outputs) {
        const writing = file.write(make(writer));
        if (writing !== undefined) waiting = waiting === undefined ? writing : Promise.all([waiting, writing]);
      }
      return waiting?.then(() => undefined);
    },
    async end(summary) {
      for (const { writer, file } of outputs) {
        await file.write(writer.end(summary));
        await file.commit();
      }
    },
    discard,
  };
}
