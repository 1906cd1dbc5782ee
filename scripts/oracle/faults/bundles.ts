import { clone, isObject, type JsonObject } from '../../../src/lens/json.js';
import type { Fault } from '../fault.js';

const HOME = 'http://x.example/fhir';
const UUIDS = ['c757873d-ec9a-4326-a141-556f43239520', 'c757873d-ec9a-4326-a141-556f43239521'];

interface Pair {
  /** The example, with an id. */
  readonly one: JsonObject;
  readonly other: JsonObject;
  readonly type: string;
  readonly id: string;
}

type MakeBundle = (pair: Pair) => JsonObject;

const withoutId = ({ id: _, ...rest }: JsonObject): JsonObject => rest;
const bundle = (type: string, entry: readonly unknown[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'Bundle',
  type,
  ...more,
  entry,
});
const request = (method: string, url: string) => ({ request: { method, url } });
const at = (resource: JsonObject, base = HOME): JsonObject => ({
  fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
  resource,
});

/** Puts the example into a Bundle. */
const inBundle =
  (made: readonly MakeBundle[]): Fault =>
  ({ resource, dice, others }) => {
    const make = dice.pick(made);
    const other = dice.pick(
      others.filter(({ resourceType }) => resourceType !== 'Bundle' && resourceType !== resource.resourceType),
    );
    const { resourceType: type } = resource;
    if (make === undefined || other === undefined || typeof type !== 'string' || type === 'Bundle' || type === 'Binary')
      return undefined;
    const id = typeof resource.id === 'string' ? resource.id : 'one';
    return make({
      one: { ...resource, id },
      other: { ...clone(other), id: typeof other.id === 'string' ? other.id : 'two' },
      type,
      id,
    });
  };

const DOCUMENT = {
  identifier: { system: 'http://x.example/documents', value: '1' },
  timestamp: '2015-02-07T13:28:17Z',
};
const composition = (references: readonly string[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'Composition',
  id: 'letter',
  status: 'final',
  type: { text: 'x' },
  date: '2015',
  author: [{ display: 'x' }],
  title: 'x',
  section: [
    {
      title: 'x',
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
      entry: references.map((reference) => ({ reference })),
    },
  ],
  ...more,
});
const letter = (references: readonly string[], more?: JsonObject): JsonObject => at(composition(references, more));
const urn = (resource: JsonObject, index = 0): JsonObject => ({ fullUrl: `urn:uuid:${UUIDS[index]}`, resource });

const header = (focus: string): JsonObject =>
  at({
    resourceType: 'MessageHeader',
    id: 'header',
    eventUri: 'http://x.example/event',
    source: { endpoint: 'http://x.example/source' },
    focus: [{ reference: focus }],
  });

export const bundleFaults: Readonly<Record<string, Fault>> = {
  'a transaction': inBundle([
    ({ one, type, id }) => bundle('transaction', [{ ...at(one), ...request('PUT', `${type}/${id}`) }]),
    ({ one, type, id }) =>
      bundle('transaction', [
        { ...at(one), ...request('PUT', `${type}/${id}`) },
        { ...at(one), ...request('PUT', `${type}/${id}`) },
      ]),
    ({ one, type, id }) =>
      bundle('transaction', [{ ...at(one), ...request('PUT', `${type}/${id}`) }, request('DELETE', `${type}/${id}`)]),
    ({ one, type, id }) => bundle('transaction', [{ ...urn(withoutId(one)), ...request('POST', `${type}/${id}`) }]),
    ({ one, type }) => bundle('transaction', [{ ...urn(withoutId(one)), ...request('POST', type) }]),
    ({ one, type }) => bundle('transaction', [{ resource: withoutId(one), ...request('POST', type) }]),
    ({ one, type }) => bundle('transaction', [{ ...at(one), ...request('PUT', `${type}/another`) }]),
    ({ one, other, id }) => bundle('transaction', [{ ...at(one), ...request('PUT', `${other.resourceType}/${id}`) }]),
    ({ one, other }) =>
      bundle('transaction', [{ ...urn(withoutId(one)), ...request('POST', String(other.resourceType)) }]),
    ({ one }) => bundle('transaction', [at(one)]),
    ({ one, type }) => bundle('transaction', [{ ...at(one), ...request('PUT', type) }]),
    ({ one, type, id }) => bundle('transaction', [{ ...at(one), ...request('FOO', `${type}/${id}`) }]),
    ({ one, type, id }) => bundle('transaction', [{ ...at(one), ...request('GET', `${type}/${id}`) }]),
    ({ type, id }) => bundle('transaction', [request('DELETE', `${type}/${id}`)]),
    ({ type }) => bundle('transaction', [request('GET', `${type}?name=x`)]),
    ({ one, type, id }) =>
      bundle('transaction', [{ ...at(one), request: { method: 'PUT' } }, request('GET', `${type}/${id}`)]),
    ({ one, type, id }) =>
      bundle('transaction', [{ ...at(one), ...request('PUT', `${type}/${id}`), response: { status: '200' } }]),
    ({ one, type, id }) => bundle('batch', [{ ...at(one), ...request('PUT', `${HOME}/${type}/${id}`) }]),
    ({ one, type }) => bundle('transaction', [{ ...urn(withoutId(one)), ...request('PUT', `${type}?identifier=x`) }]),
  ]),
  'a fullUrl': inBundle([
    ({ one }) => bundle('collection', [at(one)]),
    ({ one }) => bundle('collection', [at(one), at(one)]),
    ({ one }) => bundle('collection', [at(one), at({ ...one, meta: { versionId: '2' } })]),
    ({ one, type }) => bundle('collection', [{ fullUrl: `${HOME}/${type}/another`, resource: one }]),
    ({ one, type, id }) => bundle('collection', [{ fullUrl: `${HOME}/${type}/${id}`, resource: withoutId(one) }]),
    ({ one }) => bundle('collection', [{ resource: one }]),
    ({ one, type, id }) => bundle('collection', [{ fullUrl: `${type}/${id}`, resource: one }]),
    ({ one, type, id }) => bundle('collection', [{ fullUrl: `${HOME}/${type}/${id}/_history/1`, resource: one }]),
    ({ one }) => bundle('collection', [{ fullUrl: `urn:uuid:${UUIDS[0]?.toUpperCase()}`, resource: one }]),
    ({ one }) => bundle('collection', [{ fullUrl: 'urn:uuid:xyz', resource: one }]),
    ({ one }) => bundle('collection', [{ fullUrl: 'urn:oid:3.1', resource: one }]),
    ({ one }) => bundle('collection', [{ fullUrl: 'urn:oid:2.16.840.1.113883.19.5', resource: one }]),
    ({ one }) => bundle('collection', [urn(one)]),
    ({ one, other }) => bundle('collection', [urn(one), urn(other)]),
    ({ one }) => bundle('collection', [{ fullUrl: 'http://x.example/anything', resource: one }]),
    ({ one }) => bundle('collection', [{ fullUrl: '', resource: one }]),
    ({ one, other, id }) => bundle('collection', [{ fullUrl: `${HOME}/${other.resourceType}/${id}`, resource: one }]),
    ({ one }) => bundle('collection', [{ ...at(one), fullUrl: `${HOME}/a b` }]),
  ]),
  'a document': inBundle([
    ({ one }) => bundle('document', [letter([String(at(one).fullUrl)]), at(one)], DOCUMENT),
    ({ one }) => bundle('document', [letter([]), at(one)], DOCUMENT),
    ({ one }) => bundle('document', [at(one), letter([String(at(one).fullUrl)])], DOCUMENT),
    ({ one, type, id }) => bundle('document', [letter([`${type}/${id}`]), at(one)], DOCUMENT),
    ({ one }) => bundle('document', [letter([String(at(one).fullUrl)]), at(one)], { timestamp: DOCUMENT.timestamp }),
    ({ one }) => bundle('document', [letter([String(at(one).fullUrl)]), at(one)], { identifier: DOCUMENT.identifier }),
    ({ one }) =>
      bundle('document', [letter([String(at(one).fullUrl)]), at(one)], { ...DOCUMENT, identifier: { value: '1' } }),
    ({ one }) => bundle('document', [letter([`${HOME}/Patient/nobody`, String(at(one).fullUrl)]), at(one)], DOCUMENT),
    ({ one }) => bundle('document', [letter(['Patient/nobody', String(at(one).fullUrl)]), at(one)], DOCUMENT),
    ({ one }) => bundle('document', [letter([`urn:uuid:${UUIDS[0]}`]), urn(one)], DOCUMENT),
    ({ one }) => bundle('document', [letter([`urn:uuid:${UUIDS[1]}`]), urn(one)], DOCUMENT),
    () => bundle('document', [letter([])], DOCUMENT),
    ({ one }) => bundle('document', [at(one)], DOCUMENT),
    ({ one }) =>
      bundle(
        'document',
        [letter([String(at(one).fullUrl)], { subject: { reference: 'Patient/1' } }), at(one)],
        DOCUMENT,
      ),
  ]),
  'a Bundle of another type': inBundle([
    ({ one }) => bundle('searchset', [at(one)]),
    ({ one }) => bundle('searchset', [{ ...at(one), search: { mode: 'match', score: 1 } }], { total: 1 }),
    ({ one }) => bundle('collection', [{ ...at(one), search: { mode: 'match' } }]),
    ({ one }) => bundle('collection', [at(one)], { total: 1 }),
    ({ one, type, id }) => bundle('collection', [{ ...at(one), ...request('PUT', `${type}/${id}`) }]),
    ({ one }) => bundle('batch-response', [{ ...at(one), response: { status: '200 OK' } }]),
    ({ one }) => bundle('batch-response', [at(one)]),
    ({ one, type, id }) =>
      bundle('history', [{ ...at(one), ...request('PUT', `${type}/${id}`), response: { status: '200' } }]),
    ({ one }) => bundle('history', [at(one)]),
    ({ one, type, id }) => bundle('history', [{ ...at(one), ...request('PUT', `${type}/${id}`) }]),
    ({ one }) => bundle('message', [header(String(at(one).fullUrl)), at(one)]),
    ({ one }) => bundle('message', [at(one), header(String(at(one).fullUrl))]),
    ({ one }) => bundle('message', [header(`${HOME}/Patient/nobody`), at(one)]),
    ({ one }) => bundle('zzz', [at(one)]),
    ({ one }) => bundle('collection', [at(one), {}]),
    ({ one }) => bundle('collection', [at(one), { fullUrl: `${HOME}/Patient/2` }]),
    ({ one }) => ({ resourceType: 'Bundle', entry: [at(one)] }),
    ({ one }) => bundle('collection', [at(one)], { link: [{ relation: 'self', url: 'x' }] }),
  ]),
  'a reference in a Bundle': inBundle([
    ({ one, other }) =>
      bundle('collection', [
        at({
          ...one,
          extension: [
            { url: 'http://x.example/e', valueReference: { reference: `${other.resourceType}/${other.id}` } },
          ],
        }),
        at(other),
      ]),
    ({ one, other }) =>
      bundle('collection', [
        at({
          ...one,
          extension: [
            { url: 'http://x.example/e', valueReference: { reference: `${other.resourceType}/${other.id}` } },
          ],
        }),
        at(other, 'http://y.example/fhir'),
      ]),
    ({ one }) =>
      bundle('collection', [
        at({ ...one, extension: [{ url: 'http://x.example/e', valueReference: { reference: 'Patient/nobody' } }] }),
      ]),
    ({ one }) =>
      bundle('collection', [
        urn({ ...one, extension: [{ url: 'http://x.example/e', valueReference: { reference: 'Patient/nobody' } }] }),
      ]),
    ({ one }) =>
      bundle('collection', [
        urn({
          ...one,
          extension: [{ url: 'http://x.example/e', valueReference: { reference: `urn:uuid:${UUIDS[1]}` } }],
        }),
      ]),
    ({ one, other }) =>
      bundle('collection', [
        urn({
          ...one,
          extension: [{ url: 'http://x.example/e', valueReference: { reference: `urn:uuid:${UUIDS[1]}` } }],
        }),
        urn(other, 1),
      ]),
    ({ one, type }) =>
      bundle('transaction', [
        {
          ...urn(
            withoutId({
              ...one,
              extension: [{ url: 'http://x.example/e', valueReference: { reference: 'Patient?identifier=x' } }],
            }),
          ),
          ...request('POST', type),
        },
      ]),
    ({ one }) =>
      bundle('collection', [
        at({
          ...one,
          extension: [{ url: 'http://x.example/e', valueReference: { reference: 'Patient?identifier=x' } }],
        }),
      ]),
    ({ one, other }) =>
      bundle('collection', [
        at({
          ...one,
          extension: [
            {
              url: 'http://x.example/e',
              valueReference: { reference: `${other.resourceType}/${other.id}`, type: 'Basic' },
            },
          ],
        }),
        at(other),
      ]),
  ]),
  'an entry of a Bundle that is a fault itself': inBundle([
    ({ one }) => bundle('collection', [at({ ...one, foo: 'x' })]),
    ({ one }) => bundle('collection', [at({ ...one, language: 7 })]),
    ({ one }) => bundle('collection', [{ ...at(one), foo: 1 }]),
    ({ one, other }) => bundle('collection', [at({ ...one, resourceType: other.resourceType })]),
    ({ one }) => bundle('collection', [at(bundle('collection', [at(one)], { id: 'inner' }))]),
    ({ one, other }) => bundle('collection', [at(one), { resource: isObject(other) ? [other] : other }]),
  ]),
};
