import fc from 'fast-check';

// Each mutant meets the same inputs, and none is made smaller once one has failed.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1, endOnFailure: true });
