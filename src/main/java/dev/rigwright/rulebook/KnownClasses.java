package dev.rigwright.rulebook;

import java.io.InputStream;
import java.net.URL;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The application's classes for the rule compiler, which asks for thousands of names that do not
 * exist ({@code java.lang.Gpu}, {@code rigwright.Gpu}) at each compilation. The application's class
 * path does not change while it runs, so a name that is not there is looked for once.
 */
final class KnownClasses extends ClassLoader {

  /** Loads what the application loads. */
  static final KnownClasses LOADER = new KnownClasses(KnownClasses.class.getClassLoader());

  /** No rulebook has so many names; what a long-lived process reads of broken ones may. */
  private static final int MOST = 20_000;

  static {
    registerAsParallelCapable();
  }

  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Set<String> missingResources = ConcurrentHashMap.newKeySet();

  private KnownClasses(ClassLoader application) {
    super(application);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (missing.contains(name)) {
      throw new NotThere(name);
    }
    try {
      return getParent().loadClass(name);
    } catch (ClassNotFoundException notThere) {
      add(missing, name);
      throw notThere;
    }
  }

  @Override
  public URL getResource(String name) {
    if (missingResources.contains(name)) {
      return null;
    }
    URL found = getParent().getResource(name);
    if (found == null) {
      add(missingResources, name);
    }
    return found;
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    if (missingResources.contains(name)) {
      return null;
    }
    InputStream found = getParent().getResourceAsStream(name);
    if (found == null) {
      add(missingResources, name);
    }
    return found;
  }

  private static void add(Set<String> names, String name) {
    if (names.size() >= MOST) {
      names.clear();
    }
    names.add(name);
  }

  /** Says no without walking the stack, which nobody reads. */
  private static final class NotThere extends ClassNotFoundException {
    private static final long serialVersionUID = 1L;

    NotThere(String name) {
      super(name);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
