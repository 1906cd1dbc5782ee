import type { EncounterParticipant as FhirParticipant } from 'fhir/r4.js';
import { codingsOf, phraseOf } from '../../fhir/datatypes/concept.js';
import { reference } from '../../fhir/datatypes/reference.js';
import { admitText, checkHoldable } from '../../fhir/datatypes/text.js';
import type { FhirScope } from '../../fhir/scope.js';
import { PARTICIPATION, SYSTEM } from '../../fhir/terminology/codeSystems.js';
import { align } from '../../lens/align.js';
import type { Codec, Row } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { reportEmpty } from '../../lens/object.js';
import { below, quietly, reportRequired, took } from '../../lens/scope.js';
import { isParticipation, isUntyped, responsibleIndex, typesOf, warnOfDoubt } from './responsible.js';

/** An item of `participants`: one who took part besides the responsible practitioner. */
export interface EncounterParticipant {
  /** The id of the practitioner. FHIR: `Encounter.participant.individual`. */
  practitionerId: string;
  /** What the practitioner did, in words. FHIR: `Encounter.participant.type`. */
  role?: string;
}

/** Who took part: the responsible practitioner, and the others. */
export interface Participants {
  /** The id of the responsible practitioner. FHIR: `Encounter.participant.individual`. */
  practitionerId?: string;
  /** The others who took part. FHIR: `Encounter.participant`. */
  participants?: EncounterParticipant[];
}

/** One participant of either kind. */
interface Person extends EncounterParticipant {
  readonly responsible?: true;
}

const practitioner = reference('Practitioner');

/**
 * Both fields share one list. The responsible one is the participant coded PPRF, else ATND, else the only one that has no
 * type; the others are written as PART, so that no reading promotes them.
 */
export function participants(): Codec<Participants, FhirParticipant[], FhirScope> {
  return {
    fidelity: 'partial',
    rule: 'the responsible participant and the others',
    schema: {
      type: 'object',
      properties: {
        practitionerId: practitioner.schema,
        participants: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            properties: { practitionerId: practitioner.schema, role: { type: 'string' } },
            required: ['practitionerId'],
          },
        },
      },
    },
    rows: [
      row('practitionerId', 'individual', 'the participant coded PPRF, else ATND, else the only one that has no type'),
      row('participants', '', 'every other participant', 'partial'),
      row('participants[].practitionerId', 'individual', practitioner.rule),
      row(
        'participants[].role',
        'type',
        'its text, else a display, else a code of participant types; written as text beside PART',
        'lossy',
      ),
    ],
    read(value, scope) {
      if (!Array.isArray(value)) return undefined;
      const people = persons(value, scope);
      tookPersons(value, people, scope);
      return gather(people);
    },
    write: (value, scope) => spreadOut(value).map((person) => writePerson(person, scope)),
    admit,
    put(value, before, scope) {
      if (!Array.isArray(before)) return undefined;
      const wanted = spreadOut(value ?? {});
      const have = quietly(scope, () => persons(before, scope));
      // The responsible one goes with the field, also where its reference could not be read.
      const index = quietly(scope, () => responsibleIndex(before, scope));
      const same = have[index]?.practitionerId === value?.practitionerId;
      const elements = same ? before : before.filter((_, position) => position !== index);
      const after = align<Person>(wanted, same ? have : have.filter((_, position) => position !== index), elements, {
        write: (person) => writePerson(person, scope),
        put: (person, element) => putPerson(person, element, scope),
        identity: (person) => (person.responsible === true ? [] : [person.practitionerId]),
      });
      const settled = unpromoted(after, wanted, scope);
      return settled.length === 0 ? undefined : (settled as FhirParticipant[]);
    },
  };
}

function row(payload: string, element: string, rule: string, fidelity: 'partial' | 'lossy' = 'partial'): Row {
  const targets = payload.endsWith('practitionerId') ? practitioner.targets : undefined;
  const required = payload.endsWith('[].practitionerId');
  return { payload, element, rule, fidelity, required, ...(targets === undefined ? {} : { targets }) };
}

function spreadOut(value: Participants): Person[] {
  const responsible: Person[] =
    value.practitionerId === undefined ? [] : [{ practitionerId: value.practitionerId, responsible: true }];
  return [...responsible, ...(value.participants ?? [])];
}

function gather(people: readonly (Person | undefined)[]): Participants | undefined {
  const result: Participants = {};
  for (const person of people) {
    if (person === undefined) continue;
    if (person.responsible === true) result.practitionerId = person.practitionerId;
    else {
      result.participants ??= [];
      result.participants.push(person);
    }
  }
  return result.practitionerId === undefined && result.participants === undefined ? undefined : result;
}

/** The person behind each element; undefined where it is not a practitioner whose id can be told. */
function persons(elements: readonly unknown[], scope: FhirScope): (Person | undefined)[] {
  const responsible = responsibleIndex(elements, scope);
  return elements.map((element, index) => {
    if (!isObject(element)) return undefined;
    const practitionerId = below(scope, [index, 'individual'], () => practitioner.read(element.individual, scope));
    if (practitionerId === undefined) return undefined;
    if (index === responsible) {
      warnOfDoubt(element, index, scope);
      return { practitionerId, responsible: true };
    }
    const role = roleOf(element);
    return role === undefined || !checkHoldable(role, scope) ? { practitionerId } : { practitionerId, role };
  });
}

/** A writing gives the responsible one first, then the others in their order. */
function tookPersons(elements: readonly unknown[], people: readonly (Person | undefined)[], scope: FhirScope): void {
  if (people[0]?.responsible === true && !people.includes(undefined)) return;
  const rank = (index: number): number => (people[index]?.responsible === true ? -1 : index);
  const order = [...people.keys()].filter((index) => people[index] !== undefined);
  took(
    scope,
    elements,
    order.sort((a, b) => rank(a) - rank(b)),
  );
}

/** Where the codes of participant types are from (https://hl7.org/fhir/R4/valueset-encounter-participant-type.html). */
const ROLES = [SYSTEM.participationType, SYSTEM.participantType];

/** The words of the first type that says more than that somebody took part. */
function roleOf(element: JsonObject): string | undefined {
  for (const type of typesOf(element)) {
    const telling = codingsOf(type).filter((coding) => !isParticipation(coding, PARTICIPATION.other.code));
    const role = phraseOf({ ...type, coding: telling }, { systems: ROLES });
    if (role !== undefined) return role;
  }
  return undefined;
}

function writePerson(person: Person, scope: FhirScope): FhirParticipant {
  const individual = practitioner.write(person.practitionerId, scope);
  const coding = [{ ...(person.responsible === true ? PARTICIPATION.responsible : PARTICIPATION.other) }];
  return { type: [person.role === undefined ? { coding } : { coding, text: person.role }], individual };
}

/** When others go, the last one without a type would be taken for the responsible one, which the payload does not say. */
function unpromoted(elements: readonly unknown[], wanted: readonly Person[], scope: FhirScope): readonly unknown[] {
  if (wanted.some(({ responsible }) => responsible === true)) return elements;
  const promoted = quietly(scope, () => responsibleIndex(elements, scope));
  return elements.map((element, index) => {
    if (index !== promoted || !isObject(element) || !isUntyped(element)) return element;
    return { ...element, type: [{ coding: [{ ...PARTICIPATION.other }] }] };
  });
}

/** A participant whose role changed keeps what else is said of the participation. */
function putPerson(person: Person, element: unknown, scope: FhirScope): unknown {
  if (!isObject(element)) return writePerson(person, scope);
  if (person.responsible === true || roleOf(element) === person.role) return element;
  return { ...element, type: writePerson(person, scope).type };
}

function admit(value: Participants, scope: FhirScope): Participants | undefined {
  const normal: Participants = {};
  const practitionerId = admitAt(['practitionerId'], value.practitionerId, practitioner.admit, scope);
  if (practitionerId !== undefined) normal.practitionerId = practitionerId;
  const others = (value.participants ?? []).map((person, index) => {
    const id = admitAt(['participants', index, 'practitionerId'], person.practitionerId, practitioner.admit, scope);
    const role = admitAt(['participants', index, 'role'], person.role, admitText, scope);
    if (id === undefined) reportRequired(scope, 'participants', index, 'practitionerId');
    return id === undefined ? undefined : { practitionerId: id, ...(role === undefined ? {} : { role }) };
  });
  const present = others.filter((person) => person !== undefined);
  if (present.length > 0) normal.participants = present;
  else if (value.participants?.length === 0) reportEmpty(scope);
  return normal.practitionerId === undefined && normal.participants === undefined ? undefined : normal;
}

function admitAt<T>(
  at: readonly (string | number)[],
  value: T | undefined,
  run: (value: T, scope: FhirScope) => T | undefined,
  scope: FhirScope,
): T | undefined {
  if (value === undefined) return undefined;
  return below(scope, at, () => run(value, scope));
}
