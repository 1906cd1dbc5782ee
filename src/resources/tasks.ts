import type { TaskInput as FhirTaskInput, TaskRestriction as FhirTaskRestriction, Task } from 'fhir/r4.js';
import { markAbsent } from '../fhir/dataAbsent.js';
import { notes } from '../fhir/datatypes/annotation.js';
import { code, status } from '../fhir/datatypes/code.js';
import { concept } from '../fhir/datatypes/concept.js';
import { date, dateTime } from '../fhir/datatypes/dateTime.js';
import { boolean, integer, positiveInt } from '../fhir/datatypes/number.js';
import { type PayloadPeriod, period, plainPeriod } from '../fhir/datatypes/period.js';
import { anyReference, reference } from '../fhir/datatypes/reference.js';
import { text } from '../fhir/datatypes/text.js';
import type { FhirScope } from '../fhir/scope.js';
import { taskCode } from '../fhir/terminology/codeSystems.js';
import { choice } from '../lens/choice.js';
import type { JsonObject } from '../lens/json.js';
import { list } from '../lens/list.js';
import { object } from '../lens/object.js';
import { lensOf } from './lens.js';
import { rulesFor } from './table.js';
import { certainWords } from './targets/certain.js';

/** An item of `input` or `output`: a name, and one value at most. */
export interface TaskParameter {
  /** What the value is, in words. FHIR: `Task.input.type`, `Task.output.type`. */
  type: string;
  /** A text. FHIR: `Task.input.valueString`, `Task.output.valueString`. */
  valueString?: string;
  /** Yes or no. FHIR: `Task.input.valueBoolean`, `Task.output.valueBoolean`. */
  valueBoolean?: boolean;
  /** A whole number. FHIR: `Task.input.valueInteger`, `Task.output.valueInteger`. */
  valueInteger?: number;
  /** A date, which may be partial. FHIR: `Task.input.valueDate`, `Task.output.valueDate`. */
  valueDate?: string;
  /** A date-time with its offset. FHIR: `Task.input.valueDateTime`, `Task.output.valueDateTime`. */
  valueDateTime?: string;
  /**
   * The id of a record, bare or with its type in front.
   * FHIR: `Task.input.valueReference`, `Task.output.valueReference`.
   */
  valueReference?: string;
}

/** What limits the fulfilment that is asked for. */
export interface TaskRestriction {
  /** How often it is to be done; 1 or more. FHIR: `Task.restriction.repetitions`. */
  repetitions?: number;
  /** When it is to be done: dates or date-times, which may be partial. FHIR: `Task.restriction.period`. */
  period?: PayloadPeriod;
  /** Ids of those for whom it is to be done, bare or with their type in front. FHIR: `Task.restriction.recipient`. */
  recipientIds?: string[];
}

/** The create payload of `/v1/tasks`, as ClinikAPI's SDK types it. */
export interface TaskPayload {
  /** How far the task has come; a resource with any other status is refused. FHIR: `Task.status`. */
  status:
    | 'draft'
    | 'requested'
    | 'received'
    | 'accepted'
    | 'rejected'
    | 'ready'
    | 'cancelled'
    | 'in-progress'
    | 'on-hold'
    | 'failed'
    | 'completed';
  /** How binding it is. FHIR: `Task.intent`. */
  intent:
    | 'unknown'
    | 'proposal'
    | 'plan'
    | 'order'
    | 'original-order'
    | 'reflex-order'
    | 'filler-order'
    | 'instance-order'
    | 'option';
  /** Why it has this status, in words. At most 500 characters. FHIR: `Task.statusReason`. */
  statusReason?: string;
  /** How far it has come in the terms of its workflow. At most 200 characters. FHIR: `Task.businessStatus`. */
  businessStatus?: string;
  /** How urgent it is. FHIR: `Task.priority`. */
  priority?: 'routine' | 'urgent' | 'asap' | 'stat';
  /** What is to be done: a code of task-code, or words. At most 200 characters. FHIR: `Task.code`. */
  code?: string;
  /** What is to be done, at length. At most 2000 characters. FHIR: `Task.description`. */
  description?: string;
  /** The id of the record that it acts on, bare or with its type in front. FHIR: `Task.focus`. */
  focusId?: string;
  /** The id of the patient who benefits from it. FHIR: `Task.for`. */
  patientId?: string;
  /** The id of the encounter in which it was asked for. FHIR: `Task.encounter`. */
  encounterId?: string;
  /** When work on it started and ended: date-times with their offset. FHIR: `Task.executionPeriod`. */
  executionPeriod?: PayloadPeriod;
  /**
   * When it was made: a date-time with its offset. ClinikAPI fills in the time of the upload where there is none.
   * FHIR: `Task.authoredOn`.
   */
  authoredOn?: string;
  /** The id of the practitioner who asks for it. FHIR: `Task.requester`. */
  requesterId?: string;
  /** The id of the practitioner who is to do it. FHIR: `Task.owner`. */
  ownerId?: string;
  /** Why it is to be done, in words. At most 500 characters. FHIR: `Task.reasonCode`. */
  reasonCode?: string;
  /** Remarks. At most 2000 characters; the notes of a resource are joined by blank lines. FHIR: `Task.note`. */
  note?: string;
  /** Ids of the requests that it fulfils, bare or with their type in front. FHIR: `Task.basedOn`. */
  basedOn?: string[];
  /** Ids of the tasks that it is a part of. FHIR: `Task.partOf`. */
  partOf?: string[];
  /** What is needed to do it. FHIR: `Task.input`. */
  input?: TaskParameter[];
  /** What came of it. FHIR: `Task.output`. */
  output?: TaskParameter[];
  /** What limits the fulfilment that is asked for. FHIR: `Task.restriction`. */
  restriction?: TaskRestriction;
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface TaskInput extends TaskPayload {
  /**
   * ClinikAPI's id of the record, as its flat shape carries it.
   * FHIR: `Task.id`, or `Task.identifier` where FHIR does not allow it as an id.
   */
  id?: string;
}

const { field } = rulesFor<TaskInput, Task>();
const ofParameter = rulesFor<TaskParameter, FhirTaskInput>();
const ofRestriction = rulesFor<TaskRestriction, FhirTaskRestriction>();

const parameter = object<TaskParameter, FhirTaskInput, FhirScope>([
  ofParameter.field('type', 'type', concept(undefined, undefined, { anyCode: true }), { required: true }),
  choice(
    [
      ofParameter.field('valueString', 'valueString', text()),
      ofParameter.field('valueBoolean', 'valueBoolean', boolean()),
      ofParameter.field('valueInteger', 'valueInteger', integer()),
      ofParameter.field('valueDate', 'valueDate', date()),
      ofParameter.field('valueDateTime', 'valueDateTime', dateTime()),
      ofParameter.field('valueReference', 'valueReference', anyReference()),
    ],
    { owns: (element) => /^_?value[A-Z]/.test(element), expected: true, absent: markAbsent('_valueString') },
  ),
]);

const restriction = object<TaskRestriction, FhirTaskRestriction, FhirScope>([
  ofRestriction.field('repetitions', 'repetitions', positiveInt()),
  ofRestriction.field('period', 'period', plainPeriod()),
  ofRestriction.field(
    'recipientIds',
    'recipient',
    list(anyReference(['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson', 'Group', 'Organization'])),
  ),
]);

/** `/v1/tasks` ⇄ Task (https://hl7.org/fhir/R4/task.html). */
export const tasksLens = lensOf<TaskInput, TaskPayload, Task>({
  resourceType: 'Task',
  path: 'tasks',
  defaulted: [['authoredOn', 'authoredOn']],
  settle: stampLastModified,
  updatable: [
    'status',
    'statusReason',
    'businessStatus',
    'priority',
    'description',
    'ownerId',
    'executionPeriod',
    'note',
    'output',
  ],
  rules: [
    field('basedOn', 'basedOn', list(anyReference())),
    field('partOf', 'partOf', list(reference('Task'))),
    field(
      'status',
      'status',
      status([
        'draft',
        'requested',
        'received',
        'accepted',
        'rejected',
        'ready',
        'cancelled',
        'in-progress',
        'on-hold',
        'failed',
        'completed',
      ]),
      { required: true },
    ),
    field('statusReason', 'statusReason', certainWords(concept(500))),
    field('businessStatus', 'businessStatus', concept(200, undefined, { anyCode: true })),
    field(
      'intent',
      'intent',
      code([
        'unknown',
        'proposal',
        'plan',
        'order',
        'original-order',
        'reflex-order',
        'filler-order',
        'instance-order',
        'option',
      ]),
      { required: true },
    ),
    field('priority', 'priority', code(['routine', 'urgent', 'asap', 'stat'])),
    field('code', 'code', certainWords(concept(200, taskCode, { slugs: true, anyCode: true }))),
    field('description', 'description', text(2000)),
    field('focusId', 'focus', anyReference()),
    field('patientId', 'for', reference('Patient')),
    field('encounterId', 'encounter', reference('Encounter')),
    field('executionPeriod', 'executionPeriod', period()),
    field('authoredOn', 'authoredOn', dateTime()),
    field('requesterId', 'requester', reference('Practitioner')),
    field('ownerId', 'owner', reference('Practitioner')),
    field('reasonCode', 'reasonCode', certainWords(concept(500))),
    field('note', 'note', notes(2000)),
    field('restriction', 'restriction', restriction),
    field('input', 'input', list(parameter)),
    field('output', 'output', list(parameter)),
  ],
});

function stampLastModified(after: JsonObject, _before: JsonObject, scope: FhirScope): void {
  if (scope.options.now === undefined) return;
  after.lastModified = scope.options.now;
  delete after._lastModified;
}
