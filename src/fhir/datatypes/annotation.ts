import type { Annotation } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject } from '../../lens/json.js';
import { noteUnread } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';
import { admitText, checkHoldable, nonEmpty, withinLimit } from './text.js';

/** One text of a payload for a list of Annotations (https://hl7.org/fhir/R4/datatypes.html#Annotation): their texts, a blank line between them. */
export function notes(max: number): Codec<string, Annotation[], FhirScope> {
  return {
    fidelity: 'lossy',
    rule: 'the texts of all notes, a blank line between them; author and time are lost',
    schema: { type: 'string', maxLength: max },
    read(value, scope) {
      if (!Array.isArray(value)) return undefined;
      const texts = value
        .map((note) => (isObject(note) ? nonEmpty(note.text) : undefined))
        .filter((t) => t !== undefined);
      if (texts.length > 1) {
        noteUnread(scope, 'joined', 0, 'text');
        for (let index = 1; index < value.length; index += 1) noteUnread(scope, 'joined', index);
      }
      const joined = texts.join('\n\n');
      if (joined === '' || !checkHoldable(joined, scope)) return undefined;
      return withinLimit(joined, max, true, scope);
    },
    write: (value) => [{ text: value }],
    admit: admitText,
  };
}
