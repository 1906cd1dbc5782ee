import { align } from './align.js';
import { type Codec, putValue } from './codec.js';
import { reportEmpty } from './object.js';
import { type Finding, noteUnread, quietly, report, type Scope, took } from './scope.js';

/**
 * A list of items. Items that cannot be read are left out of the payload and stay where they are on a put. Ids of records, which the
 * item's `targets` tell, stand in it once each.
 */
export function list<P, R, S extends Scope>(
  item: Codec<P, R, S>,
  options: { max?: number; min?: number } = {},
): Codec<P[], R[], S> {
  const isOfIds = item.targets !== undefined;
  /** Gives what tells of each value in turn whether it is an id that was there before. */
  const repetition = (items: readonly unknown[]): ((value: P) => boolean) => {
    if (!isOfIds || items.length < 2) return never;
    const seen = new Set<P>();
    return (value) => seen.size === seen.add(value).size;
  };
  const read = (value: unknown, scope: S): P[] | undefined => {
    if (!Array.isArray(value)) return undefined;
    let payload: P[] | undefined;
    const isRepeated = repetition(value);
    let taken: number[] | undefined;
    for (let index = 0; index < value.length; index += 1) {
      scope.at.push(index);
      const read = item.read(value[index], scope);
      const isAgain = read !== undefined && isRepeated(read);
      if (isAgain) noteUnread(scope, 'duplicate');
      scope.at.pop();
      if (read === undefined || isAgain) taken ??= payload === undefined ? [] : [...payload.keys()];
      else {
        // A literal takes the room of its item, where a push makes room for many; most lists have one.
        if (payload === undefined) payload = [read];
        else payload.push(read);
        taken?.push(index);
      }
    }
    if (taken !== undefined) took(scope, value, taken);
    if (options.max !== undefined && payload !== undefined && payload.length > options.max) {
      report(scope, {
        severity: 'error',
        code: 'too-long',
        id: 'list-over-limit',
        diagnostics: `ClinikAPI takes at most ${options.max} items here; a list is never cut.`,
      });
    }
    return payload;
  };
  const write = (value: P[], scope: S): R[] | undefined => {
    let written: R[] | undefined;
    for (const one of value) {
      const made = item.write(one, scope);
      if (made === undefined) continue;
      if (written === undefined) written = [made];
      else written.push(made);
    }
    return written;
  };
  return {
    fidelity: item.fidelity,
    rule: isOfIds ? `${item.rule}; each once` : item.rule,
    schema: {
      type: 'array',
      items: item.schema,
      ...(options.min === undefined ? {} : { minItems: options.min }),
      ...(options.max === undefined ? {} : { maxItems: options.max }),
    },
    ...(item.rows === undefined ? {} : { rows: item.rows }),
    ...(item.targets === undefined ? {} : { targets: item.targets }),
    ...(item.recursive === true ? { recursive: true } : {}),
    read,
    write,
    admit(value, scope) {
      const isRepeated = repetition(value);
      const normal = each(value, scope, (one) => {
        const admitted = item.admit(one, scope);
        if (admitted === undefined || !isRepeated(admitted)) return admitted;
        report(scope, REPEATED);
        return undefined;
      });
      if (normal.length > 0) return normal;
      if (value.length === 0) reportEmpty(scope);
      return undefined;
    },
    put(value, before, scope) {
      if (!Array.isArray(before)) return value === undefined ? undefined : write(value, scope);
      const elements: readonly unknown[] = before;
      const have = quietly(scope, () => elements.map((element) => item.read(element, scope)));
      // What says an id again stays beside it, and goes with it.
      const [isRepeated, stays] = [repetition(have), new Set(value)];
      const once = have.map((one) => (one !== undefined && isRepeated(one) && stays.has(one) ? undefined : one));
      const after = align(value ?? [], once, elements, {
        write: (wanted) => item.write(wanted, scope),
        put(wanted, element, index) {
          scope.at.push(index);
          const { value } = putValue(item, wanted, element, scope);
          scope.at.pop();
          return value;
        },
        ...(item.identity === undefined ? {} : { identity: item.identity }),
      });
      return after.length === 0 ? undefined : (after as R[]);
    },
  };
}

const never = (): boolean => false;

const REPEATED: Finding = {
  severity: 'information',
  code: 'informational',
  id: 'payload-id-repeated',
  diagnostics: 'The list has this id already; once is enough.',
};

function each<A, B, S extends Scope>(items: readonly A[], scope: S, run: (item: A, scope: S) => B | undefined): B[] {
  const result: B[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const value = items[index];
    if (value === undefined) continue;
    scope.at.push(index);
    const made = run(value, scope);
    scope.at.pop();
    if (made !== undefined) result.push(made);
  }
  return result;
}
