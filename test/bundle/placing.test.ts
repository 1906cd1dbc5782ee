import { describe, expect, it } from '@jest/globals';
import { type Member, placing } from '../../src/bundle/placing.js';

const task: Member = { resource: {}, resourceType: 'Task', id: 't1', fullUrl: 'urn:uuid:1', isRecord: true };
const resolveId = (text: string): string | undefined => (text.startsWith('Patient?') ? 'pt_1' : undefined);
const place = (reference: string, type: 'collection' | 'transaction') =>
  placing([task], type, { resolveId })?.({ reference, display: 'x' }, task);

describe('a reference that is a search, in a Bundle that no server resolves', () => {
  it('becomes the identifier that is searched for, if it says whose that is', () => {
    expect(place('Patient?identifier=urn:mrn|7', 'collection')).toStrictEqual({
      display: 'x',
      type: 'Patient',
      identifier: { system: 'urn:mrn', value: '7' },
    });
    expect(place('Patient?identifier=|7', 'collection')).toStrictEqual({
      display: 'x',
      reference: 'Patient?identifier=|7',
    });
  });

  it('stays a search in a transaction', () => {
    const reference = 'Patient?identifier=urn:mrn|7';
    expect(place(reference, 'transaction')).toStrictEqual({ reference, display: 'x' });
  });
});
