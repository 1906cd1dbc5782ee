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
import { resourceLens } from './lens.js';
import { rulesFor } from './table.js';

/** An input or output: at most one value. */
export interface TaskParameter {
  type: string;
  valueString?: string;
  valueBoolean?: boolean;
  valueInteger?: number;
  valueDate?: string;
  valueDateTime?: string;
  valueReference?: string;
}

export interface TaskRestriction {
  repetitions?: number;
  period?: PayloadPeriod;
  recipientIds?: string[];
}

/** The create payload of `/v1/tasks`, as ClinikAPI's SDK types it. */
export interface TaskPayload {
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
  statusReason?: string;
  businessStatus?: string;
  priority?: 'routine' | 'urgent' | 'asap' | 'stat';
  code?: string;
  description?: string;
  focusId?: string;
  patientId?: string;
  encounterId?: string;
  executionPeriod?: PayloadPeriod;
  authoredOn?: string;
  requesterId?: string;
  ownerId?: string;
  reasonCode?: string;
  note?: string;
  basedOn?: string[];
  partOf?: string[];
  input?: TaskParameter[];
  output?: TaskParameter[];
  restriction?: TaskRestriction;
}

/** The create payload as ClinikAPI's OpenAPI file takes it. */
export interface TaskInput extends TaskPayload {
  id?: string;
}

const { field } = rulesFor<TaskInput, Task>();
const ofParameter = rulesFor<TaskParameter, FhirTaskInput>();
const ofRestriction = rulesFor<TaskRestriction, FhirTaskRestriction>();

const parameter = object<TaskParameter, FhirTaskInput, FhirScope>([
  ofParameter.field('type', 'type', concept(), { required: true }),
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
export const tasks = resourceLens<TaskInput, TaskPayload, Task>({
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
    field('statusReason', 'statusReason', concept(500)),
    field('businessStatus', 'businessStatus', concept(200)),
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
    field('code', 'code', concept(200, taskCode, { slugs: true })),
    field('description', 'description', text(2000)),
    field('focusId', 'focus', anyReference()),
    field('patientId', 'for', reference('Patient')),
    field('encounterId', 'encounter', reference('Encounter')),
    field('executionPeriod', 'executionPeriod', period()),
    field('authoredOn', 'authoredOn', dateTime()),
    field('requesterId', 'requester', reference('Practitioner')),
    field('ownerId', 'owner', reference('Practitioner')),
    field('reasonCode', 'reasonCode', concept(500)),
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
