// Runs integrations/spark in PySpark's local mode against the command line: node scripts/engines/spark.mjs [FOLDER]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { skipped } from './skipped.mjs';

const PACKAGE = join('integrations', 'spark');
const REQUIREMENTS = join(PACKAGE, 'tests', 'requirements.txt');
const VENV = resolve('build', 'spark-venv');
const PYTHON = join(VENV, 'bin', 'python');

/**
 * Tests of the package, alone and in Spark with one core and with two, each pinned where `taskset` is there. `corpus` is another folder of
 * NDJSON to compare. Gives `skipped`, the reason why nothing ran; or `failed`, how many test runs did, and of how many.
 */
export function spark(corpus) {
  const reason = missing();
  if (reason !== undefined) return { name: 'spark', skipped: reason };
  const env = {
    ...process.env,
    PYTHONPATH: resolve(PACKAGE, 'src'),
    PYSPARK_PYTHON: PYTHON,
    CLINIK_FHIR: JSON.stringify([process.execPath, resolve('dist', 'cli', 'main.js')]),
    ...(corpus === undefined ? {} : { CORPUS: resolve(corpus) }),
  };
  const pinned = has('taskset', ['--version']);
  const test = (name, cores) => {
    const command = [PYTHON, '-W', 'ignore', '-m', 'unittest', name];
    const [first, ...rest] = pinned ? ['taskset', '-c', cores === 1 ? '0' : '0,1', ...command] : command;
    const { status } = spawnSync(first, rest, {
      cwd: join(PACKAGE, 'tests'),
      env: { ...env, CORES: String(cores) },
      stdio: 'inherit',
    });
    return { test: `${name}, ${cores} ${cores === 1 ? 'core' : 'cores'}`, ok: status === 0 };
  };
  const runs = [test('test_filter', 1), test('test_spark', 1), test('test_spark.Jobs', 2)];
  return { name: 'spark', runs, failed: runs.filter(({ ok }) => !ok).length, of: runs.length };
}

/** Why it cannot run here; undefined where it can. Makes a virtual environment below build/, once. */
function missing() {
  if (process.platform === 'win32') return 'Windows has no processes in groups';
  if (javaVersion() < 17) return 'there is no Java 17 or later on the PATH';
  if (!has('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'])) return 'there is no Python 3.10';
  if (!existsSync(join('dist', 'cli', 'main.js'))) return 'dist/ is not built: npm run build';
  if (!existsSync(PYTHON) && !has('python3', ['-m', 'venv', VENV])) return 'Python cannot make a virtual environment';
  const install = [PYTHON, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]];
  if (!has(PYTHON, ['-c', 'import pyspark, pyarrow, pandas']) && !has(...install)) return 'PySpark cannot be installed';
  return undefined;
}

/** 0 where there is none. */
function javaVersion() {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}

/** True where a command ends well. */
function has(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const result = spark(process.argv[2]);
  if (result.skipped !== undefined) skipped('Spark', result.skipped);
  else {
    console.log(JSON.stringify(result, undefined, 2));
    process.exitCode = result.failed > 0 ? 1 : 0;
  }
}
