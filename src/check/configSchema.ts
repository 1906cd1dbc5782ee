import type { SettingsSchema } from './schemaFault.js';

/** The names of the formats of findings. */
export const FORMATS = ['text', 'compact', 'json', 'ndjson', 'operation-outcome', 'sarif', 'junit', 'github'] as const;

/** How many findings may be shown in full: they are held in memory. */
export const MOST_DIAGNOSTICS = 10_000;

/** How many issues of one record may be asked for. */
export const MOST_ISSUES = 100_000;

const text = (description: string): SettingsSchema => ({ type: 'string', pattern: '\\S', description });

/** A rule of the user's own, as validate takes it; what its parts may be in detail `faultInRule` says. */
export const RULE_SCHEMA: SettingsSchema = {
  type: 'object',
  description: 'A rule in FHIRPath, which has to be true of every element of a type or at a path.',
  properties: {
    id: text('A stable identifier of the rule, of letters, digits, hyphens and dots.'),
    context: text('A type or path of R4: Patient, Patient.contact, Observation.value.'),
    severity: { type: 'string', enum: ['error', 'warning', 'information'], description: 'How bad a breach of it is.' },
    expression: text('What has to be true, in FHIRPath.'),
    message: text('What is said where it is not.'),
  },
  required: ['id', 'context', 'severity', 'expression', 'message'],
  additionalProperties: false,
};

/** The schema of a file of rules that is an object. */
export const RULES_SCHEMA: SettingsSchema = {
  type: 'object',
  properties: {
    $schema: text('The schema of this file.'),
    rules: { type: 'array', items: RULE_SCHEMA, description: 'The rules.' },
  },
  required: ['rules'],
  additionalProperties: false,
};

/** The schema of `clinik-fhir.config.json`, for editors and for the command line alike; docs/schemas/config.json is made of it. */
export const CONFIG_SCHEMA: SettingsSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:clinik-fhir:schema:config',
  title: 'clinik-fhir.config.json: the settings of clinik-fhir validate',
  description: 'Options of the command line win over it. Paths are relative to the folder of the file.',
  type: 'object',
  properties: {
    $schema: text('The schema of this file, for editors.'),
    formats: {
      type: 'array',
      description: 'What is written, and where to.',
      items: {
        type: 'object',
        properties: {
          format: { type: 'string', enum: FORMATS, description: 'The name of a format.' },
          output: text('The file to write it to; standard output, if left out.'),
        },
        required: ['format'],
        additionalProperties: false,
      },
    },
    failOn: {
      type: 'string',
      enum: ['error', 'warning'],
      description: 'The mildest severity of a new finding that ends the run with exit code 1.',
    },
    rules: {
      type: ['string', 'array'],
      pattern: '\\S',
      items: RULE_SCHEMA,
      description: 'Rules of your own, or the path of a JSON file of them.',
    },
    bestPractice: { type: 'boolean', description: 'True to look at rules of best practice, too.' },
    maxIssues: {
      type: 'integer',
      minimum: 1,
      maximum: MOST_ISSUES,
      description: 'How many issues of one record are reported at most.',
    },
    maxDiagnostics: {
      type: 'integer',
      minimum: 0,
      maximum: MOST_DIAGNOSTICS,
      description: 'How many findings the format text shows in full: 0 leaves the table of rules.',
    },
    statistics: { type: 'boolean', description: 'True for the table of all rules alone, in the format text.' },
    quiet: { type: 'boolean', description: 'True to print no text; other formats are written as ever.' },
    baseline: text('The path of a file with the findings that are known, as --write-baseline writes it.'),
    ignore: {
      type: 'array',
      description: 'Findings that are set aside. They are counted, and shown with the reason.',
      items: {
        type: 'object',
        properties: {
          rule: text('The identifier of a rule, or the beginning of some with * at its end.'),
          path: text('A FHIRPath location without indexes, Patient.name: findings there and below.'),
          reason: text('Why they are set aside.'),
        },
        required: ['rule', 'reason'],
        additionalProperties: false,
      },
    },
    ig: {
      type: 'array',
      items: text('A package (hl7.fhir.uv.ips, hl7.fhir.uv.ips@2.0.0), a folder, or a .tgz file.'),
      description: 'Implementation guides, to whose profiles resources are held that claim them.',
    },
    profile: {
      type: 'array',
      items: text('The canonical of a profile, or Type=canonical.'),
      description: 'Profiles that every resource of their types is held to, whatever it claims.',
    },
    terminology: {
      type: 'array',
      items: text('A folder.'),
      description: 'Folders of value sets with their expansions and of code systems that the guides do not have.',
    },
    mustSupport: {
      type: 'boolean',
      description: 'True to note elements that a profile marks as mustSupport and that are not there.',
    },
    requireComplete: {
      type: 'boolean',
      description: 'True to end with exit code 1 where something could not be checked.',
    },
    include: {
      type: 'array',
      items: text('A glob of names, *.Patient.ndjson, or, with a /, of paths below the folder that is validated.'),
      description: 'Of folders, only files that one of these globs matches.',
    },
    exclude: {
      type: 'array',
      items: text('A glob of names, *.log.ndjson, or, with a /, of paths below the folder that is validated.'),
      description: 'Of folders, no files that one of these globs matches.',
    },
  },
  additionalProperties: false,
};
