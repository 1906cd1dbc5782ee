import type { Progress } from '../read/inputBatches.js';
import { printable } from '../read/printable.js';

/** Shows how far a run is. */
export interface ProgressView {
  readonly show: (progress: Progress) => void;
  /** Leaves the terminal as it was; may be called twice. */
  end(): void;
}

/** A bar where the stream is a terminal, a line for each file, and for each ten seconds of one, where it is not. */
export async function progressTo(stream: NodeJS.WriteStream): Promise<ProgressView> {
  return stream.isTTY ? await bar(stream) : lines((line) => stream.write(`${line}\n`));
}

async function bar(stream: NodeJS.WriteStream): Promise<ProgressView> {
  const { default: cliProgress } = await import('cli-progress');
  const shown = new cliProgress.SingleBar({
    format: '{bar} {percentage}%  {records}  {file}',
    stream,
    fps: 10,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: false,
    linewrap: false,
    // Our own interruption ends the run, and leaves nothing behind.
    gracefulExit: false,
  });
  let isStarted = false;
  return {
    show({ file, allRecords, bytes, bytesRead }) {
      const said = { records: `${amount(allRecords)} records`, file: printable(file) };
      // Of pipes nobody knows the size.
      const [value, total] = bytes === 0 ? [0, 1] : [Math.min(bytesRead, bytes), bytes];
      if (isStarted) shown.update(value, said);
      else shown.start(total, value, said);
      isStarted = true;
    },
    end() {
      if (isStarted) shown.stop();
      isStarted = false;
    },
  };
}

const EVERY = 10_000;

/** Progress in lines, for logs. `clock` gives milliseconds. */
export function lines(print: (line: string) => void, clock: () => number = () => performance.now()): ProgressView {
  let last = clock();
  return {
    show({ file: path, records, filesRead, files, isEnd }) {
      if (!isEnd && clock() - last < EVERY) return;
      last = clock();
      const file = printable(path);
      const count = `${amount(records)} ${records === 1 ? 'record' : 'records'}`;
      print(isEnd ? `${file}: ${count} (${filesRead} of ${files} files)` : `${file}: ${count} so far`);
    },
    end() {},
  };
}

function amount(count: number): string {
  return count.toLocaleString('en-US');
}
