import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { validate } from '../../src/validate/validate.js';
import { hospitalExport } from '../corpora.js';
import { speed, type Task, timePaired, YARDSTICK } from '../paired.js';
import { fhirkit } from '../peers/fhirkit.js';
import { java } from '../peers/java.js';
import type { Measured, Part } from '../row.js';

const ROUNDS = 61;
const WARM_UP = 20;
const OF_OTHERS = { ofOthers: true } as const;

/** Other validators for JavaScript, given HL7's own definitions, which the tables here are made from. */
function javaScript(): Task[] {
  const examples = join('node_modules', 'hl7.fhir.r4.examples');
  indexStructureDefinitionBundle(
    readdirSync(examples)
      .filter((file) => file.startsWith('StructureDefinition-'))
      .map((file) => JSON.parse(readFileSync(join(examples, file), 'utf8')))
      .filter(({ kind, derivation }) => kind !== 'logical' && derivation !== 'constraint'),
  );
  const { Fhir } = createRequire(import.meta.url)('fhir');
  const fhir = new Fhir();
  const medplum = (line: string): number => {
    try {
      return validateResource(JSON.parse(line)).length + 1;
    } catch {
      return 1;
    }
  };
  return [
    { id: 'medplum', name: '@medplum/core 4.5, validateResource', run: medplum, every: 20 },
    {
      id: 'fhir',
      name: 'fhir 4.12, validate',
      run: (line) => fhir.validate(JSON.parse(line)).messages.length + 1,
      every: 20,
    },
  ];
}

function measure(): Measured[] {
  const { id: corpus, lines, bytes } = hospitalExport();
  const own: Task = {
    id: 'clinik-fhir',
    name: 'clinik-fhir, validate',
    run: (line) => validate(JSON.parse(line)).issue.length,
  };
  const [yardstick, ...timed] = timePaired([YARDSTICK, own, ...javaScript()], lines, ROUNDS, WARM_UP);
  const unit = '× JSON';
  const rows = timed.map(({ task, ratio, milliseconds }) => ({
    id: `peers/${corpus}/${task.id}`,
    name: task.name,
    unit,
    value: ratio,
    detail: speed(bytes, milliseconds),
    ...(task === own ? {} : OF_OTHERS),
  }));
  const others = [fhirkit, java].map(({ id, name, time }): Measured => {
    const took = time(lines);
    const named = { id: `peers/${corpus}/${id}`, name };
    if (typeof took === 'string') return { ...named, notRun: took };
    return {
      ...named,
      unit,
      value: took / (yardstick?.milliseconds ?? Number.NaN),
      detail: speed(bytes, took),
      ...OF_OTHERS,
    };
  });
  return [...rows, ...others];
}

export const peers: Part = {
  name: 'peers',
  title: 'Validators of others, on the same lines',
  here: () => [hospitalExport().id],
  measure,
};
