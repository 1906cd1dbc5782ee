import { type Codec, putValue } from './codec.js';
import { fingerprint } from './json.js';
import { reportEmpty } from './object.js';
import { quietly, report, type Scope, took } from './scope.js';

/** A list of items. Items that cannot be read are left out of the payload and stay where they are on a put. */
export function list<P, R, S extends Scope>(
  item: Codec<P, R, S>,
  options: { max?: number; min?: number } = {},
): Codec<P[], R[], S> {
  const read = (value: unknown, scope: S): P[] | undefined => {
    if (!Array.isArray(value)) return undefined;
    const payload: P[] = [];
    let taken: number[] | undefined;
    for (let index = 0; index < value.length; index += 1) {
      scope.at.push(index);
      const read = item.read(value[index], scope);
      scope.at.pop();
      if (read === undefined) taken ??= [...payload.keys()];
      else {
        payload.push(read);
        taken?.push(index);
      }
    }
    if (taken !== undefined) took(scope, value, taken);
    if (options.max !== undefined && payload.length > options.max) {
      report(scope, {
        severity: 'error',
        code: 'too-long',
        id: 'list-over-limit',
        diagnostics: `ClinikAPI takes at most ${options.max} items here; a list is never cut.`,
      });
    }
    return payload.length === 0 ? undefined : payload;
  };
  const write = (value: P[], scope: S): R[] | undefined => {
    const written: R[] = [];
    for (const one of value) {
      const made = item.write(one, scope);
      if (made !== undefined) written.push(made);
    }
    return written.length === 0 ? undefined : written;
  };
  return {
    fidelity: item.fidelity,
    rule: item.rule,
    schema: {
      type: 'array',
      items: item.schema,
      ...(options.min === undefined ? {} : { minItems: options.min }),
      ...(options.max === undefined ? {} : { maxItems: options.max }),
    },
    ...(item.rows === undefined ? {} : { rows: item.rows }),
    read,
    write,
    admit(value, scope) {
      const normal = each(value, scope, item.admit);
      if (normal.length > 0) return normal;
      if (value.length === 0) reportEmpty(scope);
      return undefined;
    },
    put(value, before, scope) {
      if (!Array.isArray(before)) return value === undefined ? undefined : write(value, scope);
      const elements: readonly unknown[] = before;
      const have = quietly(scope, () => elements.map((element) => item.read(element, scope)));
      const after = align(value ?? [], have, elements, {
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

interface Alignment<P> {
  readonly write: (wanted: P) => unknown;
  readonly put: (wanted: P, element: unknown, index: number) => unknown;
  readonly identity?: (value: P) => readonly (string | undefined)[];
}

/**
 * Lays wanted payload items over the elements of a list: an element that already reads as an item is kept, wherever it
 * stood; one of the same identity is put; others are written anew. Elements that cannot be read stay behind their
 * neighbour; elements that are no longer wanted go.
 */
export function align<P>(
  wanted: readonly P[],
  have: readonly (P | undefined)[],
  elements: readonly unknown[],
  how: Alignment<P>,
): unknown[] {
  const partner = pair(wanted, have, how.identity);
  const result: unknown[] = [];
  const kept = new Set(partner.values());
  const followers = new Map<number, unknown[]>();
  let anchor = -1;
  for (let index = 0; index < elements.length; index += 1) {
    if (have[index] !== undefined) {
      if (kept.has(index)) anchor = index;
      continue;
    }
    const behind = followers.get(anchor);
    if (behind === undefined) followers.set(anchor, [elements[index]]);
    else behind.push(elements[index]);
  }
  const follow = (index: number): void => {
    for (const element of followers.get(index) ?? []) result.push(element);
  };
  follow(-1);
  wanted.forEach((item, position) => {
    const index = partner.get(position);
    if (index === undefined) result.push(how.write(item));
    else {
      result.push(how.put(item, elements[index], index));
      follow(index);
    }
  });
  return result.filter((element) => element !== undefined);
}

/** For each wanted position the element that it keeps: equal readings first, then equal identities, the strongest first. */
function pair<P>(
  wanted: readonly P[],
  have: readonly (P | undefined)[],
  identity: ((value: P) => readonly (string | undefined)[]) | undefined,
): Map<number, number> {
  const partner = new Map<number, number>();
  const free = new Set(have.keys());
  const match = (name: (value: P) => string | undefined): void => {
    const byName = new Map<string, { indexes: number[]; next: number }>();
    for (const index of free) {
      const value = have[index];
      const key = value === undefined ? undefined : name(value);
      if (key === undefined) continue;
      const same = byName.get(key);
      if (same === undefined) byName.set(key, { indexes: [index], next: 0 });
      else same.indexes.push(index);
    }
    wanted.forEach((item, position) => {
      if (partner.has(position)) return;
      const key = name(item);
      const same = key === undefined ? undefined : byName.get(key);
      const index = same?.indexes[same.next];
      if (same === undefined || index === undefined) return;
      same.next += 1;
      partner.set(position, index);
      free.delete(index);
    });
  };
  match(fingerprint);
  const rounds = identity === undefined ? 0 : Math.max(0, ...wanted.slice(0, 1).map((item) => identity(item).length));
  for (let round = 0; round < rounds; round += 1) match((value) => identity?.(value)[round]);
  return partner;
}

/**
 * One value where the resource has a list: the element that `choose` prefers, else the first that can be read.
 * A put replaces that element and keeps the others; where another element would then be read in its place, the list is
 * written anew.
 */
export function first<P, R, S extends Scope>(
  item: Codec<P, R, S>,
  options: { prefer?: (element: unknown) => boolean; rule?: string } = {},
): Codec<P, R[], S> {
  const { prefer } = options;
  const chosen = (elements: readonly unknown[], scope: S): { index: number; value: P } | undefined => {
    let spare: { index: number; value: P } | undefined;
    for (let index = 0; index < elements.length; index += 1) {
      if (spare !== undefined && prefer?.(elements[index]) !== true) continue;
      scope.at.push(index);
      const value = item.read(elements[index], scope);
      scope.at.pop();
      if (value === undefined) continue;
      if (prefer === undefined || prefer(elements[index])) return { index, value };
      spare = { index, value };
    }
    return spare;
  };
  return {
    fidelity: item.fidelity === 'partial' ? 'partial' : 'lossy',
    rule: `${item.rule}; ${options.rule ?? 'of several, the first that fits'}`,
    schema: item.schema,
    read(value, scope) {
      if (!Array.isArray(value)) return undefined;
      const found = chosen(value, scope);
      if (found !== undefined && found.index > 0) took(scope, value, [found.index]);
      return found?.value;
    },
    write(value, scope) {
      const written = item.write(value, scope);
      return written === undefined ? undefined : [written];
    },
    admit: (value, scope) => item.admit(value, scope),
    put(value, before, scope) {
      if (!Array.isArray(before)) return undefined;
      const old = quietly(scope, () => chosen(before, scope));
      const made = value === undefined ? [] : [item.write(value, scope)].filter((element) => element !== undefined);
      const after = [...before];
      if (old === undefined) after.unshift(...made);
      else after.splice(old.index, 1, ...made);
      return after.length === 0 ? undefined : (after as R[]);
    },
  };
}

/** A list of which a payload writes a single item without brackets. */
export function oneOrMany<P, R, S extends Scope>(item: Codec<P, R, S>): Codec<P | P[], R[], S> {
  const many = list(item);
  const unwrap = (items: P[] | undefined): P | P[] | undefined => (items?.length === 1 ? items[0] : items);
  const wrap = (value: P | P[]): P[] => (Array.isArray(value) ? value : [value]);
  return {
    fidelity: many.fidelity,
    rule: `${item.rule}; a single one stands alone`,
    schema: { anyOf: [item.schema, many.schema] },
    read: (value, scope) => unwrap(many.read(value, scope)),
    write: (value, scope) => many.write(wrap(value), scope),
    admit(value, scope) {
      if (Array.isArray(value)) return unwrap(many.admit(value, scope));
      return item.admit(value, scope);
    },
    put: (value, before, scope) => many.put?.(value === undefined ? undefined : wrap(value), before, scope),
  };
}
