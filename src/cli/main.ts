#!/usr/bin/env node
import nodeModule from 'node:module';
import { keepCompiledCode } from './compiledCode.js';

keepCompiledCode(nodeModule, process.env);

void import('./program.js').then(
  ({ run }) => run(),
  (error: unknown) => {
    process.exitCode = 2;
    const why = error instanceof Error ? error.message : '';
    process.stderr.write(`clinik-fhir: the package is damaged; install it again. ${why}\n`);
  },
);
