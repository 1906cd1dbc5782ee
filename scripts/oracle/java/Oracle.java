import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.regex.*;
import org.hl7.fhir.common.hapi.validation.support.*;
import org.hl7.fhir.common.hapi.validation.validator.*;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Manager;
import org.hl7.fhir.r5.model.CanonicalResource;
import org.hl7.fhir.r5.model.CanonicalType;
import org.hl7.fhir.r5.utils.validation.*;
import org.hl7.fhir.r5.utils.validation.constants.*;

/**
 * HL7's own validator, offline. Reads NDJSON on standard input, writes for each line, in their order, a list of
 * {"severity", "location", "id", "message"}. -Dthreads=N. -Dprofiles=FOLDER:FOLDER of definitions, to which resources are held that
 * claim them; the first of a canonical counts.
 */
public class Oracle {
  static final Pattern REFERENCE =
      Pattern.compile("(?:^|/)([A-Z][A-Za-z]+)/[A-Za-z0-9\\-.]{1,64}(?:/_history/[A-Za-z0-9\\-.]{1,64})?$");

  /** What a reference points at is played by an empty resource of the type that it names, so that the type is checked. */
  static class Fetcher implements IValidatorResourceFetcher {
    final Set<String> types;
    final ThreadLocal<Map<String, Element>> known = ThreadLocal.withInitial(HashMap::new);

    Fetcher(Set<String> types) { this.types = types; }

    public Element fetch(IResourceValidator validator, Object context, String url) {
      Matcher match = REFERENCE.matcher(url);
      if (!match.find() || !types.contains(match.group(1))) return null;
      return known.get().computeIfAbsent(match.group(1), type -> {
        byte[] text = ("{\"resourceType\":\"" + type + "\",\"id\":\"x\"}").getBytes(StandardCharsets.UTF_8);
        try {
          return Manager.parseSingle(validator.getContext(), new ByteArrayInputStream(text), Manager.FhirFormat.JSON);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      });
    }

    public boolean resolveURL(IResourceValidator validator, Object context, String path, String url, String type,
        boolean canonical, List<CanonicalType> targets) { return true; }
    public byte[] fetchRaw(IResourceValidator validator, String url) { return null; }
    public IValidatorResourceFetcher setLocale(Locale locale) { return this; }
    public CanonicalResource fetchCanonicalResource(IResourceValidator validator, Object context, String url) { return null; }
    public boolean fetchesCanonicalResource(IResourceValidator validator, String url) { return false; }
    public Set<ResourceVersionInformation> fetchCanonicalResourceVersions(IResourceValidator validator, Object context,
        String url) { return Set.of(); }
  }

  static class Policy extends FhirDefaultPolicyAdvisor {
    @Override
    public ReferenceValidationPolicy policyForReference(IResourceValidator validator, Object context, String path,
        String url, ReferenceDestinationType type) { return ReferenceValidationPolicy.CHECK_TYPE_IF_EXISTS; }
  }

  static FhirValidator validator() throws IOException {
    FhirContext context = FhirContext.forR4();
    UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    List<StructureDefinition> structures = new ArrayList<>();
    IValidationSupport definitions = definitions(context, structures);
    // What is looked at while others are still made, and needs them, fails for good: a chain remembers it.
    for (StructureDefinition one : structures) makeSnapshot(context, definitions, one);
    FhirInstanceValidator module = new FhirInstanceValidator(chain(context, definitions, unknown));
    module.setAnyExtensionsAllowed(true);
    module.setErrorForUnknownProfiles(false);
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    module.setValidatorPolicyAdvisor(new Policy());
    module.setValidatorResourceFetcher(new Fetcher(context.getResourceTypes()));
    return context.newValidator().registerValidatorModule(module);
  }

  static final Set<String> DEFINITIONS = Set.of("structuredefinition", "valueset", "codesystem");

  /** This validator finds definitions by their canonicals without a version only. */
  static final Pattern VERSION = Pattern.compile("(\"https?://[^\"|\\s]+)\\|[0-9][^\"]*\"");

  static IValidationSupport definitions(FhirContext context, List<StructureDefinition> structures) throws IOException {
    PrePopulatedValidationSupport found = new PrePopulatedValidationSupport(context);
    Set<String> known = new HashSet<>();
    for (String folder : System.getProperty("profiles", "").split(File.pathSeparator)) {
      if (folder.isEmpty()) continue;
      try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.json")) {
        for (Path file : files) {
          if (!DEFINITIONS.contains(file.getFileName().toString().toLowerCase(Locale.ROOT).split("-")[0])) continue;
          String text = VERSION.matcher(Files.readString(file)).replaceAll("$1\"");
          MetadataResource resource = (MetadataResource) context.newJsonParser().parseResource(text);
          if (!known.add(resource.getUrl())) continue;
          found.addResource(resource);
          if (resource instanceof StructureDefinition) structures.add((StructureDefinition) resource);
        }
      }
    }
    return found;
  }

  static ValidationSupportChain chain(FhirContext context, IValidationSupport definitions, IValidationSupport... more) {
    ValidationSupportChain chain = new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        definitions,
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context),
        new SnapshotGeneratingValidationSupport(context));
    for (IValidationSupport one : more) chain.addValidationSupport(one);
    return chain;
  }

  static void makeSnapshot(FhirContext context, IValidationSupport definitions, StructureDefinition definition) {
    if (definition.hasSnapshot()) return;
    ValidationSupportChain chain = chain(context, definitions);
    try {
      chain.generateSnapshot(new ValidationSupportContext(chain), definition, definition.getUrl(), null, definition.getName());
    } catch (RuntimeException e) {
      System.err.println(definition.getUrl() + ": " + e.getMessage());
    }
  }

  static String issues(FhirValidator validator, ObjectMapper json, String text) throws IOException {
    List<Object> issues = new ArrayList<>();
    try {
      for (SingleValidationMessage one : validator.validateWithResult(text).getMessages()) {
        issues.add(issue(one.getSeverity().getCode(), one.getLocationString(), one.getMessageId(), one.getMessage()));
      }
    } catch (Exception | StackOverflowError e) {
      issues.add(issue("fatal", "", "THROWN:" + e.getClass().getSimpleName(), String.valueOf(e.getMessage())));
    }
    return json.writeValueAsString(issues);
  }

  static Map<String, String> issue(String severity, String location, String id, String message) {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("severity", severity);
    made.put("location", location);
    made.put("id", id);
    made.put("message", message);
    return made;
  }

  public static void main(String[] args) throws Exception {
    FhirValidator validator = validator();
    ObjectMapper json = new ObjectMapper();
    int threads = Integer.getInteger("threads", 2);
    ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(null, task, "validate", 64L << 20);
      thread.setDaemon(true);
      return thread;
    });
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    ArrayDeque<Future<String>> waiting = new ArrayDeque<>();
    int done = 0;
    for (String line = in.readLine(); line != null || !waiting.isEmpty(); ) {
      if (line != null && waiting.size() < threads * 4) {
        String text = VERSION.matcher(line).replaceAll("$1\"");
        waiting.add(pool.submit(() -> issues(validator, json, text)));
        line = in.readLine();
        continue;
      }
      out.println(waiting.remove().get());
      done += 1;
      if (done % 1000 == 0) System.err.println(done + " lines");
    }
    out.flush();
  }
}
