import { type ConvertRun, convert } from '../convert/convertToFiles.js';
import { type Plan, type PlanRun, plan } from '../convert/planUpload.js';
import type { Summary } from '../convert/summary.js';
import type { Progress } from '../read/inputBatches.js';
import { now } from '../read/now.js';
import { UsageError } from '../read/usageError.js';
import type { RunFacts } from '../report/runFacts.js';
import { megabytes } from './conversion/megabytes.js';
import { optionsOf } from './conversion/options.js';
import { checkReading } from './conversion/readingFlags.js';
import { report } from './convertReport.js';
import { EXIT, interruption } from './exit.js';
import { heldLines } from './guide/heldLines.js';
import { heapWatch } from './memory/heapWatch.js';
import { planReport } from './planReport.js';
import { type Clock, progressTo } from './progress.js';
import { print } from './stdoutFile.js';
import { paint } from './style.js';
import { version } from './version.js';

/** Options of `clinik-fhir convert`: those of a run, but for what only code can give. */
export interface ConvertFlags
  extends Omit<
    ConvertRun,
    | 'inputs'
    | 'out'
    | 'resource'
    | 'resolve'
    | 'resolveId'
    | 'resolveReference'
    | 'resolveType'
    | 'knowsIdentifiers'
    | 'unmapped'
    | 'indexLimit'
    | 'signal'
    | 'onProgress'
    | 'onDone'
    | 'facts'
    | 'report'
    | 'recordLimit'
    | 'fill'
    | 'profiles'
  > {
  resource?: string;
  ig?: readonly string[];
  terminology?: readonly string[];
  /** Of each `PATH=VALUE`. */
  fill?: readonly string[];
  out?: string;
  /** Print the waves of the upload, and write nothing. */
  plan?: boolean;
  /** The file of a report in HTML. */
  report?: string;
  requireMapped?: boolean;
  indexLimit?: string;
  quiet?: boolean;
}

/**
 * Converts files, or plans to, prints what became of them, and sets the exit code: 1 where a record was rejected or a file was
 * damaged, 2 where a file could not be read.
 * @throws what `convert` throws; UsageError for an option that cannot be.
 */
export async function runConvert(
  inputs: readonly string[],
  {
    quiet = false,
    plan: isPlan = false,
    resource: path,
    fill: given,
    out,
    report: page,
    requireMapped = false,
    indexLimit: limit,
    ig,
    profile,
    terminology,
    ...flags
  }: ConvertFlags,
  clock: Clock = now,
): Promise<void> {
  const begun = clock();
  const { resource, fill, guide } = checkReading({
    ...flags,
    resource: path,
    ...(ig === undefined ? {} : { ig }),
    ...(profile === undefined ? {} : { profile }),
    ...(terminology === undefined ? {} : { terminology }),
    ...(given === undefined ? {} : { fill: given }),
  });
  if (flags.allowLoss !== undefined && flags.strict !== true)
    throw new UsageError('--allow-loss is an exception to --strict, and needs it.');
  if (requireMapped && flags.idMap === undefined)
    throw new UsageError('--require-mapped says what the id map has to know, and needs --id-map.');
  if (isPlan && page !== undefined) throw new UsageError('--report is about a run, and --plan makes none.');
  const indexLimit = megabytes(limit);
  const signal = interruption();
  const progress = quiet ? undefined : await progressTo();
  const heap = heapWatch();
  let bytes = 0;
  const run = {
    inputs,
    ...flags,
    resource,
    ...(guide === undefined ? {} : { profiles: guide.checks.profiles, profile: guide.data.profile }),
    ...(fill === undefined ? {} : { fill }),
    ...(requireMapped ? ({ unmapped: 'refuse' } as const) : {}),
    ...(indexLimit === undefined ? {} : { indexLimit }),
    signal,
    onProgress(far: Progress) {
      bytes = far.bytesRead;
      progress?.show(far);
      heap.show(far);
    },
  };
  const facts = (): RunFacts => ({
    version: version(),
    bytes,
    milliseconds: Math.round(clock() - begun),
    options: optionsOf({ ...flags, ig, profile, terminology, resource, fill: given, requireMapped, indexLimit: limit }),
  });
  const width = process.stdout.columns || 100;
  const asked = { inputs, idMap: flags.idMap };
  const say = async (text: string): Promise<void> => {
    progress?.end();
    const held = guide === undefined ? [] : ['', ...heldLines(guide, width, paint(process.stdout))];
    if (!quiet) await print(`${[text, ...held].join('\n')}\n`);
  };
  try {
    const { records, files } = isPlan
      ? await planned({ ...run, out }, (summary) => say(planReport(summary, width, paint(process.stdout), asked)))
      : await converted({ ...run, facts, ...reportTo(page) }, out, (summary, to) =>
          say(report(summary, to, width, paint(process.stdout), process.argv.slice(2), asked)),
        );
    const { unreadable } = files;
    if (records.rejected.total > 0 || unreadable.length > 0) process.exitCode = EXIT.rejected;
    if (unreadable.some(({ id }) => id === 'file-unreadable' || id === 'file-changed')) process.exitCode = EXIT.usage;
  } finally {
    await heap.end();
    progress?.end();
  }
}

/** A run of which nobody can be told has not ended well: what cannot be printed leaves no files. */
async function converted(
  run: Omit<ConvertRun, 'out'>,
  out: string | undefined,
  say: (summary: Summary, out: string) => Promise<void>,
): Promise<Plan> {
  if (out === undefined) throw new UsageError('--out is needed: the folder to write to; only --plan does without it.');
  return convert({ ...run, out, onDone: (summary) => say(summary, out) });
}

function reportTo(file: string | undefined): Pick<ConvertRun, 'report'> {
  return file === undefined ? {} : { report: { file, version: version() } };
}

async function planned(run: PlanRun, say: (summary: Plan) => Promise<void>): Promise<Plan> {
  const summary = await plan(run);
  await say(summary);
  return summary;
}
