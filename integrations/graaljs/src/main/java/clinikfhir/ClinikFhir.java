package clinikfhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Duration wait;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** As the other, with 60 seconds to wait. */
  public ClinikFhir(Path library, int contexts) {
    this(library, contexts, Duration.ofSeconds(60));
  }

  /**
   * @param library the folder dist/browser of the package clinik-fhir
   * @param contexts how many threads can be served at the same time; no more than there are cores
   * @param wait how long a thread waits for a context, and {@link #close} for those that are at work
   */
  public ClinikFhir(Path library, int contexts, Duration wait) {
    this.contexts = contexts;
    this.wait = wait;
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

  /**
   * What the function that a script consists of makes of some texts: a text.
   *
   * @throws IllegalStateException if the script fails or gives no text, no context is free in time, or this is closed; it never says a value
   */
  public String execute(Source script, String... texts) {
    return lend(instance -> text(instance.call(script, texts)));
  }

  /** As {@link #execute}, for a script whose function gives an object of texts. */
  public Map<String, String> executeToMap(Source script, String... texts) {
    return lend(
        instance -> {
          Value answer = instance.call(script, texts);
          if (!answer.hasMembers()) throw new IllegalStateException("no object");
          Map<String, String> copied = new HashMap<>();
          for (String key : answer.getMemberKeys()) copied.put(key, text(answer.getMember(key)));
          return copied;
        });
  }

  private static String text(Value value) {
    if (!value.isString()) throw new IllegalStateException("no text");
    return value.asString();
  }

  private <T> T lend(Function<Instance, T> work) {
    Instance instance = taken();
    boolean done = false;
    try {
      T made = work.apply(instance);
      done = true;
      return made;
    } catch (PolyglotException error) {
      // Its message is the script's, which may hold a value of the record, and so it is not passed on.
      throw new IllegalStateException("clinik-fhir: a script failed at " + error.getSourceLocation());
    } catch (RuntimeException | StackOverflowError error) {
      // So may that of any other, such as of a conversion.
      throw new IllegalStateException("clinik-fhir: a script failed, or gave anything but texts.");
    } finally {
      if (!done) instance.drop();
      free.add(instance);
    }
  }

  private Instance taken() {
    long end = System.nanoTime() + wait.toNanos();
    // In short turns, so that whoever waits learns of the end.
    while (!closed.get()) {
      long left = end - System.nanoTime();
      if (left <= 0) throw new IllegalStateException("clinik-fhir: all contexts are in use. Make more, or look for a script that hangs.");
      Instance instance = polled(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
      if (instance != null) return instance;
    }
    throw new IllegalStateException("clinik-fhir: it is closed.");
  }

  private Instance polled(long nanoseconds) {
    try {
      return free.poll(nanoseconds, TimeUnit.NANOSECONDS);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("clinik-fhir: interrupted while it waited for a context.");
    }
  }

  /** Waits for what is being worked on, and ends what takes longer than the wait. Every later call throws. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) return;
    long end = System.nanoTime() + wait.toNanos();
    try {
      for (int count = 0; count < contexts; count++) {
        if (polled(Math.max(0, end - System.nanoTime())) == null) break;
      }
    } finally {
      engine.close(true);
    }
  }

  /** A context with the library, and the functions of the scripts that it has run. */
  private static final class Instance {
    private final Engine engine;
    private final Path library;
    private final Map<Source, Value> functions = new HashMap<>();
    private Context context;

    Instance(Engine engine, Path library) {
      this.engine = engine;
      this.library = library;
      load();
    }

    private void load() {
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
      if (context == null) load();
      return functions.computeIfAbsent(script, context::eval).execute((Object[]) texts);
    }

    /** A script that failed may have left anything behind: the next call loads a new context. */
    void drop() {
      Context failed = context;
      context = null;
      functions.clear();
      if (failed != null) failed.close(true);
    }
  }
}
