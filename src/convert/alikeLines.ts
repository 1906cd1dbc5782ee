import type { Source } from '../read/source.js';

/** Bytes that the reports of one document may take whatever its size. */
const FLOOR = 256 * 1024;

/** Beyond that they take at most so many times the bytes of the records that they are about. */
const TIMES = 8;

/** A line of a report that stands for several records of one document: how many, and where the last of them is. */
export interface Alike {
  readonly count: number;
  readonly last: string;
}

/** The lines of reports about the records of one document. */
export interface AlikeLines {
  /**
   * Takes a line about a record of `bytes` bytes, which others of the document have but for their source. It is written at once, or
   * counted where a document of many tiny records would make reports of many times its size.
   */
  add(file: string, line: ReportLine, bytes: number): Promise<void>;
  /** Writes what was counted. */
  end(): Promise<void>;
}

/** A line of a report, but for `alike`. */
export interface ReportLine {
  readonly source: Source;
  readonly [name: string]: unknown;
}

interface Counted {
  readonly file: string;
  readonly line: ReportLine;
  count: number;
  last: string;
}

/** Bounds what is reported of one document; `write` adds a line to a file, without its line feed. */
export function alikeLines(write: (file: string, line: string) => Promise<void>): AlikeLines {
  let [document, reported, came] = ['', 0, 0];
  let counted = new Map<string, Counted>();

  const end = async (): Promise<void> => {
    const all = counted.values();
    counted = new Map();
    for (const { file, line, count, last } of all)
      await write(file, JSON.stringify(count === 1 ? line : { ...line, alike: { count, last } }));
  };

  return {
    end,
    async add(file, line, bytes) {
      const { source } = line;
      const around = `${source.file}\n${source.line}`;
      if (around !== document) {
        await end();
        [document, reported, came] = [around, 0, 0];
      }
      came += bytes;
      const { entry } = source;
      const text = JSON.stringify(line);
      const isRoom = entry === undefined || reported + text.length <= FLOOR + TIMES * came;
      // Nearly all lines are written, and need not be told apart.
      const reason = isRoom && counted.size === 0 ? '' : reasonOf(file, line);
      const before = reason === '' ? undefined : counted.get(reason);
      // What was counted once is counted to the end, so that one line stands for all that come after its source.
      if (entry === undefined || (before === undefined && isRoom)) {
        reported += text.length;
        await write(file, text);
        return;
      }
      if (before === undefined) counted.set(reason, { file, line, count: 1, last: entry });
      else {
        before.count += 1;
        before.last = entry;
      }
    },
  };
}

/** The same for lines that differ in their source alone, and in where the record stands. */
function reasonOf(file: string, { rejected: _, source, ...same }: ReportLine): string {
  return `${file} ${source.resourceType} ${JSON.stringify(same)}`;
}
