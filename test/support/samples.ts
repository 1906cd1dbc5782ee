/** Small records of the kinds that the pipeline tells apart. */
export const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
  subject: { reference: 'Patient/p1' },
} as const;

export const patient = { resourceType: 'Patient', id: 'p1' } as const;

export const condition = {
  resourceType: 'Condition',
  id: 'c1',
  subject: { reference: 'Patient/p1' },
  code: { text: 'Essential hypertension' },
} as const;

export const encounterPayload = { status: 'finished', class: 'AMB', patientId: 'p1' } as const;

export const labPayload = { status: 'final', code: 'Haemoglobin', patientId: 'pt_1', category: 'LAB' } as const;

export const taskPayload = { status: 'requested', intent: 'order', patientId: 'pt_1' } as const;

/** A Bundle of resources by their `fullUrl`. */
export function bundle(
  entries: readonly { fullUrl?: string; resource?: object; request?: object }[],
  type = 'collection',
) {
  return { resourceType: 'Bundle', type, entry: entries };
}
