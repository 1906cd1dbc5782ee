import { fstatSync } from 'node:fs';
import { type Line, readLines } from '../../read/lines.js';
import { isSystemError } from '../../read/systemError.js';
import { UsageError } from '../../read/usageError.js';
import { EXIT } from '../exit.js';
import { print } from '../stdoutFile.js';

/** What is said of a line. */
export interface Answer {
  /** What goes to standard output, without the last line feed; undefined for nothing. */
  readonly out?: string | undefined;
  /** What goes elsewhere, line by line. */
  readonly aside?: readonly string[];
  /** True where something in the line is refused. */
  readonly isRefused: boolean;
}

/** Characters of answers that are held before they are written, where a chunk of the input has many lines. */
const HELD = 256 * 1024;

/** What the reader of a pipe ends its writer with: 128 and the number of SIGPIPE. */
const UNREAD = 141;

/**
 * Answers each line of standard input in turn, blank ones too, until it ends; those of a chunk together, as soon as it has come. It
 * waits for whoever reads the answers, holds one chunk of the input and its answers, and sets the exit code: 1 where something was
 * refused, 141 where nobody reads any more.
 * @throws UsageError where standard input is a folder; what standard input or `setAside` throws.
 */
export async function filter(
  answer: (line: Line) => Answer,
  setAside: (lines: readonly string[]) => Promise<void> = async () => {},
): Promise<void> {
  let [out, aside]: [string, string[]] = ['', []];
  const flush = async (): Promise<void> => {
    const [text, lines] = [out, aside];
    [out, aside] = ['', []];
    if (text !== '') await print(text);
    if (lines.length > 0) await setAside(lines);
  };
  // Node.js reads a folder as if it were empty.
  if (fstatSync(process.stdin.fd).isDirectory())
    throw new UsageError(
      'Standard input is a folder; - reads lines: clinik-fhir convert FOLDER --out OUT reads a folder.',
    );
  try {
    for await (const lines of readLines(process.stdin)) {
      for (const line of lines) {
        const said = answer(line);
        if (said.out !== undefined) out += `${said.out}\n`;
        if (said.aside !== undefined) aside.push(...said.aside);
        if (said.isRefused) process.exitCode = EXIT.rejected;
        if (out.length > HELD) await flush();
      }
      await flush();
    }
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EPIPE') throw error;
    process.exitCode = UNREAD;
  }
}
