import type { CodeableConcept } from 'fhir/r4.js';
import { withinLimit } from '../../fhir/datatypes/text.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { noteUnread, report } from '../../lens/scope.js';
import { certaintyOfConcept } from './certainty.js';
import { inDoubt, refuse } from './judged.js';

type ConceptCodec<P> = Codec<P, CodeableConcept, FhirScope>;

/**
 * A concept that may say by itself how sure it is, as ICD-10-GM does on its codings: nothing is read where it is denied, and `doubted`
 * puts a word of doubt in front of what is read.
 */
export function certain<P>(
  codec: ConceptCodec<P>,
  doubted: (value: P, inFront: (words: string) => string | undefined, scope: FhirScope) => P | undefined,
): ConceptCodec<P> {
  return {
    ...codec,
    read(value, scope) {
      const certainty = certaintyOfConcept(value);
      if (certainty.kind === 'denied') return refuse(certainty.as, scope);
      if (certainty.kind === 'unknown') return refuse('unknown', scope);
      const read = codec.read(value, scope);
      if (certainty.kind !== 'doubtful' || read === undefined) return read;
      return doubted(read, (words) => inDoubt(certainty.word, words, scope), scope);
    },
  };
}

/** Words that may be doubted; the limit is that of both. */
export function certainWords(codec: ConceptCodec<string>): ConceptCodec<string> {
  const { maxLength } = codec.schema;
  const max = typeof maxLength === 'number' ? maxLength : undefined;
  return certain(codec, (words, inFront, scope) => {
    const said = inFront(words);
    return said === undefined ? undefined : withinLimit(said, max, true, scope);
  });
}

/** A text with a code, which goes where the text is doubted. */
export const certainText = <P extends { code?: string; text?: string }>(codec: ConceptCodec<P>) =>
  certain(codec, ({ code, ...rest }, inFront) => {
    const text = inFront(rest.text ?? code ?? '');
    return text === undefined ? undefined : ({ ...rest, text } as P);
  });

/** A code object, which has no place for a doubt. */
export const certainCode = <P>(codec: ConceptCodec<P>) =>
  certain(codec, (_value, _inFront, scope): P | undefined => {
    noteUnread(scope, 'denied');
    report(scope, {
      severity: 'warning',
      code: 'incomplete',
      id: 'code-in-doubt',
      diagnostics: 'The code is not certain, and ClinikAPI has no place to say so; it was not read.',
    });
    return undefined;
  });
