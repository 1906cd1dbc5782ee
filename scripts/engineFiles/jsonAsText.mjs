import { readFileSync } from 'node:fs';

/** Files of JSON as a text that is parsed when something asks: any engine reads that faster than an object of its language. */
export const jsonAsText = {
  name: 'JSON as text',
  setup(setup) {
    setup.onLoad({ filter: /\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `module.exports = JSON.parse(${JSON.stringify(text)});` };
    });
  },
};
