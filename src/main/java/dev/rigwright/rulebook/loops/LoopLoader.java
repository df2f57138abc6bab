package dev.rigwright.rulebook.loops;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.drools.wiring.api.classloader.ProjectClassLoader;

/**
 * Loads rules that are written as loops: they find what compiled rules may find, and what loops are
 * made from.
 */
final class LoopLoader extends ClassLoader {

  private static final String OWN = "dev.rigwright.rulebook.loops.";
  private static final ClassLoader APPLICATION = LoopLoader.class.getClassLoader();

  private final ProjectClassLoader rules;
  private Map<String, byte[]> classes = Map.of();

  /**
   * A loader.
   *
   * @param rules what loads the rules' own types, behind a wall
   */
  LoopLoader(ProjectClassLoader rules) {
    super(rules);
    this.rules = rules;
  }

  void add(Map<String, byte[]> compiled) {
    classes = Map.copyOf(compiled);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(OWN) ? APPLICATION.loadClass(name) : super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] code = classes.get(name);
    if (code == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, code, 0, code.length);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    if (name.startsWith(OWN.replace('.', '/'))) {
      return APPLICATION.getResourceAsStream(name);
    }
    byte[] declared = rules.getBytecode(name);
    return declared == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(declared);
  }
}
