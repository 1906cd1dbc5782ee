package clinikfhir;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.graalvm.polyglot.Source;

/**
 * A step of a Camel route that converts the body: JSON in, JSON out.
 *
 * <p>The header ClinikPath is the path of the payload, such as "encounters": {@link #toFhir} needs it, {@link #fromFhir} sets it, and sets
 * ClinikLosses to what the payload has no place for. Both set ClinikIssues to what else is worth saying, such as warnings. A record that is refused ends the step with a {@link RefusedException}, and its body
 * stays as it is.
 */
public final class ClinikFhirProcessor implements Processor {
  public static final String PATH = "ClinikPath";
  public static final String LOSSES = "ClinikLosses";
  public static final String ISSUES = "ClinikIssues";

  private final ClinikFhir clinikFhir;
  private final Source script;

  private ClinikFhirProcessor(ClinikFhir clinikFhir, String script) {
    this.clinikFhir = clinikFhir;
    this.script = ClinikFhir.script(script);
  }

  public static ClinikFhirProcessor fromFhir(ClinikFhir clinikFhir) {
    return new ClinikFhirProcessor(clinikFhir, "/from-fhir.js");
  }

  public static ClinikFhirProcessor toFhir(ClinikFhir clinikFhir) {
    return new ClinikFhirProcessor(clinikFhir, "/to-fhir.js");
  }

  @Override
  public void process(Exchange exchange) throws RefusedException {
    Message message = exchange.getMessage();
    Map<String, String> answer =
        clinikFhir.executeToMap(script, message.getBody(String.class), message.getHeader(PATH, String.class));
    String refused = answer.get("refused");
    if (refused != null) throw new RefusedException(refused, answer.get("outcome"));
    if (answer.get("body") == null) throw new IllegalStateException("clinik-fhir: a script gave no body.");
    message.setBody(answer.get("body"));
    message.setHeader(PATH, answer.get("path"));
    message.setHeader(LOSSES, answer.get("losses"));
    message.setHeader(ISSUES, answer.get("issues"));
  }
}
