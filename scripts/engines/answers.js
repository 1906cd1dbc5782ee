// Runs in every engine, so it is ES5 and asks for nothing but the library: what the library answers to a question, as a text.
// biome-ignore-all lint/correctness/noUnusedVariables: each engine calls it
function answerTo(library, line) {
  try {
    return halvesEscaped(JSON.stringify(askOf(library, JSON.parse(line))) || 'undefined');
  } catch (error) {
    return 'thrown: '.concat(error);
  }
}

// Rhino 1.7.13 writes half of a pair as it is, and others escape it: a file could not hold the one.
function halvesEscaped(text) {
  return text.replace(/[\ud800-\udfff]/g, escaped);
}

function escaped(half) {
  return '\\u'.concat(half.charCodeAt(0).toString(16));
}

function askOf(library, question) {
  var lens = question.path === undefined ? undefined : library.lensFor(question.path);
  var input = question.input;
  var read;
  switch (question.do) {
    case 'validate':
      return library.validate(input, question.options);
    case 'fromFhir':
      return lens.safeFromFhir(input, question.options);
    case 'toFhir':
      return lens.safeToFhir(input, question.options);
    case 'thereAndBack':
      read = lens.safeFromFhir(input, { residue: true });
      return read.ok ? [read, lens.safeToFhir(read.payload, { onto: input })] : read;
    case 'refuse':
      return refusalOf(library, lens, input);
    case 'bundle':
      return library.bundleToPayloads(input);
    default:
      throw new Error('There is no such question.');
  }
}

function refusalOf(library, lens, input) {
  try {
    return lens.toFhir(input);
  } catch (error) {
    return [error instanceof library.ClinikFhirError, error instanceof Error, error.name, error.message, error.issues];
  }
}
