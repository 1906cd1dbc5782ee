import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { absoluteUrl, isLocal, MAX_DATA } from '../../../src/fhir/datatypes/localUrl.js';
import { type ConvertOptions, labs } from '../../../src/index.js';
import { ensure } from '../../support/ensure.js';
import { holdsCreateGet, holdsOnResource } from '../../support/laws.js';
import { fromFhirOf } from '../../support/reading.js';

const report = {
  resourceType: 'DiagnosticReport',
  id: 'd1',
  status: 'final',
  code: { text: 'CBC' },
  subject: { reference: 'Patient/p1' },
};
const binary = { resourceType: 'Binary', id: 'b', contentType: 'application/pdf', data: 'QUJD' };
const pdf = { contentType: 'application/pdf' };

/** What is read of an attachment, and the losses of content; on both the laws hold. */
function read(attachment: object, options: ConvertOptions = {}, contained: readonly object[] = []): unknown[] {
  const more = contained.length === 0 ? {} : { contained };
  const resource = { ...report, ...more, presentedForm: [attachment] };
  ensure(holdsOnResource(resource, options));
  const { payload, losses } = fromFhirOf(resource, options);
  const content = losses.filter((loss) => loss.class === 'content' && loss.path !== 'DiagnosticReport.contained');
  return [(payload as { presentedForm?: object[] }).presentedForm?.[0], ...content.map((loss) => loss.expression)];
}

const URL = 'DiagnosticReport.presentedForm[0].url';
/** An attachment with neither data nor address would say that there is no content. */
const NOTHING = [undefined, 'DiagnosticReport.presentedForm'];
const finds = (found: object, at = 'Binary/77'): ConvertOptions => ({
  resolve: (reference) => (reference === at ? (found as Resource) : undefined),
});

describe('the address of an attachment', () => {
  it.each([
    'http://ehr.example/Binary/77',
    'https://files.example/a.pdf',
    'ftp://files.example/a.pdf',
    'data:text/plain;base64,QUJD',
    'mailto:a@b.example',
  ])('is kept where it means the same everywhere: %s', (url) => {
    expect([isLocal(url), read({ ...pdf, url })]).toStrictEqual([false, [{ ...pdf, url }]]);
  });

  it.each([
    'urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002',
    'urn:oid:1.2.3.4',
    '#b',
    'Binary/77',
    'Binary/77/_history/1',
    'Binary/bin_77',
    'files/a.pdf',
    '/files/a.pdf',
    '../a.pdf',
    'a.pdf?x=1',
    '//files.example/a.pdf',
    'cid:part1@mail.example',
    'CID:part1@mail.example',
    'file:///C:/reports/a.pdf',
  ])('is a loss where it means something only at its source, and without data so is the attachment: %s', (url) => {
    expect([isLocal(url), read({ ...pdf, url, title: 'Report' })]).toStrictEqual([true, NOTHING]);
    expect(read({ ...pdf, url, data: 'QUJD' })).toStrictEqual([{ ...pdf, data: 'QUJD' }, URL]);
  });

  it('gives way to the data of the Binary that it names', () => {
    expect(read({ ...pdf, url: '#b' }, {}, [binary])).toStrictEqual([{ ...pdf, data: 'QUJD' }, URL]);
    for (const url of ['Binary/77', 'Binary/77/_history/2'])
      expect(read({ ...pdf, url }, finds(binary))).toStrictEqual([{ ...pdf, data: 'QUJD' }, URL]);
    const urn = 'urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002';
    expect(read({ ...pdf, url: urn }, finds(binary, urn))).toStrictEqual([{ ...pdf, data: 'QUJD' }, URL]);
    expect(read({ url: 'Binary/77' }, finds(binary))).toStrictEqual([{ ...pdf, data: 'QUJD' }, URL]);
  });

  it.each<[string, object]>([
    ['that is restricted', { ...binary, meta: { security: [{ code: 'R' }] } }],
    ['with rules of its own', { ...binary, implicitRules: 'https://example.org/rules' }],
    ['of another type of data', { ...binary, contentType: 'text/html' }],
    ['without data', { resourceType: 'Binary', id: 'b', contentType: 'application/pdf' }],
    ['over the limit', { ...binary, data: 'AAAA'.repeat(MAX_DATA / 4 + 1) }],
    ['of which the data are no base64', { ...binary, data: '!' }],
    ['that is none', { ...binary, resourceType: 'DocumentReference' }],
  ])('is not read from a Binary %s', (_, found) => {
    expect(read({ ...pdf, url: 'Binary/77' }, finds(found))).toStrictEqual(NOTHING);
  });

  it('takes the data up to the limit', () => {
    const [attachment] = read({ ...pdf, url: 'Binary/77' }, finds({ ...binary, data: 'AAAA'.repeat(MAX_DATA / 4) }));
    expect(attachment).toHaveProperty('data');
  });

  it('is below home where it is relative to a server, and nobody has the Binary', () => {
    const home = { baseUrl: 'https://ehr.example/fhir/' };
    expect(read({ ...pdf, url: 'Binary/77' }, home)).toStrictEqual([
      { ...pdf, url: 'https://ehr.example/fhir/Binary/77' },
    ]);
    expect(read({ ...pdf, url: 'Binary/77' }, { ...home, ...finds(binary) })).toStrictEqual([
      { ...pdf, data: 'QUJD' },
      URL,
    ]);
    expect(read({ ...pdf, url: '#b' }, home)).toStrictEqual(NOTHING);
    expect(read({ ...pdf, url: 'urn:uuid:0' }, home)).toStrictEqual(NOTHING);
  });

  it.each([
    ['Binary/77', 'https://ehr.example/fhir', 'https://ehr.example/fhir/Binary/77'],
    ['/files/a.pdf', 'https://ehr.example/fhir', 'https://ehr.example/files/a.pdf'],
    ['//files.example/a', 'http://ehr.example:8080/fhir/', 'http://files.example/a'],
    ['../a.pdf', 'https://ehr.example/fhir', undefined],
    ['a/../../b', 'https://ehr.example/fhir', undefined],
    ['Binary/77', 'urn:oid:1.2.3', undefined],
    ['Binary/77', undefined, undefined],
  ])('%s, relative to %s, is %s', (url, base, address) => {
    expect(absoluteUrl(url, base)).toBe(address);
  });

  it.each(['urn:uuid:c757873d-ec9a-4326-a141-556f43239520', '#b', 'Binary/77', '/a', 'file:///a'])(
    'of a payload comes back as it was given: %s',
    (url) => {
      const payload = { status: 'final', code: 'CBC', patientId: 'p1', presentedForm: [{ ...pdf, url }] };
      for (const options of [{}, { baseUrl: 'https://ehr.example' }, finds(binary)])
        holdsCreateGet('labs', payload, options);
      const onto = { ...report, presentedForm: [{ ...pdf, url }] };
      const put = labs.safeToFhir(payload, { onto: onto as never });
      ensure(put.ok);
      expect(labs.fromFhir(put.resource).payload).toStrictEqual(payload);
    },
  );

  it('holds on to what is contained, which goes when it is replaced', () => {
    const onto = { ...report, contained: [binary], presentedForm: [{ ...pdf, url: '#b' }] };
    const { payload } = labs.fromFhir(onto as never);
    const kept = labs.toFhir({ ...payload, conclusion: 'All well.' }, { onto: onto as never });
    expect([kept.contained, kept.presentedForm]).toStrictEqual([onto.contained, onto.presentedForm]);
    const put = labs.safeToFhir({ ...payload, presentedForm: [{ ...pdf, data: 'QUJE' }] }, { onto: onto as never });
    ensure(put.ok);
    expect([put.resource.contained, put.issues.map(({ id }) => id)]).toStrictEqual([
      undefined,
      ['put-contained-dropped'],
    ]);
  });
});
