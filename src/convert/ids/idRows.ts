import type { FileFailure } from '../../read/inputBatches.js';
import type { Source } from '../../read/source.js';
import type { Conversion, Upload } from '../conversion.js';
import { fateOf, nameOf } from '../layout/payloads.js';
import type { NoRow } from '../waves/mapName.js';
import type { Link } from '../waves/recordLinks.js';
import { targetTable } from '../waves/targetTable.js';

/** A record that is pointed at, and has no id of ClinikAPI's yet. */
export interface IdRow {
  /** As an id map has it. */
  readonly reference: string;
  /** `Type/id`, where the set or the reference tells it. */
  readonly name?: string;
  /** Empty where nothing tells it. */
  readonly type: string;
  /** How many references there are to it. */
  readonly references: number;
  /** From which elements (`Encounter.subject`), sorted. */
  readonly elements: readonly string[];
  /** Whether the input has the record: it is there, and is not converted, it was rejected there, or it is not. */
  readonly inInput: 'yes' | 'rejected' | 'no';
  /** The server of an absolute reference. */
  readonly server?: string;
}

/** References that no row of a map could say. */
export interface WithoutRow {
  readonly reason: NoRow;
  readonly element: string;
  readonly references: number;
  /** The first place, `file:line`. */
  readonly first: string;
}

/** What was pointed at in a run. */
export interface Pointed {
  /** By type, of each the most used first. */
  readonly rows: readonly IdRow[];
  readonly withoutRow: readonly WithoutRow[];
  /** How many references the id map knew. */
  readonly known: number;
  /** How many servers the absolute references are to that nobody says are home. */
  readonly servers: number;
}

/** Collects what the records that convert point at. */
export interface IdRows {
  add(conversion: Conversion | FileFailure): void;
  /** To be called once, at the end. */
  pointed(): Pointed;
}

/** A row that is being made; the record may yet turn out to be converted. */
interface Draft {
  readonly name: string | undefined;
  readonly server?: string;
  type: string;
  references: number;
  /** Names of elements, sorted, with a space between two: there are few that differ. */
  elements: string;
  /** The reference by the name or another literal one, where there was one. */
  literal: string | undefined;
  search: string | undefined;
}

/**
 * What a set points at, of which nothing is known yet. It holds the name of each record that is pointed at until that is converted,
 * and a few bytes of the others. `baseUrl` is the server that is home. What an id map knows, or an identifier of ClinikAPI's says, has no row.
 */
export function idRows(baseUrl?: string): IdRows {
  const targets = targetTable();
  const drafts = new Map<number, Draft>();
  const without = new Map<string, { reason: NoRow; element: string; references: number; first: string }>();
  const servers = new Set<string>();
  const sets = new Map<string, string>();
  let records = 0;
  let known = 0;

  const fateOfName = (name: string | undefined): ReturnType<typeof targets.fateOf> =>
    name === undefined ? undefined : targets.fateOf(targets.link(name, false, false));

  const withElement = (elements: string, element: string): string => {
    const names = elements === '' ? [] : elements.split(' ');
    if (names.includes(element)) return elements;
    const all = [...names, element].sort().join(' ');
    const same = sets.get(all) ?? all;
    sets.set(all, same);
    return same;
  };

  const addLink = ({ name, element: path, isMapped, called }: Link, source: Source): void => {
    if (called === undefined) return;
    if (isMapped === true) {
      known += 1;
      return;
    }
    const element = `${source.resourceType}.${path}`;
    if ('noRow' in called) {
      const { noRow: reason } = called;
      const key = `${reason} ${element}`;
      const before = without.get(key) ?? { reason, element, references: 0, first: `${source.file}:${source.line}` };
      without.set(key, before);
      before.references += 1;
      return;
    }
    const { reference, type = '', search, server } = called;
    if (server !== undefined) servers.add(server);
    // What has a name is converted or not by that, whatever the reference says; two servers may have records of one name.
    if (fateOfName(name) === 'converted') return;
    const number = targets.link(server === undefined && name !== undefined ? name : reference, false, false);
    const draft = drafts.get(number) ?? {
      name,
      ...(server === undefined ? {} : { server }),
      type,
      references: 0,
      elements: '',
      literal: undefined,
      search: undefined,
    };
    drafts.set(number, draft);
    if (draft.type === '') draft.type = type;
    draft.references += 1;
    draft.elements = withElement(draft.elements, element);
    if (search === undefined) draft.literal ??= reference;
    else draft.search ??= search;
  };

  const listed = new Map<string, readonly string[]>();
  const listOf = (elements: string): readonly string[] => {
    const before = listed.get(elements) ?? elements.split(' ');
    listed.set(elements, before);
    return before;
  };

  const together = (one: Draft, other: Draft): Draft => ({
    ...one,
    references: one.references + other.references,
    elements: other.elements.split(' ').reduce(withElement, one.elements),
    literal: one.literal ?? other.literal,
    search: one.search ?? other.search,
  });

  const rowOf = ({ name, server, type, references, elements, literal, search }: Draft): IdRow => {
    const fate = fateOfName(name);
    return {
      reference: literal ?? search ?? '',
      ...(name === undefined ? {} : { name }),
      type,
      references,
      elements: listOf(elements),
      inInput: fate === undefined ? 'no' : fate === 'rejected' ? 'rejected' : 'yes',
      ...(server === undefined ? {} : { server }),
    };
  };

  return {
    add(conversion) {
      if (conversion.kind === 'unreadable') return;
      // What is rejected for want of a row is converted once the map has it.
      const upload = uploadOf(conversion);
      if (upload === undefined) {
        const name = nameOf(conversion.source);
        if (name !== undefined && (conversion.kind === 'skipped' || conversion.kind === 'rejected'))
          targets.other(name, fateOf(conversion));
        return;
      }
      for (const name of upload.names) {
        targets.add(name, records);
        drafts.delete(targets.link(name, false, false));
      }
      records += 1;
      for (const link of upload.links) addLink(link, conversion.source);
    },
    pointed() {
      // Where there is only one server it is taken for home, as the conversion does.
      const isOne = baseUrl === undefined && servers.size < 2;
      const isHome = ({ server }: Draft): boolean => server === undefined || isOne;
      const grouped = new Map<string, Draft>();
      for (const draft of drafts.values()) {
        const { name, literal, search } = draft;
        if (fateOfName(name) === 'converted') continue;
        const isNamed = name !== undefined && isHome(draft);
        const key = isNamed ? name : (literal ?? search ?? '');
        const before = grouped.get(key);
        const { server: _, ...rest } = draft;
        const own: Draft = isNamed ? { ...rest, literal: literal === undefined ? undefined : name } : draft;
        grouped.set(key, before === undefined ? own : together(before, own));
      }
      const rows = [...grouped.values()].map(rowOf);
      return {
        rows: rows.sort(inOrder),
        withoutRow: [...without.values()].sort(
          (a, b) => b.references - a.references || compare(a.element, b.element) || compare(a.reason, b.reason),
        ),
        known,
        servers: servers.size,
      };
    },
  };
}

function uploadOf(conversion: Conversion): Pick<Upload, 'names' | 'links'> | undefined {
  if (conversion.kind === 'converted') return conversion.upload;
  return conversion.kind === 'rejected' ? conversion.wanting : undefined;
}

const inOrder = (a: IdRow, b: IdRow): number =>
  compare(a.type, b.type) || b.references - a.references || compare(a.reference, b.reference);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
