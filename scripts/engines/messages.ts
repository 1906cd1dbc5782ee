import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questions } from './questions.js';

/** A message for one of the scripts of integrations/mirth, or for what does the same elsewhere. */
export interface Message {
  readonly script: 'transformer-from-fhir' | 'transformer-to-fhir' | 'filter' | 'response-transformer';
  readonly path?: string;
  readonly msg: unknown;
}

/** It stands in what is refused, and may stand in no log and in no error. */
export const SECRET = 'Zyxwvut';

/** Every message: what the questions are about, and what is refused, with a value wherever there can be one. */
export function messages(): readonly Message[] {
  const asked = questions().flatMap(({ do: what, path, input, options = {} }): Message[] => {
    if (what === 'fromFhir') return [{ script: 'transformer-from-fhir', msg: input }];
    if (what === 'toFhir' && Object.keys(options).length === 0 && path !== undefined) {
      return [{ script: 'transformer-to-fhir', path, msg: input }];
    }
    // A channel has no rules of its own.
    return what === 'validate' && !('rules' in options) ? [{ script: 'filter', msg: input }] : [];
  });
  return [...asked, ...responses(), ...SECRETS];
}

function responses(): Message[] {
  const folder = join('fixtures', 'responses');
  return readdirSync(folder).flatMap((shape) =>
    readdirSync(join(folder, shape))
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({
        script: 'response-transformer',
        msg: JSON.parse(readFileSync(join(folder, shape, name), 'utf8')),
      })),
  );
}

const SECRETS: readonly Message[] = [
  { script: 'transformer-from-fhir', msg: { resourceType: SECRET } },
  { script: 'transformer-from-fhir', msg: { resourceType: 'Encounter', id: SECRET, status: SECRET, [SECRET]: SECRET } },
  { script: 'transformer-to-fhir', path: 'encounters', msg: { status: SECRET, class: SECRET, [SECRET]: SECRET } },
  { script: 'transformer-to-fhir', path: SECRET, msg: { status: SECRET } },
  { script: 'filter', msg: { resourceType: 'Patient', id: SECRET, gender: SECRET, [SECRET]: SECRET } },
  { script: 'response-transformer', msg: { [SECRET]: SECRET } },
  { script: 'transformer-from-fhir', msg: { resourceType: 'Bundle', type: 'collection' } },
  { script: 'transformer-from-fhir', msg: { resourceType: { toString: SECRET } } },
  { script: 'transformer-from-fhir', msg: null },
  { script: 'transformer-to-fhir', path: 'encounters', msg: null },
  { script: 'transformer-to-fhir', msg: null },
  { script: 'filter', msg: null },
  { script: 'response-transformer', msg: null },
];
