import clinikfhir.ClinikFhir;
import clinikfhir.ClinikFhirProcessor;
import clinikfhir.Example;
import clinikfhir.ExecuteJavascript;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.graalvm.polyglot.Source;

/**
 * Sends messages through the routes of integrations/graaljs, and through its operation, on several threads at the same time.
 *
 * Arguments: the library, the messages (a line each: script, path and text, with tabs between), where the answers go, threads, contexts,
 * a value that no error may hold. What scripts that cannot work say goes to the file of the answers with `.faults`.
 */
public class Compare {
  public static void main(String[] arguments) throws Exception {
    double load = now();
    try (ClinikFhir clinikFhir = new ClinikFhir(Path.of(arguments[0]), Integer.parseInt(arguments[4]));
        CamelContext camel = new DefaultCamelContext()) {
      load = now() - load;
      camel.addRoutes(Example.routes(clinikFhir));
      camel.start();
      ProducerTemplate template = camel.createProducerTemplate();
      ExecuteJavascript validate = new ExecuteJavascript(clinikFhir, "/validate.js");

      ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[3]));
      List<Future<String>> answers = new ArrayList<>();
      List<String> lines = Files.readAllLines(Path.of(arguments[1]));
      long start = System.nanoTime();
      for (String line : lines) answers.add(threads.submit((Callable<String>) () -> answer(template, validate, line.split("\t", -1))));
      List<String> written = new ArrayList<>();
      for (Future<String> answer : answers) written.add(answer.get());
      double each = (System.nanoTime() - start) / 1e6 / written.size();
      threads.shutdown();
      Files.write(Path.of(arguments[2]), written);
      Files.write(Path.of(arguments[2] + ".faults"), faults(Path.of(arguments[0]), arguments[5]));
      System.out.println("{\"load\":" + load + ",\"each\":" + each + "}");
    }
  }

  /** What is told of scripts that fail, one after the other in one context; then of a script that hangs, and of calls after the end. */
  static List<String> faults(Path library, String value) throws Exception {
    List<String> told = new ArrayList<>();
    Thread hanging;
    ClinikFhir clinikFhir = new ClinikFhir(library, 1, Duration.ofSeconds(20));
    try (clinikFhir) {
      String broken = "clinikFhir = null;";
      told.add("an error: " + thrown(() -> clinikFhir.execute(script("(text) => { " + broken + " throw new Error(text); }"), value)));
      told.add("a full stack: " + thrown(() -> clinikFhir.execute(script("function deep(text) { " + broken + " return deep(text) + text; } deep"), value)));
      told.add("a number: " + thrown(() -> clinikFhir.execute(script("(text) => 12345"), value)));
      told.add("undefined: " + thrown(() -> clinikFhir.execute(script("(text) => undefined"), value)));
      told.add("no object: " + thrown(() -> clinikFhir.executeToMap(script("(text) => text"), value).toString()));
      told.add("an object of numbers: " + thrown(() -> clinikFhir.executeToMap(script("(text) => ({ text: 12345 })"), value).toString()));
      String outcome = new ExecuteJavascript(clinikFhir, "/validate.js").execute("{}");
      told.add("after them: " + (outcome.contains("OperationOutcome") ? "OperationOutcome" : outcome));
    }
    ClinikFhir hung = new ClinikFhir(library, 1, Duration.ofMillis(500));
    CountDownLatch started = new CountDownLatch(1);
    hanging =
        new Thread(
            () -> {
              started.countDown();
              thrown(() -> hung.execute(script("(text) => { for (;;); }"), value));
            });
    hanging.setDaemon(true);
    try (hung) {
      hanging.start();
      started.await();
      TimeUnit.SECONDS.sleep(1);
      told.add("beside one that hangs: " + thrown(() -> hung.execute(script("(text) => text"), value)));
    }
    told.add("closed: " + thrown(() -> hung.execute(script("(text) => text"), value)));
    hanging.join(10_000);
    told.add("the one that hung: " + (hanging.isAlive() ? "it works on" : "it has ended"));
    return told;
  }

  static Source script(String text) {
    return Source.create("js", text);
  }

  /** What the caller is told; the place of a script that failed is left out. */
  static String thrown(Callable<String> call) {
    try {
      return "nothing was thrown, it gave " + call.call();
    } catch (Throwable error) {
      return String.valueOf(error.getMessage()).replaceAll("(?s) failed at .*", " failed at its place");
    }
  }

  /** What comes out: path, losses, issues, why it was refused, and the body, with tabs between; of the operation its text alone. */
  static String answer(ProducerTemplate template, ExecuteJavascript validate, String[] message) {
    String script = message[0];
    String text = message[2];
    if (script.equals("validate")) return validate.execute(text);
    Exchange out =
        template.request(
            "direct:" + script,
            exchange -> {
              exchange.getMessage().setBody(text);
              if (!message[1].isEmpty()) exchange.getMessage().setHeader(ClinikFhirProcessor.PATH, message[1]);
            });
    if (out.getException() != null) throw new IllegalStateException(out.getException());
    List<String> parts = new ArrayList<>();
    for (String header : List.of(ClinikFhirProcessor.PATH, ClinikFhirProcessor.LOSSES, ClinikFhirProcessor.ISSUES, "ClinikRefused")) {
      parts.add(out.getMessage().getHeader(header, "", String.class));
    }
    parts.add(out.getMessage().getBody(String.class));
    return String.join("\t", parts);
  }

  /** The processor's time of this thread, in ms. */
  static double now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }
}
