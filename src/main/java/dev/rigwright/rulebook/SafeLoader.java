package dev.rigwright.rulebook;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * The second wall behind {@link Safety}: the class loader of compiled rules, which finds what
 * compiled rules need and nothing else, whether a class is asked for by generated code, by the
 * compiler (as a resource), or by MVEL. What it hands out has its own loader and its own reach;
 * only names in rules are held.
 */
final class SafeLoader extends ClassLoader {

  private static final List<String> PACKAGES =
      List.of(
          "dev.rigwright.domain.",
          "dev.rigwright.estimate.",
          "java.time.",
          "jdk.internal.reflect.",
          "org.drools.base.base.",
          "org.drools.base.beliefsystem.",
          "org.drools.base.factmodel.",
          "org.drools.base.reteoo.",
          "org.drools.base.rule.",
          "org.drools.core.base.accumulators.",
          "org.drools.core.reteoo.",
          "org.drools.core.rule.consequence.",
          "org.drools.mvel.accessors.",
          "org.drools.mvel.asm.",
          "org.drools.mvel.evaluators.",
          "org.drools.mvel.field.",
          "org.kie.api.definition.type.",
          "org.kie.api.runtime.rule.",
          "org.mvel2.asm.",
          // What the rules' own package compiles to.
          "rigwright.");

  private static final Set<String> CLASSES =
      Set.of(
          "dev.rigwright.engine.Conclude",
          "java.io.Serializable",
          "java.lang.ArithmeticException",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.CharSequence",
          "java.lang.Character",
          "java.lang.Class",
          "java.lang.ClassCastException",
          "java.lang.Comparable",
          "java.lang.Deprecated",
          "java.lang.Double",
          "java.lang.Enum",
          // What the compiler looks for where it finds an error.
          "java.lang.Error",
          "java.lang.Exception",
          "java.lang.Float",
          "java.lang.IllegalArgumentException",
          "java.lang.Integer",
          "java.lang.Iterable",
          "java.lang.Long",
          "java.lang.Math",
          "java.lang.NullPointerException",
          "java.lang.Number",
          "java.lang.NumberFormatException",
          "java.lang.Object",
          "java.lang.Override",
          "java.lang.Record",
          "java.lang.RuntimeException",
          "java.lang.Short",
          "java.lang.String",
          "java.lang.StringBuilder",
          "java.lang.Throwable",
          "java.lang.Void",
          "java.lang.constant.Constable",
          "java.lang.constant.ConstantDesc",
          // What the compiler makes of "a" + b.
          "java.lang.invoke.MethodHandles",
          "java.lang.invoke.MethodHandles$Lookup",
          "java.lang.invoke.StringConcatFactory",
          "java.lang.invoke.TypeDescriptor",
          "java.lang.invoke.TypeDescriptor$OfField",
          // What Class extends.
          "java.lang.reflect.AnnotatedElement",
          "java.lang.reflect.GenericDeclaration",
          "java.lang.reflect.Type",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.ArrayList",
          "java.util.Collection",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Iterator",
          "java.util.LinkedHashMap",
          "java.util.List",
          "java.util.Map",
          "java.util.Map$Entry",
          // What List, LinkedHashMap and their like extend from Java 21 on.
          "java.util.SequencedCollection",
          "java.util.SequencedMap",
          "java.util.SequencedSet",
          "java.util.Set",
          "org.drools.core.WorkingMemory",
          "org.drools.core.common.InternalFactHandle",
          "org.drools.ecj.EclipseJavaCompiler",
          "org.drools.mvel.ConditionEvaluator",
          "org.drools.mvel.EvaluatorHelper",
          "org.kie.api.runtime.KieContext");

  private final ClassLoader other;
  private final Set<String> shared;

  SafeLoader(ClassLoader parent) {
    this(parent, null, Set.of());
  }

  /**
   * A loader for rules that share classes with other rules.
   *
   * @param other what has loaded those
   * @param shared their names
   */
  SafeLoader(ClassLoader parent, ClassLoader other, Set<String> shared) {
    super(parent);
    this.other = other;
    this.shared = Set.copyOf(shared);
  }

  /** Whether compiled rules may find a class. */
  static boolean known(String name) {
    if (CLASSES.contains(name)) {
      return true;
    }
    for (String known : PACKAGES) {
      if (name.startsWith(known)) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!known(name)) {
      throw new ClassNotFoundException(name + " is beyond what rules may reach");
    }
    return shared.contains(name) ? other.loadClass(name) : super.loadClass(name, resolve);
  }

  @Override
  public URL getResource(String name) {
    return hidden(name) ? null : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return hidden(name) ? Collections.emptyEnumeration() : super.getResources(name);
  }

  private static boolean hidden(String name) {
    return name.endsWith(".class")
        && !known(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
  }
}
