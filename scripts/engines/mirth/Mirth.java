import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ImporterTopLevel;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * Runs the scripts of integrations/mirth as Mirth Connect would: interpreted, language version ES6, each in a function, each message in a
 * new scope over a sealed one that all share, several threads at the same time.
 *
 * Arguments: the folder of the library, the folder of the scripts, the messages (a line of JSON each), where the answers go, threads, instances,
 * the options of the deploy script, a value that no error may hold. What scripts that cannot work say goes to the file of the answers with `.faults`.
 */
public class Mirth {
  static final String PRELUDE =
      "String.prototype.trim = function () { return this.replace(/^\\s+|\\s+$/g, ''); };"
          + "function validate(mapping, defaultValue, replacement) { return 'of Mirth'; }";
  static final String COLLECT =
      "(function () { var mapped = {}; ['clinikPath', 'clinikLosses', 'clinikIssues', 'clinikOutcome'].forEach(function (name) {"
          + " if (channelMap.containsKey(name)) mapped[name] = String(channelMap.get(name)); });"
          + " return JSON.stringify({ result: result === undefined ? null : result, msg: msg, status: responseStatus, mapped: mapped, thrown: thrown, own: validate() })"
          + ".replace(/[\\ud800-\\udfff]/g, function (half) { return '\\\\u' + half.charCodeAt(0).toString(16); }); })()";

  static final Map<String, Object> globalMap = new ConcurrentHashMap<>();
  static final Map<String, Script> scripts = new HashMap<>();
  static final Logger logger = new Logger();
  static ScriptableObject shared;
  static Script collect;

  public static class Logger {
    final List<String> lines = new ArrayList<>();

    public synchronized void info(Object line) {
      lines.add(Context.toString(line));
    }
  }

  public static void main(String[] arguments) throws Exception {
    List<String> faults = new ArrayList<>();
    String deploy = read(Path.of(arguments[1], "deploy.js"));
    String misplaced = replaced(deploy, "'/opt/clinik-fhir/'", "'/nowhere/'");
    deploy = replaced(deploy, "'tables.js'", "'tables.js', 'fhirpath.js'");
    deploy = replaced(deploy, "'/opt/clinik-fhir/'", "'" + arguments[0] + "/'");
    deploy = replaced(deploy, "INSTANCES = 2;", "INSTANCES = " + arguments[5] + ";");
    deploy = replaced(deploy, "OPTIONS = {};", "OPTIONS = " + arguments[6] + ";");
    double load = now();
    Context context = enter();
    try {
      shared = new ImporterTopLevel(context);
      context.evaluateString(shared, PRELUDE, "prelude", 1, null);
      shared.sealObject();
      for (String name : List.of("transformer-from-fhir", "transformer-to-fhir", "filter", "response-transformer")) {
        scripts.put(name, compiled(context, read(Path.of(arguments[1], name + ".js")), name));
      }
      collect = context.compileString(COLLECT, "collect", 1, null);
      faults.add(thrownBy(context, misplaced));
      for (String name : List.of("transformer-from-fhir", "transformer-to-fhir", "filter", "response-transformer")) {
        faults.add(thrownBy(context, read(Path.of(arguments[1], name + ".js"))));
      }
      compiled(context, deploy, "deploy").exec(context, scope(context, new HashMap<>()));
    } finally {
      Context.exit();
    }
    load = now() - load;
    faults.addAll(damage(arguments[7], Integer.parseInt(arguments[5])));
    Files.write(Path.of(arguments[3] + ".faults"), faults);

    ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[4]));
    List<Future<String>> answers = new ArrayList<>();
    long start = System.nanoTime();
    for (String line : Files.readAllLines(Path.of(arguments[2]))) answers.add(threads.submit((Callable<String>) () -> answer(line)));
    List<String> written = new ArrayList<>();
    for (Future<String> answer : answers) written.add(answer.get());
    double each = (System.nanoTime() - start) / 1e6 / Math.max(1, written.size());
    threads.shutdown();
    Files.write(Path.of(arguments[3]), written);
    Files.write(Path.of(arguments[3] + ".log"), logger.lines);
    System.out.println("{\"load\":" + load + ",\"each\":" + each + "}");
  }

  /** What is told of work that fails: an error of its own, and a full stack. Each leaves an instance that no message may get. */
  static List<String> damage(String value, int instances) {
    Context context = enter();
    try {
      List<String> told = new ArrayList<>();
      String broken = "clinikFhir.findLens = clinikFhir.validate = clinikFhir.fromResponse = null;";
      for (int count = 0; count <= instances; count++) {
        String fault = count % 2 == 0 ? "throw new Error('" + value + "');" : "(function deep() { return [1].map(deep); })();";
        told.add(thrownBy(context, "globalMap.get('clinikFhir').use(function (clinikFhir) { " + broken + fault + " });"));
      }
      return told;
    } finally {
      Context.exit();
    }
  }

  /** What the sender of a message would be told, of whatever is thrown. */
  static String thrownBy(Context context, String script) {
    try {
      compiled(context, script, "fault").exec(context, scope(context, new HashMap<>()));
      return "nothing was thrown";
    } catch (RhinoException error) {
      return error.details();
    } catch (Throwable error) {
      return error.toString();
    }
  }

  /** What became of a message: JSON. */
  static String answer(String line) {
    Context context = enter();
    try {
      Map<String, Object> channelMap = new HashMap<>();
      Scriptable scope = scope(context, channelMap);
      scope.put("raw", scope, line);
      context.evaluateString(scope, "var asked = JSON.parse(raw); var msg = asked.msg; if (asked.path) channelMap.put('clinikPath', asked.path);", "message", 1, null);
      String name = Context.toString(context.evaluateString(scope, "asked.script", "message", 1, null));
      try {
        scripts.get(name).exec(context, scope);
      } catch (RhinoException error) {
        scope.put("thrown", scope, error.details());
      }
      return Context.toString(collect.exec(context, scope));
    } finally {
      Context.exit();
    }
  }

  static Script compiled(Context context, String script, String name) {
    return context.compileString("function doScript() {" + script + "\n}\nresult = doScript();", name, 1, null);
  }

  static Scriptable scope(Context context, Map<String, Object> channelMap) {
    Scriptable scope = context.newObject(shared);
    scope.setPrototype(shared);
    scope.setParentScope(null);
    scope.put("globalMap", scope, Context.javaToJS(globalMap, scope));
    scope.put("channelMap", scope, Context.javaToJS(channelMap, scope));
    scope.put("logger", scope, Context.javaToJS(logger, scope));
    scope.put("responseStatus", scope, "SENT");
    scope.put("responseStatusMessage", scope, "");
    scope.put("ERROR", scope, "ERROR");
    scope.put("result", scope, null);
    scope.put("thrown", scope, null);
    return scope;
  }

  static Context enter() {
    Context context = new ContextFactory().enterContext();
    context.setOptimizationLevel(-1);
    context.setLanguageVersion(Context.VERSION_ES6);
    return context;
  }

  static String replaced(String text, String from, String to) {
    if (!text.contains(from)) throw new IllegalStateException("deploy.js has no " + from);
    return text.replace(from, to);
  }

  /** The processor's time of this thread, in ms. */
  static double now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }

  static String read(Path path) throws Exception {
    return Files.readString(path);
  }
}
