import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { KeptCode } from './keptCode.js';

/** What loads the files of the command line, each when something of it is used. */
export interface Loader {
  load(name: string): object;
  /** All that was compiled until now, where that is more than what was kept. */
  compiled(): KeptCode | undefined;
}

/** A file as the build makes it. */
type File = (require: (id: string) => object, module: { exports: object }, folder: string) => void;

/** Parts of Node that take long to load, and of which a short run uses few. */
const LAZY: ReadonlySet<string> = new Set([
  'node:crypto',
  'node:zlib',
  'node:worker_threads',
  'node:stream',
  'node:os',
]);

/** Where the names of the files are kept that have run. */
const RUN = 'run';

/**
 * Loads files that the build put together in packs, from what was compiled before as far as it is there. V8 compares only the length
 * of a source with that of what it has compiled: `version`, which is made from the content of all files, and the time count as well.
 */
export function loaderOf(folder: string, packs: readonly string[], builtin: NodeJS.Require, kept: KeptCode): Loader {
  const scripts = new Map<string, Script>();
  const run = new Set<string>();
  let isNew = false;
  const open = (pack: string): Readonly<Record<string, File>> => {
    const filename = join(folder, pack);
    const key = `${pack} ${statSync(filename).mtimeMs}`;
    const cachedData = kept.get(key);
    const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected === true) isNew = true;
    scripts.set(key, script);
    return script.runInThisContext();
  };
  const opened: Readonly<Record<string, File>>[] = [];
  const fileNamed = (name: string): File => {
    for (let index = 0; index < packs.length; index += 1) {
      opened[index] ??= open(packs[index] ?? '');
      const file = opened[index]?.[name];
      if (file !== undefined) return file;
    }
    throw new Error(name);
  };

  const loads = new WeakMap<object, (name: PropertyKey) => unknown>();
  const unloaded = new Proxy(
    {},
    { get: (_, name, asked) => (typeof asked === 'object' ? loads.get(asked)?.(name) : undefined) },
  );
  /** Stands for what a file or a part of Node exports until something of it is used, and has it as its own from then on. */
  const lazily = (load: (exports: object, name: PropertyKey) => unknown): object => {
    const exports = Object.create(unloaded);
    loads.set(exports, (name) => load(exports, name));
    return exports;
  };
  const known = new Map<string, object>();
  const require = (id: string): object => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const exports = id.startsWith('./') ? lazyFile(id.slice(2)) : LAZY.has(id) ? lazyBuiltin(id) : builtin(id);
    known.set(id, exports);
    return exports;
  };
  const lazyBuiltin = (id: string): object =>
    lazily((exports, name) => {
      const part = builtin(id);
      // esbuild asks so where it takes all that there is.
      if (name === '__esModule') Object.defineProperties(exports, Object.getOwnPropertyDescriptors(part));
      else Object.defineProperty(exports, name, { value: part[name] });
      return part[name];
    });
  const lazyFile = (name: string): object =>
    lazily((exports, wanted) => {
      const module = { exports };
      fileNamed(name)(require, module, folder);
      run.add(name);
      // What it lends from nobody any more, it can be given plainly.
      Object.assign(Object.setPrototypeOf(exports, null), module.exports);
      loads.delete(exports);
      return Reflect.get(module.exports, wanted);
    });
  return {
    load: (name) => require(`./${name}`),
    compiled() {
      const before = new Set(kept.get(RUN)?.toString('latin1').split('\n'));
      const all = new Set([...before, ...run]);
      // What is compiled now has what was kept, too.
      if (!isNew && all.size === before.size) return undefined;
      return new Map([
        ...Array.from(scripts, ([key, script]): [string, Buffer] => [key, script.createCachedData()]),
        [RUN, Buffer.from([...all].join('\n'), 'latin1')],
      ]);
    },
  };
}
