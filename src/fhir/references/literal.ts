import { RESOURCE_TYPES } from '../generated/resourceTypes.js';
import type { FhirScope } from '../scope.js';
import { CLINIK_ID, idAsIdentifier, isClinikId, isFhirId } from './identity.js';
import { isOfAnySystem, parseSearch, searchText } from './search.js';

/** What the text of a literal reference says (https://hl7.org/fhir/R4/references.html#literal). */
export interface Literal {
  /** The reference without its version; a search for an identifier in its one spelling. */
  readonly reference: string;
  readonly kind: 'relative' | 'absolute' | 'contained' | 'urn' | 'conditional';
  readonly type?: string;
  readonly id?: string;
  /** The part of an absolute reference before the type, without its last slash. */
  readonly base?: string;
}

/** Which ids a literal reference may have, its version included. */
interface Grammar {
  readonly isId: (value: unknown) => value is string;
  readonly version: RegExp;
  /** True where a search for an identifier of any system is one that leads somewhere. */
  readonly isAnySystem: boolean;
}

const FHIR: Grammar = { isId: isFhirId, version: /\/_history\/[A-Za-z0-9\-.]{1,64}$/, isAnySystem: true };

const CLINIK: Grammar = { isId: isClinikId, version: new RegExp(`/_history/${CLINIK_ID}$`), isAnySystem: false };

/** Takes a literal reference by R4's grammar apart; undefined where it is none. */
export function parseLiteral(reference: string): Literal | undefined {
  return parse(reference, FHIR);
}

/**
 * The same for whoever reads: ids are those of ClinikAPI's alphabet, which R4 forbids in part (`Patient/pt_abc123`), for in its
 * documentation they stand in literal references. A search for an identifier of any system is none, for anybody may have its value.
 */
export function readLiteral(reference: string): Literal | undefined {
  return parse(reference, CLINIK);
}

function parse(reference: string, { isId, version, isAnySystem }: Grammar): Literal | undefined {
  if (reference === '' || /\s/.test(reference)) return undefined;
  if (reference.startsWith('#')) return { reference, kind: 'contained' };
  if (reference.startsWith('urn:')) return { reference, kind: 'urn' };
  const question = reference.indexOf('?');
  if (question >= 0) {
    const type = reference.slice(0, question);
    if (!RESOURCE_TYPES.has(type)) return undefined;
    const search = parseSearch(reference);
    if (search === undefined && !isAnySystem && isOfAnySystem(reference)) return undefined;
    return { reference: search === undefined ? reference : searchText(search), kind: 'conditional', type };
  }
  const current = reference.includes('/_history/') ? reference.replace(version, '') : reference;
  const slash = current.lastIndexOf('/');
  const id = current.slice(slash + 1);
  const before = current.slice(0, Math.max(slash, 0));
  const typeStart = before.lastIndexOf('/') + 1;
  const type = before.slice(typeStart);
  if (!isId(id) || !RESOURCE_TYPES.has(type)) return undefined;
  if (typeStart === 0) return { reference: current, kind: 'relative', type, id };
  return { reference: current, kind: 'absolute', type, id, base: before.slice(0, typeStart - 1) };
}

/** A reference's target as far as a conversion can tell: its ClinikAPI id and, where known, its type. */
export interface Target {
  readonly id: string;
  readonly type?: string;
  /** True where the id was taken from an absolute reference of a server that nobody named as home. */
  readonly assumed?: boolean;
}

/**
 * The target of a literal reference. With `resolveId` only what it knows, by the reference itself or by the relative one of home;
 * else the id of a relative reference, of one below `baseUrl`, or of a resource that `resolve` finds: that of its identifier of
 * ClinikAPI's before its own. A contained one has none.
 */
export function targetOf(literal: Literal, scope: Pick<FhirScope, 'options'>): Target | undefined {
  const { resolveId, resolve } = scope.options;
  if (literal.kind === 'contained') return undefined;
  if (resolveId !== undefined) {
    const id = resolveId(literal.reference);
    if (isClinikId(id)) return withType(id, literal.type ?? resolve?.(literal.reference)?.resourceType);
    const home = atHome(literal, scope);
    const idAtHome = home === undefined ? undefined : resolveId(`${home.type}/${home.id}`);
    return home === undefined || !isClinikId(idAtHome) ? undefined : { ...home, id: idAtHome };
  }
  if (literal.kind === 'relative' && literal.id !== undefined) return withType(literal.id, literal.type);
  const resource = resolve?.(literal.reference);
  const id = resource && (idAsIdentifier({ ...resource }, resource.resourceType) ?? resource.id);
  return isClinikId(id) ? withType(id, resource?.resourceType) : atHome(literal, scope);
}

/** What an absolute reference names, if its server is home. */
function atHome(
  { kind, type, id, base }: Literal,
  { options: { baseUrl } }: Pick<FhirScope, 'options'>,
): Target | undefined {
  if (kind !== 'absolute' || id === undefined) return undefined;
  if (baseUrl === undefined) return { ...withType(id, type), assumed: true };
  return baseUrl.replace(/\/$/, '') === base ? withType(id, type) : undefined;
}

function withType(id: string, type: string | undefined): Target {
  return type === undefined ? { id } : { id, type };
}
