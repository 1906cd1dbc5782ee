import type { FindingWriter, ValidationSummary } from '../check/finding.js';
import type { FormatSetting } from '../check/settings.js';
import { openTextFile, type TextFile } from '../report/textFile.js';
import { type WriterOptions, writerOf } from './findingWriter.js';
import { stdoutFile } from './stdoutFile.js';

/** The formats of a run, each with its writer and where it goes. */
export interface FindingOutputs {
  write(make: (writer: FindingWriter) => string): void | Promise<void>;
  /** Ends all of them; what is printed is printed then, and the files have all but their names. */
  end(summary: ValidationSummary): Promise<void>;
  /** Gives each file its name. */
  commit(): Promise<void>;
  /** Leaves no file behind. Never throws. */
  discard(): Promise<void>;
}

/**
 * Opens what the formats, and the report in HTML, are written to. `beforePrint` is called each time that something is printed.
 * @throws UsageError where a file cannot be written to.
 */
export async function openOutputs(
  formats: readonly FormatSetting[],
  { report, ...options }: Omit<WriterOptions, 'isTerminal'> & { readonly report: string | undefined },
  beforePrint: () => void,
): Promise<FindingOutputs> {
  const outputs: { readonly writer: FindingWriter; readonly file: TextFile }[] = [];
  const discard = async (): Promise<void> => {
    for (const { file } of outputs) await file.discard();
  };
  const asked = formats.map(({ format, output }) => ({
    output,
    writer: writerOf(format, { ...options, isTerminal: output === undefined }),
  }));
  if (report !== undefined) {
    const { html } = await import('../check/formats/html.js');
    asked.push({ output: report, writer: html() });
  }
  for (const { output, writer } of asked) {
    try {
      const file = output === undefined ? stdoutFile(beforePrint) : await openTextFile(output);
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
        await file.finish();
      }
    },
    async commit() {
      for (const { file } of outputs) await file.commit();
    },
    discard,
  };
}
