import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where what the engines need is kept from one run to the next. */
export const FOLDER = join('build', 'engines');

/** What an engine is asked with. */
export interface Asked {
  /** A file with a question a line. */
  readonly questions: string;
  /** How often each of the last two questions is answered to be timed, after as many times that warm up. */
  readonly times: number;
}

/** What an engine said, and what it took. */
export interface Answered {
  readonly answers: readonly string[];
  /** Milliseconds until the library could be called. */
  readonly load: number;
  /** Milliseconds for each of the last two questions, warm. */
  readonly records: readonly number[];
}

export interface Engine {
  readonly name: string;
  /** Why it cannot be run here; undefined where it can. */
  readonly missing: string | undefined;
  /** The files of the package that it loads. */
  readonly files: readonly string[];
  readonly run: (asked: Asked) => Answered | Promise<Answered>;
}

/** An engine on the JVM, brought by Maven: scripts/engines/FOLDER has its pom and the program that runs it. */
export function javaEngine(
  name: string,
  folder: string,
  version: string,
  library: string,
  files: readonly string[],
): Engine {
  return {
    name: `${name} ${version}`,
    missing: missingTool(),
    files,
    run({ questions, times }) {
      const classpath = build(folder, version);
      const answers = join(FOLDER, `${folder}-${version}.answers`);
      const program = ['Run', library, join('scripts', 'engines', 'answers.js'), questions, answers, String(times)];
      const told = execFileSync('java', ['-cp', classpath, ...program], { encoding: 'utf8', maxBuffer: 1e8 });
      const { load, records } = JSON.parse(told);
      return { answers: linesOf(answers), load, records };
    },
  };
}

/** Why no engine of the JVM can be run here; undefined where one can. */
export function missingTool(): string | undefined {
  for (const tool of ['java', 'javac', 'mvn']) {
    const { status, stdout, stderr } = spawnSync(tool, ['-version'], { encoding: 'utf8' });
    if (status !== 0) return `${tool} is not installed, or does not run`;
    const version = /^(?:javac |.*version ")(\d+)/.exec(`${stdout}${stderr}`)?.[1];
    if (tool !== 'mvn' && Number(version) < LEAST_JAVA)
      return `${tool} is of Java ${version}, and ${LEAST_JAVA} is needed`;
  }
  return undefined;
}

/** The Java that GraalJS needs. */
const LEAST_JAVA = 17;

/** Brings the jars and compiles the program, once; returns the classpath. */
export function build(folder: string, version: string): string {
  const source = join('scripts', 'engines', folder);
  const target = join(FOLDER, `${folder}-${version}`);
  mkdirSync(target, { recursive: true });
  const [jars, part] = [join(target, 'jars'), join(target, 'jars.part')];
  if (!existsSync(jars)) {
    const goal = [
      'dependency:copy-dependencies',
      `-Dengine=${version}`,
      `-DoutputDirectory=${join(process.cwd(), part)}`,
    ];
    rmSync(part, { recursive: true, force: true });
    execFileSync('mvn', ['-q', '-B', '-f', join(source, 'pom.xml'), ...goal], { stdio: 'inherit' });
    // Only what came whole gets the name under which it is looked for.
    renameSync(part, jars);
  }
  const classpath = [target, join(jars, '*')].join(delimiter);
  execFileSync('javac', ['-nowarn', '-cp', classpath, '-d', target, join(source, 'Run.java')], { stdio: 'inherit' });
  return classpath;
}

export const linesOf = (file: string): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');
