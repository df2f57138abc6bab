package dev.rigwright.rulebook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.drools.base.common.DroolsObjectInputStream;
import org.drools.base.common.DroolsObjectOutputStream;
import org.drools.base.definitions.InternalKnowledgePackage;
import org.drools.compiler.builder.impl.KnowledgeBuilderImpl;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.wiring.api.classloader.ProjectClassLoader;
import org.kie.api.KieBase;
import org.kie.internal.builder.KnowledgeBuilder;

/**
 * Compiled rules as bytes, and back. The form is the engine's own, which is Java's serialisation:
 * where it is read back, no class takes part but those named here, and the rules' own classes load
 * behind {@link SafeLoader}, as they do after a compilation.
 */
final class CompiledRules {

  private static final List<String> PACKAGES =
      List.of(
          "dev.rigwright.domain.",
          "dev.rigwright.estimate.",
          "org.drools.base.",
          "org.drools.compiler.rule.builder.",
          "org.drools.core.",
          "org.drools.io.",
          "org.drools.mvel.",
          "org.drools.util.",
          "org.kie.api.",
          "org.kie.internal.",
          "rigwright.");

  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Class",
          "java.lang.Double",
          "java.lang.Enum",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Number",
          "java.lang.Object",
          "java.lang.Short",
          "java.lang.String",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.ArrayList",
          "java.util.Collections$EmptyList",
          "java.util.Collections$EmptyMap",
          "java.util.Collections$EmptySet",
          "java.util.Collections$SynchronizedMap",
          "java.util.Collections$UnmodifiableMap",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.List",
          "java.util.Map",
          "java.util.Map$Entry",
          "java.util.Set",
          "java.util.TreeMap",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.ConcurrentHashMap$CollectionView",
          "java.util.concurrent.ConcurrentHashMap$KeySetView",
          "java.util.concurrent.ConcurrentHashMap$Segment",
          "java.util.concurrent.locks.AbstractOwnableSynchronizer",
          "java.util.concurrent.locks.AbstractQueuedSynchronizer",
          "java.util.concurrent.locks.ReentrantLock",
          "java.util.concurrent.locks.ReentrantLock$NonfairSync",
          "java.util.concurrent.locks.ReentrantLock$Sync");

  private CompiledRules() {}

  /**
   * What a builder compiled; to be asked before a rule base takes it over.
   *
   * @throws IOException if a class would take part that is not named here
   */
  static byte[] bytes(KnowledgeBuilder builder, Collection<RuleFile> files) throws IOException {
    Map<String, byte[]> loaded =
        ((ProjectClassLoader) ((KnowledgeBuilderImpl) builder).getRootClassLoader()).getStore();
    Map<String, byte[]> types = new TreeMap<>();
    for (RuleFile file : files) {
      for (FileModel.DeclaredType type : file.model().types()) {
        String name = file.model().packageName() + "." + type.name();
        byte[] code = loaded == null ? null : loaded.get(name.replace('.', '/') + ".class");
        if (code == null) {
          throw new IOException("The class of the declared type (" + name + ") is not at hand.");
        }
        types.put(name, code);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 22);
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(types.size());
    for (Map.Entry<String, byte[]> type : types.entrySet()) {
      data.writeUTF(type.getKey());
      data.writeInt(type.getValue().length);
      data.write(type.getValue());
    }
    data.flush();
    try (Writing out = new Writing(bytes)) {
      out.writeObject(new ArrayList<>(builder.getKnowledgePackages()));
      if (!out.foreign.isEmpty()) {
        throw new IOException("These classes are not kept: " + out.foreign);
      }
    }
    return bytes.toByteArray();
  }

  /**
   * A rule base of what was compiled.
   *
   * @throws IOException if the bytes are not what {@link #bytes} makes, or ask for another class
   */
  static KieBase base(byte[] bytes) throws IOException {
    InternalKnowledgeBase base = RulebookReader.emptyBase(new SafeLoader(KnownClasses.LOADER));
    ProjectClassLoader loader = (ProjectClassLoader) base.getRootClassLoader();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    DataInputStream data = new DataInputStream(in);
    int types = data.readInt();
    for (int i = 0; i < types; i++) {
      String name = data.readUTF();
      int size = data.readInt();
      if (!name.startsWith("rigwright.") || size < 0 || size > in.available()) {
        throw new IOException("No declared type: " + name);
      }
      loader.storeClass(name, data.readNBytes(size));
    }
    List<InternalKnowledgePackage> packages = new ArrayList<>();
    try (Reading objects = new Reading(in, loader)) {
      for (Object one : (Collection<?>) objects.readObject()) {
        packages.add((InternalKnowledgePackage) one);
      }
      base.addPackages(packages);
      return base;
    } catch (ClassNotFoundException | RuntimeException | LinkageError foreign) {
      throw new IOException(foreign);
    }
  }

  private static boolean known(String name) {
    if (CLASSES.contains(name)) {
      return true;
    }
    for (String start : PACKAGES) {
      if (name.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean known(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive() || known(element.getName());
  }

  /** Which classes may take part; asked for each object, so each class is looked at once. */
  private static ObjectInputFilter filter() {
    Map<Class<?>, Status> judged = new HashMap<>();
    return asked ->
        asked.serialClass() == null
            ? Status.UNDECIDED
            : judged.computeIfAbsent(
                asked.serialClass(), type -> known(type) ? Status.UNDECIDED : Status.REJECTED);
  }

  private static Status textsAndCode(FilterInfo asked) {
    Class<?> type = asked.serialClass();
    return type == null || type == byte[].class || type == String.class
        ? Status.UNDECIDED
        : Status.REJECTED;
  }

  private static final class Writing extends DroolsObjectOutputStream {

    private final Set<String> foreign = new TreeSet<>();

    Writing(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) {
      if (!known(type)) {
        foreign.add(type.getName());
      }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      foreign.add(type.getName());
    }
  }

  private static final class Reading extends DroolsObjectInputStream {

    Reading(InputStream in, ClassLoader rules) throws IOException {
      super(in, rules);
      setObjectInputFilter(filter());
      enableResolveObject(true);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      String name = described.getName();
      // The engine's own classes are beyond what rules may reach, but not beyond the engine.
      ClassLoader loader = name.startsWith("rigwright.") ? getClassLoader() : KnownClasses.LOADER;
      return Class.forName(name, false, loader);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
      throw new InvalidClassException("A proxy is nothing that rules compile to.");
    }

    /** The engine packs a second stream into the first; it is held as well before it is read. */
    @Override
    protected Object resolveObject(Object read) throws IOException {
      if (read instanceof byte[] bytes && isStream(bytes)) {
        try (ObjectInputStream inner = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
          inner.setObjectInputFilter(CompiledRules::textsAndCode);
          int entries = inner.readInt();
          for (int i = 0; i < entries; i++) {
            inner.readObject();
            inner.readObject();
          }
        } catch (ClassNotFoundException foreign) {
          throw new IOException(foreign);
        }
      }
      return read;
    }

    private static boolean isStream(byte[] bytes) {
      return bytes.length > 1
          && (short) (bytes[0] << 8 | bytes[1] & 0xff) == ObjectStreamConstants.STREAM_MAGIC;
    }
  }
}
