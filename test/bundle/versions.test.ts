import { describe, expect, it } from '@jest/globals';
import { type Age, fatesOf, recordName, versionIn } from '../../src/bundle/versions.js';

const age = (content: string, history?: Age['history'], seconds?: number): Age => ({
  seconds,
  nanoseconds: 0,
  history,
  content,
});

describe('the versions of a record', () => {
  it('are in the order of their history, the newest first', () => {
    const versions = [age('a', { bundle: 'x', index: 2 }), age('b', { bundle: 'x', index: 1 })];
    expect(fatesOf(versions)).toStrictEqual(['older', 'newest']);
  });

  it('of two histories, or of one and no history, do not tell which is the newest', () => {
    const first = age('a', { bundle: 'x', index: 2 });
    for (const other of [age('b', { bundle: 'y', index: 1 }), age('b')])
      expect([fatesOf([first, other]), fatesOf([other, first])]).toStrictEqual([
        ['unclear', 'unclear'],
        ['unclear', 'unclear'],
      ]);
  });

  it('are in the order of their times, whatever the histories say', () => {
    const versions = [age('a', { bundle: 'x', index: 0 }, 1), age('b', { bundle: 'x', index: 1 }, 2)];
    expect(fatesOf(versions)).toStrictEqual(['older', 'newest']);
  });
});

describe('the record that a deletion is of', () => {
  const deletion = (fullUrl: string, url: string) => versionIn({ fullUrl, request: { method: 'DELETE', url } }, 0);

  it('is told by the request where the entry has no address', () => {
    const version = deletion('', 'https://a.example/fhir/Patient/1');
    expect([version?.fullUrl, version?.isDeleted]).toStrictEqual(['https://a.example/fhir/Patient/1', true]);
    expect(deletion('', 'Patient/1')?.fullUrl).toBeUndefined();
  });

  it('is told by the address of the entry before that of the request', () => {
    expect(deletion('https://b.example/Patient/1', 'https://a.example/Patient/1')?.fullUrl).toBe(
      'https://b.example/Patient/1',
    );
  });

  it('is told by the address of the entry where the request has none', () => {
    const version = versionIn({ fullUrl: 'https://b.example/Patient/1', request: { method: 'DELETE' } }, 0);
    expect(version?.resource).toStrictEqual({ resourceType: 'Patient', id: '1' });
  });

  it('has no name where its type is none of R4', () => {
    const named = (resourceType: string) =>
      recordName({ fullUrl: undefined, resource: { resourceType, id: '1' }, isDeleted: false }, undefined);
    expect(named('Muster')).toBeUndefined();
    expect(named('Patient')).toBe(' Patient/1');
  });
});
