// A reporter that ends a run with one line that a script can read.
export default class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites }) {
    // A file that could not be run has no tests that failed, and is a failure.
    const failed = numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : numRuntimeErrorTestSuites);
    process.once('exit', () => process.stderr.write(`${numPassedTests} passed, ${failed} failed\n`));
  }
}
