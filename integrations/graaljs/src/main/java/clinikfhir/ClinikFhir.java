package clinikfhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;

/**
 * The library clinik-fhir in GraalJS, for any number of threads: a few contexts of one engine, of which each is lent to one thread at a time.
 *
 * <p>Make one for the whole application, when it starts: each context takes seconds to load. Texts go in and texts come out, so that nothing
 * of a context is left with a caller.
 */
public final class ClinikFhir implements AutoCloseable {
  private final Engine engine = Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
  private final BlockingQueue<Instance> free;
  private final int contexts;

  /**
   * @param library the folder dist/browser of the package clinik-fhir
   * @param contexts how many threads can be served at the same time; no more than there are cores
   */
  public ClinikFhir(Path library, int contexts) {
    this.contexts = contexts;
    free = new ArrayBlockingQueue<>(contexts);
    for (int count = 0; count < contexts; count++) free.add(new Instance(engine, library.toAbsolutePath()));
  }

  /** A script of the class path, such as "/validate.js". Keep it: a context compiles each source once. */
  public static Source script(String name) {
    URL url = ClinikFhir.class.getResource(name);
    if (url == null) throw new IllegalArgumentException("There is no script " + name);
    try {
      return Source.newBuilder("js", url).build();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** What the function that a script consists of makes of some texts: a text. */
  public String execute(Source script, String... texts) {
    return lend(instance -> instance.call(script, texts).asString());
  }

  /** As {@link #execute}, for a script whose function gives an object of texts. */
  public Map<String, String> executeToMap(Source script, String... texts) {
    return lend(
        instance -> {
          Value answer = instance.call(script, texts);
          Map<String, String> copied = new HashMap<>();
          for (String key : answer.getMemberKeys()) copied.put(key, answer.getMember(key).asString());
          return copied;
        });
  }

  private <T> T lend(Function<Instance, T> work) {
    Instance instance = taken();
    try {
      return work.apply(instance);
    } catch (PolyglotException error) {
      // Its message is the script's, which may hold a value of the record, and so it is not passed on.
      throw new IllegalStateException("clinik-fhir: a script failed at " + error.getSourceLocation());
    } finally {
      free.add(instance);
    }
  }

  private Instance taken() {
    try {
      return free.take();
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("clinik-fhir: interrupted while it waited for a context.");
    }
  }

  /** Waits for what is being worked on. */
  @Override
  public void close() {
    for (int count = 0; count < contexts; count++) taken().context.close();
    engine.close();
  }

  /** A context with the library, and the functions of the scripts that it has run. */
  private static final class Instance {
    final Context context;
    private final Map<Source, Value> functions = new HashMap<>();

    Instance(Engine engine, Path library) {
      // The modules import each other, so they are read as files; nothing can be written, and no class of Java is to be seen.
      FileSystem files = FileSystem.newReadOnlyFileSystem(FileSystem.newDefaultFileSystem());
      context =
          Context.newBuilder("js")
              .engine(engine)
              .allowIO(IOAccess.newBuilder().fileSystem(files).build())
              .allowExperimentalOptions(true)
              .option("js.esm-eval-returns-exports", "true")
              .build();
      context.getBindings("js").putMember("clinikFhir", module(library.resolve("clinik-fhir.mjs")));
      // These give it rules of one's own, and the tables of codes.
      module(library.resolve("fhirpath.mjs"));
      module(library.resolve("tables.mjs"));
      context.eval(script("/common.js"));
    }

    private Value module(Path file) {
      try {
        return context.eval(Source.newBuilder("js", file.toFile()).mimeType("application/javascript+module").build());
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }

    Value call(Source script, String... texts) {
      return functions.computeIfAbsent(script, context::eval).execute((Object[]) texts);
    }
  }
}
