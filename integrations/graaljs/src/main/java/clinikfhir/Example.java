package clinikfhir;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Sends a file with a resource through a Camel route and prints what comes out, then validates it. Arguments: dist/browser, the file. */
public final class Example {
  public static void main(String[] arguments) throws Exception {
    String resource = Files.readString(Path.of(arguments[1]));
    try (ClinikFhir clinikFhir = new ClinikFhir(Path.of(arguments[0]), 1);
        CamelContext camel = new DefaultCamelContext()) {
      camel.addRoutes(routes(clinikFhir));
      camel.start();
      ProducerTemplate template = camel.createProducerTemplate();
      System.out.println(template.requestBody("direct:from-fhir", resource, String.class));
      System.out.println(new ExecuteJavascript(clinikFhir, "/validate.js").execute(resource));
    }
  }

  /** A route for each direction. What is refused is answered with its OperationOutcome. */
  public static RouteBuilder routes(ClinikFhir clinikFhir) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        onException(RefusedException.class)
            .handled(true)
            .process(
                exchange -> {
                  RefusedException refused = exchange.getProperty("CamelExceptionCaught", RefusedException.class);
                  exchange.getMessage().setBody(refused.outcome());
                  exchange.getMessage().setHeader("ClinikRefused", refused.getMessage());
                });
        from("direct:from-fhir").process(ClinikFhirProcessor.fromFhir(clinikFhir));
        from("direct:to-fhir").process(ClinikFhirProcessor.toFhir(clinikFhir));
      }
    };
  }
}
