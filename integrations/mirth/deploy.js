// Global deploy script. It loads the library a few times, and keeps the instances in the global map for the scripts of all channels.
var FOLDER = '/opt/clinik-fhir/';
// What is loaded of it: the library, and R4's tables of codes. Rules of your own need 'fhirpath.js' as well.
var FILES = ['clinik-fhir.js', 'tables.js'];
// As many messages are worked on at the same time; each instance takes about a second to load.
var INSTANCES = 2;
var SECONDS_TO_WAIT = 60;
// Of conversions, in both directions, as { overflow: 'truncate', fill: { 'encounters.class': 'AMB' } }: docs/library.md names them.
var OPTIONS = {};

var textOf = (file) =>
  String(
    new java.lang.String(
      java.nio.file.Files.readAllBytes(java.nio.file.Paths.get(FOLDER.concat(file))),
      java.nio.charset.StandardCharsets.UTF_8,
    ),
  );
var load = new Function(FILES.map(textOf).join('\n').concat('\nreturn clinikFhir;'));
var free = new java.util.concurrent.LinkedBlockingQueue();
var options = JSON.stringify(OPTIONS);
var count;
for (count = 0; count < INSTANCES; count++) free.put(load.call({}));

globalMap.put('clinikFhir', {
  // Lends an instance to `work`, with the options. No other thread has either meanwhile. Gives what `work` returns: a text, so that
  // nothing of the instance is kept.
  use: (work) => {
    var instance = free.poll(SECONDS_TO_WAIT, java.util.concurrent.TimeUnit.SECONDS);
    if (instance === null)
      throw new Error('clinik-fhir: all instances are in use. Raise INSTANCES in the deploy script.');
    try {
      return JSON.stringify(work(instance, JSON.parse(options)));
    } finally {
      free.put(instance);
    }
  },
});
logger.info('clinik-fhir: '.concat(String(INSTANCES), ' instances are loaded.'));
