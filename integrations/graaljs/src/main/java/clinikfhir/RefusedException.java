package clinikfhir;

/** A record that is refused. Neither the message nor the OperationOutcome holds a value of it. */
public final class RefusedException extends Exception {
  private final String outcome;

  RefusedException(String ids, String outcome) {
    super("clinik-fhir: the record was refused: " + ids);
    this.outcome = outcome;
  }

  /** Why, as the JSON of a FHIR OperationOutcome. */
  public String outcome() {
    return outcome;
  }
}
