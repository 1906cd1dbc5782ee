// Global deploy script. It loads the library a few times, and keeps the instances in the global map for the scripts of all channels.
var FOLDER = '/opt/clinik-fhir/';
// What is loaded of it: the library, and R4's tables of codes. Rules of your own need 'fhirpath.js' as well.
var FILES = ['clinik-fhir.js', 'tables.js'];
// As many messages are worked on at the same time; each instance takes about a second to load.
var INSTANCES = 2;
var SECONDS_TO_WAIT = 60;
// Of conversions, in both directions, as { overflow: 'truncate', fill: { 'encounters.class': 'AMB' } }, and of the filter, as
// { rules: [ … ] }: docs/library.md names them.
var OPTIONS = {};

var textOf = (file) => {
  var path = java.nio.file.Paths.get(FOLDER.concat('/', file));
  if (!java.nio.file.Files.isReadable(path))
    throw new Error('clinik-fhir: nothing is loaded. FOLDER of the deploy script has no readable file '.concat(file));
  return String(new java.lang.String(java.nio.file.Files.readAllBytes(path), java.nio.charset.StandardCharsets.UTF_8));
};
var load = new Function(FILES.map(textOf).join('\n').concat('\nreturn clinikFhir;'));
var free = new java.util.concurrent.LinkedBlockingQueue();
var options = JSON.stringify(OPTIONS);
var count;
for (count = 0; count < INSTANCES; count++) free.put({ library: load.call({}) });

globalMap.put('clinikFhir', {
  // Lends an instance to `work`, with the options. No other thread has either meanwhile. Gives what `work` returns: a text, so that
  // nothing of the instance is kept.
  use: (work) => {
    var place = free.poll(SECONDS_TO_WAIT, java.util.concurrent.TimeUnit.SECONDS);
    if (place === null) throw new Error('clinik-fhir: all instances are in use. Raise INSTANCES in the deploy script.');
    // Taken out, so that an instance in which anything failed is not used again; the next one to come loads another.
    var instance = place.library;
    var done = false;
    var answer;
    place.library = null;
    // A task of Java keeps whatever is thrown: Rhino shows a full stack neither to `catch` nor to `finally`. Its words may hold a value.
    new java.util.concurrent.FutureTask(() => {
      if (instance === null) instance = load.call({});
      answer = JSON.stringify(work(instance, JSON.parse(options)));
      place.library = instance;
      done = true;
      return null;
    }).run();
    free.put(place);
    if (!done)
      throw new Error('clinik-fhir: a script failed. Its instance is replaced; the message was not converted.');
    return answer;
  },
});
logger.info('clinik-fhir: '.concat(String(INSTANCES), ' instances are loaded.'));
