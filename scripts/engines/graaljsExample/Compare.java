import clinikfhir.ClinikFhir;
import clinikfhir.ClinikFhirProcessor;
import clinikfhir.Example;
import clinikfhir.ExecuteJavascript;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Sends messages through the routes of integrations/graaljs, and through its operation, on several threads at the same time.
 *
 * Arguments: the library, the messages (a line each: script, path and text, with tabs between), where the answers go, threads, contexts.
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
      System.out.println("{\"load\":" + load + ",\"each\":" + each + "}");
    }
  }

  /** What comes out: path, losses, why it was refused, and the body, with tabs between; of the operation its text alone. */
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
    for (String header : List.of(ClinikFhirProcessor.PATH, ClinikFhirProcessor.LOSSES, "ClinikRefused")) {
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
