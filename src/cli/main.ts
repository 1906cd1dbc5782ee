#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT, fail } from './exit.js';
import { program } from './program.js';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Somebody has read enough (`| head`).
    if (error.code === 'EPIPE') process.exit();
    process.exitCode = EXIT.usage;
  });
}

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else fail(error);
}
