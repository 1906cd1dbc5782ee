import { describe, expect, it } from '@jest/globals';
import { mapReferences, referencesWithin } from '../../src/bundle/links.js';

const to = (reference: string) => ({ reference });

describe('the References of a resource', () => {
  const resource = {
    resourceType: 'Encounter',
    subject: to('Patient/p'),
    participant: [{ individual: to('Practitioner/a') }, null, { individual: to('Practitioner/b') }],
    basedOn: [{ identifier: { value: '1' }, _display: { extension: [{ url: 'x', valueReference: to('Group/g') }] } }],
    contained: [
      { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Basic', subject: to('Patient/other') } }] },
      { resourceType: 'Basic', subject: to('Patient/p') },
    ],
    note: { reference: 'text beside something else', more: true },
  };

  it('are found in their order, at any depth, but not in a Bundle and not in one another', () => {
    expect(referencesWithin(resource)).toStrictEqual([
      to('Patient/p'),
      to('Practitioner/a'),
      to('Practitioner/b'),
      resource.basedOn[0],
      to('Patient/p'),
    ]);
    expect(['text', 1, null, undefined, []].map(referencesWithin)).toStrictEqual([[], [], [], [], []]);
  });

  it('are own properties, and what is called __proto__ is one', () => {
    const parsed: unknown = JSON.parse('{"__proto__":{"reference":"Patient/p"}}');
    expect(referencesWithin(parsed)).toStrictEqual([to('Patient/p')]);
    expect(referencesWithin(Object.create({ subject: to('Patient/p') }))).toStrictEqual([]);
  });

  it('change, each asked for once, and what does not change is shared', () => {
    const asked: unknown[] = [];
    const changed = mapReferences(resource, (reference) => {
      asked.push(reference.reference);
      return reference.reference === 'Practitioner/b' ? { ...reference, display: 'B' } : reference;
    });
    expect(asked).toStrictEqual(['Patient/p', 'Practitioner/a', 'Practitioner/b', undefined, 'Patient/p']);
    expect(changed).toStrictEqual({
      ...resource,
      participant: [...resource.participant.slice(0, 2), { individual: { reference: 'Practitioner/b', display: 'B' } }],
    });
    expect(changed.contained).toBe(resource.contained);
    expect(mapReferences(resource, (reference) => reference)).toBe(resource);
  });

  it('are those that somebody knows already, where these are given', () => {
    const known = [resource.subject];
    const changed = mapReferences(resource, ({ reference }) => to(`${reference}x`), known);
    expect(changed).toStrictEqual({ ...resource, subject: to('Patient/px') });
  });
});
