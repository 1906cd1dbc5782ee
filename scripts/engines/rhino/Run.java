import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ImporterTopLevel;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * Answers questions with the library in Rhino, in a scope like that of Mirth Connect: interpreted, language version ES6, a new scope over
 * a sealed one that has a `trim` of its own.
 *
 * Arguments: the folder of the library, answers.js, the questions, where the answers go, how often each of the last two questions is measured.
 */
public class Run {
  public static void main(String[] arguments) throws Exception {
    Thread thread = new Thread(null, () -> run(arguments), "run", 16L << 20);
    thread.start();
    thread.join();
  }

  static void run(String[] arguments) {
    Context context = new ContextFactory().enterContext();
    try {
      context.setOptimizationLevel(-1);
      context.setLanguageVersion(Context.VERSION_ES6);
      ScriptableObject shared = new ImporterTopLevel(context);
      context.evaluateString(shared, "String.prototype.trim = function () { return this.replace(/^\\s+|\\s+$/g, ''); };", "prelude", 1, null);
      shared.sealObject();
      Scriptable scope = context.newObject(shared);
      scope.setPrototype(shared);
      scope.setParentScope(null);

      double start = now();
      context.evaluateString(scope, read(arguments[0] + "/clinik-fhir.js"), "clinik-fhir.js", 1, null);
      double load = now() - start;
      for (String part : List.of("fhirpath.js", "tables.js")) {
        context.evaluateString(scope, read(arguments[0] + "/" + part), part, 1, null);
      }
      context.evaluateString(scope, read(arguments[1]), "answers.js", 1, null);
      Object library = scope.get("clinikFhir", scope);
      Function answerTo = (Function) scope.get("answerTo", scope);

      List<String> questions = Files.readAllLines(Path.of(arguments[2]));
      try (PrintWriter out = new PrintWriter(arguments[3], StandardCharsets.UTF_8)) {
        for (String question : questions) out.println(answer(context, scope, answerTo, library, question));
      }
      int times = Integer.parseInt(arguments[4]);
      StringBuilder records = new StringBuilder();
      for (String question : questions.subList(questions.size() - 2, questions.size())) {
        for (int count = 0; count < times; count++) answer(context, scope, answerTo, library, question);
        start = now();
        for (int count = 0; count < times; count++) answer(context, scope, answerTo, library, question);
        records.append(records.length() == 0 ? "" : ",").append((now() - start) / times);
      }
      System.out.println("{\"load\":" + load + ",\"records\":[" + records + "]}");
    } catch (Exception error) {
      error.printStackTrace();
      System.exit(1);
    } finally {
      Context.exit();
    }
  }

  static String answer(Context context, Scriptable scope, Function answerTo, Object library, String question) {
    return Context.toString(answerTo.call(context, scope, scope, new Object[] {library, question}));
  }

  /** The processor's time of this thread, in ms. */
  static double now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }

  static String read(String path) throws Exception {
    return Files.readString(Path.of(path));
  }
}
