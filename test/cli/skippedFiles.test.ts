import { describe, expect, it } from '@jest/globals';
import { fill, temporaryFolder, tree } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhirIn } from './run.js';
import { fine, object } from './scratch.js';

const visit = { ...encounter, text: fine.text };
const told = (text: string): string => text.replaceAll(/\s+/g, ' ');
const HIDDEN = '1 hidden file or folder was skipped.';
const EARLIER = '2 files or folders were skipped as what an earlier run of clinik-fhir reported or set aside.';

describe('files that are passed over by their names', () => {
  const files = {
    'in/a.ndjson': [visit],
    'in/.b.ndjson': [visit],
    'in/losses.ndjson': [{ source: {} }],
    'in/summary.json': {},
  };

  it('are said by convert', async () => {
    const folder = fill(temporaryFolder(), files);
    const { code, stdout } = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect(code).toBe(0);
    expect(told(stdout)).toContain(HIDDEN);
    expect(told(stdout)).toContain(EARLIER);
  });

  it('are said by validate', async () => {
    const { code, stderr } = await clinikFhirIn(fill(temporaryFolder(), files), ['validate', 'in']);
    expect(code).toBe(0);
    expect(told(stderr)).toContain(HIDDEN);
    expect(told(stderr)).toContain(EARLIER);
  });

  it.each(['convert', 'validate'])('are said by %s where there is nothing else', async (command) => {
    const folder = fill(temporaryFolder(), { 'in/.b.ndjson': [visit] });
    const { code, stderr } = await clinikFhirIn(folder, [command, 'in', ...(command === 'convert' ? ['--plan'] : [])]);
    expect(code).toBe(2);
    expect(told(stderr)).toContain(HIDDEN);
  });

  it.each(['in', 'in/sources.ndjson'])('are records where these are in sources.ndjson: %s', async (given) => {
    const folder = fill(temporaryFolder(), { 'in/sources.ndjson': [visit] });
    const { code, stderr } = await clinikFhirIn(folder, ['convert', given, '--out', 'out']);
    expect([code, stderr]).toStrictEqual([0, '']);
  });
});

describe('records of other formats under the names of inputs', () => {
  it('are said each by its own, on the terminal, in summary.json and in the report', async () => {
    const folder = fill(temporaryFolder(), {
      'in/c.json': '<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
      'in/m.ndjson': 'MSH|^~\\&|A|B\nMSH|^~\\&|A|B\n',
    });
    const command = ['convert', 'in', '--out', 'out', '--report', 'report.html'];
    const { code, stdout } = await clinikFhirIn(folder, command);
    expect(code).toBe(1);
    expect(told(stdout)).toMatch(/2 json-malformed: This is an HL7 v2 message.* 1 json-malformed: This is C-CDA/);
    const written = tree(folder);
    expect(object(written['out/summary.json'] ?? '').rejects).toMatchObject([
      { id: 'json-malformed', records: 2, diagnostics: expect.stringContaining('HL7 v2') },
      { id: 'json-malformed', records: 1, diagnostics: expect.stringContaining('C-CDA') },
    ]);
    expect(written['report.html']).toContain('HL7 v2 message');
    expect(written['report.html']).toContain('C-CDA');
  });
});
