import { type Row, reportDropped } from './codec.js';
import { clone, equal, type JsonObject } from './json.js';
import { missingKeys, type Rule, rewrite } from './rule.js';
import { below, type Finding, type Offer, quietly, type Reason, report, type Scope } from './scope.js';

/** The mapping table of one resource. Everything else follows from it. */
export interface Table<S extends Scope> {
  readonly rules: readonly Rule<S>[];
  /** What a created resource begins with. */
  readonly begin: (resource: JsonObject) => void;
  /** Tells the scope which resource is being read, and which is being written. */
  readonly enter: (scope: S, reading: JsonObject, writing: JsonObject) => void;
  /** After a put that changed something: what goes or is set with any change. Reports what it does. */
  readonly settle?: (after: JsonObject, before: JsonObject, scope: S) => void;
  /** The rules of the resource that a put could break; reports those that it broke. */
  readonly invariants?: (after: JsonObject, before: JsonObject, scope: S) => void;
}

/** Both directions of a table. */
export interface Lens<S extends Scope> {
  readonly rows: readonly Row[];
  /** The keys of which a payload has one at most. */
  readonly exclusive: readonly (readonly string[])[];
  /** resource → payload. Reports a required key for which nothing can be read. */
  get(resource: JsonObject, scope: S): JsonObject;
  /** payload in normal form → a new resource. */
  create(payload: JsonObject, scope: S): JsonObject;
  /** payload in normal form, laid over a resource. The resource is not touched. */
  put(payload: JsonObject, resource: JsonObject, scope: S): JsonObject;
  /** The normal form of a payload that satisfies the schema. Reports what the resource cannot hold. */
  admit(payload: JsonObject, scope: S): JsonObject;
}

/** Derives both directions, the put and the normal form from a mapping table. */
export function lens<S extends Scope>(table: Table<S>): Lens<S> {
  const { rules } = table;
  const writes = rules.map((rule) => rule.write);
  const demanding = new Set(rules.filter((rule) => rule.lacking !== undefined));
  const read = (resource: JsonObject, scope: S): JsonObject => {
    const payload: JsonObject = {};
    for (const rule of rules) rule.read(resource, payload, scope);
    return payload;
  };
  return {
    rows: rules.flatMap((rule) => rule.rows),
    exclusive: rules.flatMap((rule) => (rule.exclusive === undefined ? [] : [rule.exclusive])),
    get(resource, scope) {
      table.enter(scope, resource, resource);
      const payload: JsonObject = {};
      // A rule that refuses what it reads says why; that it could read nothing then needs no saying.
      let asked: ReadonlySet<Rule<S>> = demanding;
      let failed = scope.failed;
      for (const rule of rules) {
        scope.failed = false;
        rule.read(resource, payload, scope);
        if (!scope.failed) continue;
        failed = true;
        asked = without(asked, rule);
      }
      scope.failed = failed;
      for (const rule of asked) {
        const element = rule.lacking?.(resource, payload);
        if (element !== undefined) reportLacking(rule, element, scope);
      }
      return payload;
    },
    create(payload, scope) {
      const resource: JsonObject = {};
      table.begin(resource);
      table.enter(scope, resource, resource);
      for (const write of writes) write(payload, resource, scope);
      return resource;
    },
    put(payload, resource, scope) {
      const after = clone(resource);
      // What stands there is judged by the resource that it stood in: after a change of one element another may read differently.
      table.enter(scope, resource, after);
      let changed = false;
      for (const rule of rules) changed = rule.put(payload, after, scope) || changed;
      if (!changed) return after;
      table.enter(scope, after, after);
      table.settle?.(after, resource, scope);
      const expected = { ...payload };
      for (const rule of rules) rule.fill?.(expected, scope);
      for (let round = 0; round <= rules.length; round += 1) {
        const have = quietly(scope, () => read(after, scope));
        const different = rules.filter((rule) => rule.keys.some((key) => !equal(have[key], expected[key])));
        if (different.length === 0) {
          table.settle?.(after, resource, scope);
          table.invariants?.(after, resource, scope);
          return after;
        }
        for (const rule of different) {
          // Of several rules in one, those that read right stay as they are.
          if (round === 0 && rule.isGroup === true && rule.put(payload, after, scope)) continue;
          const lists = rule.elements.map((element) => [element, after[element]] as const);
          rewrite(rule, payload, after, scope);
          for (const [element, list] of lists)
            below(scope, [element], () => reportDropped(list, after[element], scope));
        }
      }
      report(scope, {
        severity: 'error',
        code: 'processing',
        id: 'put-unsettled',
        diagnostics: 'The payload cannot be put over this resource so that it reads the same afterwards.',
      });
      return after;
    },
    admit(payload, scope) {
      const normal: JsonObject = {};
      for (const rule of rules) rule.admit(payload, normal, scope);
      missingKeys(rules, normal, scope);
      return normal;
    },
  };
}

function without<T>(all: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const rest = new Set(all);
  rest.delete(one);
  return rest;
}

/**
 * Says why nothing was read for a field that ClinikAPI requires, where that is known; else that there is nothing to be read. Of several
 * reasons one with an option of its own comes first: what it is about may be there.
 */
function reportLacking({ rows, offers = [] }: Pick<Rule, 'rows' | 'offers'>, element: string, scope: Scope): void {
  const place = scope.express([...scope.at, element]);
  const isSo = (known: Reason | Offer): boolean =>
    known.place.startsWith(place) && !/^\w/.test(known.place.slice(place.length)) && known.isSo();
  const reasons = scope.reasons?.filter(isSo) ?? [];
  const reason = reasons.find(({ finding }) => finding.options !== undefined) ?? reasons[0];
  if (reason === undefined) {
    const targets = rows.find((row) => row.element === element)?.targets;
    // What would let one reference be read does not give a list of other things that it is a part of.
    const offered = targets === undefined ? [] : (scope.offers?.filter(isSo).map(({ option }) => option) ?? []);
    report(scope, withOptions(lacking(targets), [...offers, ...offered]), element);
  } else {
    const { options = offers, ...finding } = reason.finding;
    scope.issues?.push({ ...withOptions(finding, options), expression: [reason.place] });
  }
  scope.failed = true;
}

/** A finding with the options that help, each once. */
function withOptions(finding: Finding, options: readonly string[]): Finding {
  return options.length === 0 ? finding : { ...finding, options: [...new Set(options)] };
}

const lacking = (targets: readonly string[] | undefined): Finding => ({
  severity: 'error',
  code: 'required',
  id: 'required-missing',
  diagnostics: `ClinikAPI requires this field, and the resource has nothing that could fill it.${
    targets === undefined ? '' : ` It takes a reference to ${targets.join(' or ')}.`
  }`,
});
