import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ensure } from './support/ensure.js';

const documented = new Set(
  [...readFileSync(join('docs', 'issues.md'), 'utf8').matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map((m) => m[1]),
);

const textOf = (folders: readonly string[]): string =>
  folders
    .flatMap((folder) =>
      readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' }).map((file) => join('src', folder, file)),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

const CORE = ['lens', 'fhir', 'resources', 'bundle', 'response'];
const sources = textOf(CORE);
/** Runs of the command line give issues of their own, most of which docs/files.md has. */
const everywhere = textOf([...CORE, 'read', 'convert', 'check']);

/** The identifiers that the core gives to issues: what stands behind `id:`, and what begins like one of a family. */
const given = new Set(
  [
    ...sources.matchAll(
      /'((?:payload|put|section|assessment|encounter|text|date|code|uri|base64)-[a-z0-9-]+|[a-z0-9]+(?:-[a-z0-9]+)+)'/g,
    ),
  ]
    .filter(
      ([quoted, id = '']) =>
        sources.includes(`id: ${quoted}`) ||
        /^(payload|put|section|assessment|bundle)-/.test(id) ||
        id.endsWith('-grammar'),
    )
    .map(([, id]) => id),
);

describe('docs/issues.md', () => {
  it('has every identifier that the core gives', () => {
    expect([...given].filter((id) => !documented.has(id))).toStrictEqual([]);
    ensure(given.size > 40, String(given.size));
  });

  it('has no identifier that nothing gives', () => {
    expect([...documented].filter((id) => !everywhere.includes(`'${id}'`))).toStrictEqual([]);
  });
});
