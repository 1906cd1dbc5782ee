'use strict';

const assert = require('node:assert/strict');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { describe, it } = require('node:test');
const { runInNewContext } = require('node:vm');
const { findLens } = require('clinik-fhir');
const { CHOICES, conversionOptions } = require('../lib/settings.js');

const PACKAGE = join(__dirname, '..');
const { 'node-red': declared } = require('../package.json');

const nodes = Object.entries(declared.nodes).map(([type, file]) => {
  const html = readFileSync(join(PACKAGE, file.replace(/\.js$/, '.html')), 'utf8');
  const [, script] = /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(html);
  const registered = {};
  const RED = { nodes: { registerType: (name, definition) => Object.assign(registered, { name, definition }) } };
  runInNewContext(script, { RED });
  const part = (attribute) =>
    new RegExp(`<script type="text/html" ${attribute}="${type}">([\\s\\S]*?)</script>`).exec(html)?.[1];
  return { type, html, ...registered, form: part('data-template-name'), help: part('data-help-name') };
});

const selectOf = (form, id) => {
  const [, options] = new RegExp(`<select id="${id}"[^>]*>([\\s\\S]*?)</select>`).exec(form);
  return [...options.matchAll(/value="([^"]*)"/g)].map(([, value]) => value);
};

describe('the editor', () => {
  for (const { type, name, definition, form, help } of nodes) {
    const prefix = type === 'clinik-fhir-config' ? 'node-config-input-' : 'node-input-';

    it(`has a field for each property of ${type}, and for nothing else`, () => {
      assert.equal(name, type);
      const fields = [...form.matchAll(/<(?:input|select|textarea)[^>]* id="([^"]+)"/g)].map(([, id]) => id);
      assert.deepEqual(
        fields.toSorted(),
        Object.keys(definition.defaults)
          .map((key) => prefix + key)
          .toSorted(),
      );
    });

    it(`begins ${type} with a value that its form has`, () => {
      for (const [key, { value }] of Object.entries(definition.defaults))
        if (form.includes(`<select id="${prefix}${key}"`)) assert.ok(selectOf(form, prefix + key).includes(value), key);
    });

    it(`has help for ${type}`, () => {
      const parts = type === 'clinik-fhir-config' ? ['Properties', 'Details'] : ['Inputs', 'Outputs', 'Details'];
      for (const part of parts) assert.ok(help.includes(`<h3>${part}</h3>`), part);
    });
  }

  it('offers each choice of the library for each option, its own first', () => {
    const { form } = nodes.find(({ type }) => type === 'clinik-fhir-config');
    for (const [name, words] of Object.entries(CHOICES))
      assert.deepEqual(selectOf(form, `node-config-input-${name}`), [...words]);
  });

  it('takes for fill what the library takes, and shows it', () => {
    const { definition, form } = nodes.find(({ type }) => type === 'clinik-fhir-config');
    const [, shown] = /<textarea id="node-config-input-fill"[^>]* placeholder="([^"]*)"/.exec(form);
    assert.equal(Object.keys(conversionOptions({ fill: shown }).fill).length, 5);
    const { validate } = definition.defaults.fill;
    for (const text of [shown, '', undefined, ' encounters.class = AMB \n\n', '$'.concat('{FILL}')])
      assert.ok(validate(text), text);
    for (const text of ['encounters.class', 'encounters.class=', 'encounters.status=planned', `${shown}\nAMB`])
      assert.ok(!validate(text), text);
  });

  it('offers each path that there is', () => {
    const paths = ['ClinicalImpression', 'Encounter', 'Composition', 'DiagnosticReport', 'Task'].map(
      (t) => findLens(t).path,
    );
    for (const type of ['clinik-to-fhir', 'clinik-validate']) {
      const { form } = nodes.find((node) => node.type === type);
      assert.deepEqual(selectOf(form, 'node-input-resource'), ['', ...paths]);
    }
  });
});

describe('the examples', () => {
  const folder = join(PACKAGE, 'examples');
  const used = new Set();
  for (const file of readdirSync(folder))
    it(`have each property of each node: ${file}`, () => {
      const flow = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const ids = new Set(flow.map(({ id }) => id));
      assert.equal(ids.size, flow.length);
      for (const { id, type, z, x, y, wires, ...properties } of flow) {
        for (const wire of (wires ?? []).flat()) assert.ok(ids.has(wire), wire);
        const node = nodes.find((one) => one.type === type);
        if (node === undefined) continue;
        used.add(type);
        assert.deepEqual(Object.keys(properties).toSorted(), Object.keys(node.definition.defaults).toSorted(), id);
        if (wires !== undefined) assert.equal(wires.length, 2);
      }
    });

  it('use every node', () => {
    assert.deepEqual([...used].toSorted(), Object.keys(declared.nodes).toSorted());
  });
});
