package clinikfhir;

import org.graalvm.polyglot.Source;

/**
 * An operation of a server, such as $execute-javascript, that hands the text of a request to a script and answers with the text that it gives.
 *
 * <p>The script is the server's own: a file that stands beside the others. One that came with a request could read every file of the server.
 */
public final class ExecuteJavascript {
  private final ClinikFhir clinikFhir;
  private final Source script;

  /** @param script a file of the class path that is one function, such as "/validate.js" */
  public ExecuteJavascript(ClinikFhir clinikFhir, String script) {
    this.clinikFhir = clinikFhir;
    this.script = ClinikFhir.script(script);
  }

  public String execute(String text) {
    return clinikFhir.execute(script, text);
  }
}
