import type { Progress } from '../read/inputBatches.js';
import { now } from '../read/now.js';
import { printable } from '../read/printable.js';
import { amount as count, number } from '../report/amount.js';
import { isTerminal, stderr } from './stderr.js';

/** Shows how far a run is. */
export interface ProgressView {
  readonly show: (progress: Progress) => void;
  /** Leaves the terminal as it was; may be called twice. */
  end(): void;
}

/** Milliseconds of a clock that only goes forward. */
export type Clock = () => number;

/** On standard error: a bar on a terminal; elsewhere a line for each ten seconds, so that a short run says nothing. */
export async function progressTo(): Promise<ProgressView> {
  return isTerminal() ? await bar(stderr()) : lines((line) => stderr().write(`${line}\n`));
}

async function bar(stream: NodeJS.WriteStream): Promise<ProgressView> {
  const { default: cliProgress } = await import('cli-progress');
  const begun = now();
  let far: Progress | undefined;
  const shown = new cliProgress.SingleBar({
    // Asked for at each drawing, so that the time goes on while a large record is read.
    format: (_, { progress }) => (far === undefined ? '' : `${barOf(progress)} ${barText(far, now() - begun)}`),
    stream,
    fps: 10,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: false,
    linewrap: false,
    // Our own interruption ends the run, and leaves nothing behind.
    gracefulExit: false,
  });
  let isStarted = false;
  return {
    show(progress) {
      far = progress;
      const { bytes, bytesRead } = progress;
      // Of pipes nobody knows the size.
      const [value, total] = bytes === 0 ? [0, 1] : [Math.min(bytesRead, bytes), bytes];
      if (isStarted) shown.update(value);
      else shown.start(total, value);
      isStarted = true;
    },
    end() {
      if (isStarted) shown.stop();
      isStarted = false;
    },
  };
}

const WIDTH = 20;

function barOf(progress: number): string {
  const full = Math.round(Math.min(Math.max(progress, 0), 1) * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}

/** What stands beside the bar: `45%  0:19, 0:23 left  1,234,567 records  64,977/s  a.ndjson`. `elapsed` is in milliseconds. */
export function barText(far: Progress, elapsed: number): string {
  const { file, allRecords, bytes, bytesRead } = far;
  const seconds = elapsed / 1000;
  const share = bytes === 0 ? 0 : Math.min(bytesRead / bytes, 1);
  // The first moments say nothing of the rest.
  const left = share > 0 && seconds >= 1 ? `, ${clockTime((seconds / share) * (1 - share))} left` : '';
  return [
    ...(bytes === 0 ? [] : [`${Math.floor(share * 100)}%`]),
    `${clockTime(seconds)}${left}`,
    count(allRecords, 'record'),
    ...(seconds >= 1 ? [`${number(Math.round(allRecords / seconds))}/s`] : []),
    printable(file),
  ].join('  ');
}

/** Seconds as a clock shows them: `0:07`, `12:30`, `1:02:03`. */
function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

const EVERY = 10_000;

/** Progress in lines, for logs: one every ten seconds. */
export function lines(print: (line: string) => void, clock: Clock = now): ProgressView {
  const begun = clock();
  let last = begun;
  return {
    show(far) {
      const time = clock();
      if (time - last < EVERY) return;
      last = time;
      print(`${barText(far, time - begun)} (${number(far.filesRead)} of ${count(far.files, 'file')})`);
    },
    end() {},
  };
}
