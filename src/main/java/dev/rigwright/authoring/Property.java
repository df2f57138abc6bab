package dev.rigwright.authoring;

import java.lang.reflect.Method;
import java.util.Locale;

/** A field of a fact as a condition reads it: {@code limits.maxGpus}. */
final class Property {

  private Property() {}

  /** What was found; the value may be null. */
  record Value(Object value) {}

  /** The value of a field; null where the fact has no such field. */
  static Value of(Object fact, String path) {
    Object at = fact;
    for (String name : path.split("\\.")) {
      if (at == null) {
        return new Value(null);
      }
      Method accessor = accessor(at.getClass(), name);
      if (accessor == null) {
        return null;
      }
      try {
        accessor.setAccessible(true);
        at = accessor.invoke(at);
      } catch (ReflectiveOperationException | RuntimeException unreadable) {
        return null;
      }
    }
    return new Value(at);
  }

  /** The type of a field; null where the type has no such field. */
  static Class<?> type(Class<?> of, String path) {
    Class<?> at = of;
    for (String name : path.split("\\.")) {
      Method accessor = at == null ? null : accessor(at, name);
      at = accessor == null ? null : accessor.getReturnType();
    }
    return at;
  }

  private static Method accessor(Class<?> type, String name) {
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (String candidate : new String[] {name, "get" + capital, "is" + capital}) {
      try {
        return type.getMethod(candidate);
      } catch (NoSuchMethodException another) {
        continue;
      }
    }
    return null;
  }
}
