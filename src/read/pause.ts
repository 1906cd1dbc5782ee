import { now } from './now.js';

/** Milliseconds for which this thread may work without looking at what else there is to do. */
const LONGEST = 50;

/** Lets signals and timers have their turn: work in one piece would hear of nothing. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Gives a pause each time that one is due, and undefined in between; to be awaited by what works through many things. */
export function pauses(): () => Promise<void> | undefined {
  let last = now();
  return () => {
    if (now() - last < LONGEST) return undefined;
    return pause().then(() => {
      last = now();
    });
  };
}
