#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT, fail } from './exit.js';
import { program } from './program.js';

// What is said on the side may be lost; the files and the exit code say all.
process.stderr.on('error', () => {});
// Who waits for what is printed hears of it as well, and gives up; nobody who prints without waiting ends with 0 either.
process.stdout.on('error', () => {
  process.exitCode = EXIT.usage;
});

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else fail(error);
}
