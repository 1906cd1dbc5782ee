import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isObject } from '../../src/lens/json.js';
import { type Found, isFailing } from './verdict.js';

const FOLDER = join('build', 'oracle');
const JAVA = join(FOLDER, 'java');

/**
 * What the Java validator says of each line, which it holds to the profiles in some folders. It is asked once: what it said of the
 * same lines before is read again.
 */
export function javaFindings(lines: readonly string[], folders: readonly string[] = []): Found[][] {
  const text = `${lines.join('\n')}\n`;
  const program = readFileSync(join('scripts', 'oracle', 'java', 'Oracle.java'));
  const pom = readFileSync(join('scripts', 'oracle', 'java', 'pom.xml'));
  const profiles = folders.join(delimiter);
  const name = createHash('sha256')
    .update(text)
    .update(program)
    .update(pom)
    .update(profiles)
    .digest('hex')
    .slice(0, 16);
  const answer = join(FOLDER, `${name}.said.ndjson`);
  if (!existsSync(answer)) ask(text, join(FOLDER, `${name}.ndjson`), answer, profiles);
  const said = readFileSync(answer, 'utf8').trimEnd().split('\n');
  if (said.length !== lines.length)
    throw new Error(`the Java validator answered ${said.length} of ${lines.length} lines`);
  return said.map((line) => foundIn(JSON.parse(line)));
}

function ask(text: string, input: string, answer: string, profiles: string): void {
  const classpath = javaClasspath();
  writeFileSync(input, text);
  const [from, to] = [openSync(input, 'r'), openSync(`${answer}.part`, 'w')];
  try {
    execFileSync('java', ['-Xmx4g', `-Dprofiles=${profiles}`, '-cp', classpath, 'Oracle'], {
      stdio: [from, to, 'inherit'],
    });
  } finally {
    closeSync(from);
    closeSync(to);
  }
  renameSync(`${answer}.part`, answer);
}

/**
 * Compiles the program that runs it, and returns its classpath.
 * @throws where there is no JDK or no Maven.
 */
export function javaClasspath(): string {
  for (const tool of ['java', 'javac', 'mvn']) {
    if (spawnSync(tool, ['-version']).error !== undefined) {
      throw new Error(`${tool} is missing: this comparison needs a JDK of 17 or later, and Maven`);
    }
  }
  const classes = join(JAVA, 'classes');
  mkdirSync(classes, { recursive: true });
  cpSync(join('scripts', 'oracle', 'java'), JAVA, { recursive: true });
  const list = join(JAVA, 'classpath.txt');
  if (!existsSync(list)) {
    const options = [
      '-q',
      '-f',
      join(JAVA, 'pom.xml'),
      'dependency:build-classpath',
      '-Dmdep.outputFile=classpath.txt',
    ];
    execFileSync('mvn', options, { stdio: 'inherit' });
  }
  const packages = readFileSync(list, 'utf8').trim();
  execFileSync('javac', ['-nowarn', '-cp', packages, '-d', classes, join(JAVA, 'Oracle.java')], { stdio: 'inherit' });
  return [join(JAVA, 'shadow'), classes, packages].join(delimiter);
}

function foundIn(answer: unknown): Found[] {
  if (!Array.isArray(answer)) return [];
  return answer.filter(isObject).map(({ severity, location, id, message }) => ({
    isError: isFailing(severity),
    place: String(location),
    id: String(id),
    message: String(message),
  }));
}
