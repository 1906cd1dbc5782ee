import { afterAll } from '@jest/globals';

const tasks: (() => void)[] = [];
afterAll(() => {
  for (const task of tasks.splice(0)) task();
});

/** Does something once all tests of the file are done; unlike a hook it can be asked for within a test. */
export function atEnd(task: () => void): void {
  tasks.push(task);
}
