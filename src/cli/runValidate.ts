import { findConfig, loadConfig } from '../check/config.js';
import type { Finding, ValidationSummary } from '../check/finding.js';
import { isComplete } from '../check/guide/isComplete.js';
import { type Ignores, ignoresOf } from '../check/ignore.js';
import { mergeConfig, printConfig } from '../check/mergeConfig.js';
import { runValidation } from '../check/runValidation.js';
import type { Settings } from '../check/settings.js';
import { findInputs, isNothing } from '../read/findInputs.js';
import { now } from '../read/now.js';
import { printable } from '../read/printable.js';
import { UsageError } from '../read/usageError.js';
import { amount } from '../report/amount.js';
import { asideOf, notReadOf } from '../report/aside.js';
import { checkReportName } from '../report/html/reportName.js';
import { checkNoInput } from '../report/noInput.js';
import { openTextFile } from '../report/textFile.js';
import { EXIT, interruption } from './exit.js';
import { openOutputs } from './findingOutputs.js';
import { renamedIds, unusedIgnores } from './findings/ignoreNotes.js';
import { checkOutputs, outputsOf, ownFiles } from './findings/outputFiles.js';
import { optionsOf, skippedIn } from './findings/runFacts.js';
import { configOf, resourceOf, rulesOf, textOf, type ValidateFlags } from './findings/settingsOf.js';
import { checkShowValues, surroundings } from './findings/showValues.js';
import { asksForGuide } from './guide/asked.js';
import { heapWatch } from './memory/heapWatch.js';
import { type Clock, type ProgressView, progressTo } from './progress.js';
import { stderr } from './stderr.js';
import { version } from './version.js';

/**
 * Validates files, writes what was found in each of the formats, and sets the exit code: 1 where something new reaches the
 * threshold, 2 where a file could not be read.
 * @throws UsageError for inputs, options, a config file, rules or a baseline that cannot be.
 */
export async function runValidate(inputs: readonly string[], flags: ValidateFlags, clock: Clock = now): Promise<void> {
  const begun = clock();
  const here = process.cwd();
  const config = flags.config === undefined ? await findConfig(here) : await loadConfig(flags.config, here);
  const given = configOf(flags);
  const merged = mergeConfig(given, config?.config);
  if (flags.printConfig === true) {
    process.stdout.write(printConfig(merged, config?.file));
    return;
  }
  if (inputs.length === 0) throw new UsageError('there is nothing to validate: name files, folders or globs.');
  const { settings, origins } = merged;
  if (flags.report !== undefined) checkReportName(flags.report);
  const written = outputsOf(settings.formats, flags.writeBaseline, flags.report);
  checkOutputs(settings.formats, written);
  if (flags.showValues === true) checkShowValues(settings.formats, await surroundings());
  const resource = resourceOf(flags.resource);
  const rules = await rulesOf(settings.rules);
  const baseline = settings.baseline === undefined ? undefined : await baselineOf(settings.baseline);
  const guide = asksForGuide(settings) ? (await import('./guide/guideOf.js')).guideOf(settings) : undefined;
  const ignores = ignoresOf(settings.ignore);
  const found = await findInputs(inputs, undefined, ownFiles(settings, written, config?.file), settings);
  await checkNoInput(found.files, written);
  if (isNothing(found)) {
    throw new UsageError([
      `${inputs.join(', ')}: there is no file to validate (.json, .ndjson, .jsonl, gzipped or not).`,
      ...asideOf(notReadOf(found)),
    ]);
  }

  // From here on there is something to remove.
  const signal = interruption();
  const accepted = flags.writeBaseline === undefined ? undefined : await baselineFile(flags.writeBaseline);
  let progress: ProgressView | undefined;
  const { failOn, quiet, maxDiagnostics, statistics } = settings;
  // Who asks for a number of findings gets them, however long they are.
  const lines = origins.maxDiagnostics === 'default' ? MOST_LINES : Number.POSITIVE_INFINITY;
  const outputs = await openOutputs(
    settings.formats.filter(({ format, output }) => !quiet || format !== 'text' || output !== undefined),
    {
      failOn,
      hasBaseline: baseline !== undefined,
      verbose: flags.verbose ?? false,
      maxDiagnostics,
      lines,
      statistics,
      report: flags.report,
    },
    // A bar would stand in the middle of what is printed.
    () => progress?.end(),
  ).catch(async (error: unknown) => {
    await accepted?.file.discard();
    throw error;
  });
  if (!quiet) progress = await progressTo();
  // A run that ends without another word has not said that all is well.
  process.exitCode = EXIT.usage;
  const heap = heapWatch();
  let [taken, bytes] = [0, 0];
  try {
    const counts = await runValidation(
      found,
      {
        bestPractice: settings.bestPractice,
        maxIssues: settings.maxIssues,
        rules,
        resource,
        remarks: flags.remarks,
        ruleTimeLimit: flags.ruleTimeLimit ?? RULE_TIME_LIMIT,
        ...(flags.threads === undefined ? {} : { threads: flags.threads }),
        excerpts: showsLines(settings),
        values: flags.showValues,
        ...guide?.checks,
        guide,
        signal,
        onProgress(far) {
          bytes = far.bytesRead;
          progress?.show(far);
          heap.show(far);
        },
      },
      (finding) => judge(finding, ignores, baseline),
      {
        add(finding) {
          accepted?.writer.add(finding);
          if (finding.state !== 'ignored') taken += 1;
          return outputs.write((writer) => writer.add(finding));
        },
        file: (path, records) => outputs.write((writer) => writer.file?.(path, records) ?? ''),
      },
    );
    progress?.end();
    const { hasUnread, notChecked, ...rest } = counts;
    const summary: ValidationSummary = {
      ...rest,
      vanished: baseline?.vanished() ?? [],
      notChecked: { ...notChecked, ...skippedIn(found) },
      run: {
        version: version(),
        bytes,
        milliseconds: Math.round(clock() - begun),
        options: optionsOf(settings, flags),
      },
    };
    // What was not read comes before the verdict on what was.
    if (!quiet) for (const sentence of asideOf(notReadOf(found))) say(sentence);
    await outputs.end(summary);
    await accepted?.file.write(accepted.writer.text());
    await accepted?.file.finish();
    signal.throwIfAborted();
    await outputs.commit();
    await accepted?.file.commit();
    if (!quiet) for (const sentence of renamedIds(settings.ignore, baseline?.formerIds())) say(sentence);
    if (!quiet) for (const sentence of unusedIgnores(ignores, given.ignore ?? [], config?.file)) say(sentence);
    if (!quiet && flags.writeBaseline !== undefined) sayAccepted(taken, flags.writeBaseline);
    const { fatal, error, warning } = summary.new;
    const failures = fatal + error + (failOn === 'warning' ? warning : 0);
    // What is accepted from now on is no failure.
    const isWhole = !settings.requireComplete || isComplete(summary.guides, summary.notChecked);
    const end = (failures > 0 && accepted === undefined) || !isWhole ? EXIT.rejected : EXIT.ok;
    process.exitCode = hasUnread ? EXIT.usage : end;
  } catch (error) {
    await outputs.discard();
    await accepted?.file.discard();
    throw error;
  } finally {
    await heap.end();
    progress?.end();
  }
}

/** With the table and the counts a report of many findings has under two hundred lines. */
const MOST_LINES = 150;

/** Seconds that a rule of the caller's own may take on one element. */
const RULE_TIME_LIMIT = 10;

/** True where some format shows the lines of findings. */
function showsLines({ formats, maxDiagnostics, statistics }: Settings): boolean {
  const isText = maxDiagnostics > 0 && !statistics;
  return formats.some(({ format }) => format === 'json' || format === 'ndjson' || (format === 'text' && isText));
}

async function baselineOf(file: string) {
  const { readBaseline } = await import('../check/baseline.js');
  return readBaseline(await textOf(file), file);
}

async function baselineFile(path: string) {
  const { baselineWriter } = await import('../check/baseline.js');
  return { file: await openTextFile(path), writer: baselineWriter() };
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

function sayAccepted(count: number, file: string): void {
  say(`${file}: ${amount(count, 'finding')} written; with --baseline ${file}, only others count.`);
}

function say(sentence: string): void {
  stderr().write(`clinik-fhir: ${printable(sentence)}\n`);
}
