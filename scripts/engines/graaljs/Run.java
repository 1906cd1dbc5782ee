import java.io.File;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * Answers questions with the library in GraalJS.
 *
 * Arguments: the folder of the library, answers.js, the questions, where the answers go, how often each of the last two questions is measured.
 */
public class Run {
  public static void main(String[] arguments) throws Exception {
    Context.Builder builder = Context.newBuilder("js").allowIO(IOAccess.ALL).option("engine.WarnInterpreterOnly", "false");
    builder.allowExperimentalOptions(true).option("js.esm-eval-returns-exports", "true");
    try (Context context = builder.build()) {
      double start = now();
      File folder = new File(arguments[0]).getAbsoluteFile();
      Value library = module(context, new File(folder, "clinik-fhir.mjs"));
      double load = now() - start;
      module(context, new File(folder, "fhirpath.mjs"));
      module(context, new File(folder, "tables.mjs"));
      context.eval("js", Files.readString(Path.of(arguments[1])));
      Value answerTo = context.getBindings("js").getMember("answerTo");

      List<String> questions = Files.readAllLines(Path.of(arguments[2]));
      try (PrintWriter out = new PrintWriter(arguments[3], StandardCharsets.UTF_8)) {
        for (String question : questions) out.println(answerTo.execute(library, question).asString());
      }
      int times = Integer.parseInt(arguments[4]);
      StringBuilder records = new StringBuilder();
      for (String question : questions.subList(questions.size() - 2, questions.size())) {
        for (int count = 0; count < times; count++) answerTo.execute(library, question);
        start = now();
        for (int count = 0; count < times; count++) answerTo.execute(library, question);
        records.append(records.length() == 0 ? "" : ",").append((now() - start) / times);
      }
      System.out.println("{\"load\":" + load + ",\"records\":[" + records + "]}");
    }
  }

  static Value module(Context context, File file) throws Exception {
    return context.eval(Source.newBuilder("js", file).mimeType("application/javascript+module").build());
  }

  /** The processor's time of this thread, in ms. */
  static double now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }
}
