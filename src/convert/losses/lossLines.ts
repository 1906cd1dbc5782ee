import type { Loss } from '../../lens/diff.js';
import type { Source } from '../../read/source.js';

/** A loss that lines about records refer to by its number, from 0. Its expression has `[]` for each index. */
export interface LossDefinition extends Loss {
  readonly loss: number;
}

/**
 * A loss of a record: the number of its definition where all its indexes are 0, or it has none; else that and its indexes, in their
 * order; beyond the most definitions of a file the loss itself.
 */
export type LossEntry = number | readonly number[] | Loss;

/** What a record lost. */
export interface LossesOfRecord {
  readonly source: Source;
  readonly losses: readonly LossEntry[];
}

/** Definitions that a file has at most, so that what they take in memory has a bound. */
const MOST = 100_000;

/**
 * The lines of `losses.ndjson`: each distinct loss is defined in a line of its own, before the first line that refers to it.
 * @returns the lines for a record.
 */
export function lossLines(
  most: number = MOST,
): (source: Source, losses: readonly Loss[]) => (LossDefinition | LossesOfRecord)[] {
  const numbers = new Map<string, number>();
  return (source, losses) => {
    const defined: LossDefinition[] = [];
    const entries = losses.map((loss): LossEntry => {
      const { expression, ...same } = loss;
      const where = expression.replace(INDEX, '[]');
      const key = `${where} ${same.kind} ${same.class} ${same.reason} ${same.remedy}`;
      let number = numbers.get(key);
      if (number === undefined) {
        if (numbers.size >= most) return loss;
        number = numbers.size;
        numbers.set(key, number);
        defined.push({ loss: number, expression: where, ...same });
      }
      const indexes = Array.from(expression.matchAll(INDEX), ([, index]) => Number(index));
      return indexes.some((index) => index > 0) ? [number, ...indexes] : number;
    });
    return [...defined, { source, losses: entries }];
  };
}

/**
 * The same as text, with a line feed after each line, and how many lines there are. What it takes to write a list of losses is done once
 * for each list.
 */
export function lossTexts(): (
  source: string,
  losses: readonly Loss[],
) => { readonly text: string; readonly lines: number } {
  const linesOf = lossLines();
  const known = new WeakMap<readonly Loss[], string>();
  const nowhere: Source = { file: '', line: 0 };
  return (source, losses) => {
    let defined: readonly object[] = [];
    let text = known.get(losses);
    if (text === undefined) {
      const lines = linesOf(nowhere, losses);
      defined = lines.slice(0, -1);
      text = lines
        .slice(-1)
        .map((line) => JSON.stringify('losses' in line ? line.losses : []))
        .join('');
      known.set(losses, text);
    }
    const definitions = defined.map((line) => `${JSON.stringify(line)}\n`).join('');
    return { text: `${definitions}{"source":${source},"losses":${text}}\n`, lines: defined.length + 1 };
  };
}

const INDEX = /\[(\d+)\]/g;
