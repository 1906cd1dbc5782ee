// Where a test file runs while mutants are tried. Without one, it tells which of them the file reaches; with one, it ends the whole
// run at the first test that fails.
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';

const { __STRYKER_ACTIVE_MUTANT__: active, MUTANT_REPORT: report, MUTANT_HITS: hits } = process.env;
const FAILURES = new Set(['test_fn_failure', 'hook_failure', 'error']);

export default class MutantEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.file = relative(config.projectConfig.rootDir, context.testPath);
    this.begin = performance.now();
    this.hasRun = false;
    this.hasFailed = false;
    // What the mutants' switches look at, by the names that StrykerJS gave it.
    this.global.__stryker__ = active === undefined ? {} : { activeMutant: active, hitCount: 0, hitLimit: Number(hits) };
  }

  handleTestEvent(event) {
    if (event.name === 'test_start') this.global.__stryker__.currentTestId = 'test';
    // A file that cannot be loaded does not come so far.
    if (event.name === 'run_finish') this.hasRun = true;
    if (!FAILURES.has(event.name)) return;
    this.hasFailed = true;
    if (active === undefined) return;
    writeFileSync(report, JSON.stringify({ file: this.file, test: event.test?.name }));
    process.exit(1);
  }

  async teardown() {
    if (active === undefined) {
      const { static: loaded = {}, perTest = {} } = this.global.__stryker__.mutantCoverage ?? {};
      const ms = performance.now() - this.begin;
      const coverage = {
        file: this.file,
        ms,
        isFailing: this.hasFailed || !this.hasRun,
        loaded,
        run: perTest.test ?? {},
      };
      writeFileSync(join(report, `${this.file.replace(/\W/g, '-')}.json`), JSON.stringify(coverage));
    }
    await super.teardown();
  }
}
