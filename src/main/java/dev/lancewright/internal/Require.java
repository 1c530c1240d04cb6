package dev.lancewright.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refuses arguments of public methods that are null or out of range, by their names. */
public final class Require {
  private Require() {}

  /**
   * Returns an argument that is not null.
   *
   * @param name the name of the argument, for the message
   * @throws IllegalArgumentException if it is null
   */
  public static <T> T nonNull(T argument, String name) {
    if (argument == null) {
      throw new IllegalArgumentException(name + " must not be null");
    }
    return argument;
  }

  /**
   * Returns an argument that is positive.
   *
   * @param name the name of the argument, for the message
   * @throws IllegalArgumentException if it is not
   */
  public static long positive(long argument, String name) {
    if (argument <= 0) {
      throw new IllegalArgumentException(name + " must be positive, but was " + argument);
    }
    return argument;
  }

  /**
   * Copies a list.
   *
   * @param name the name of the argument, for the message
   * @return a list that cannot be modified
   * @throws IllegalArgumentException if the list or an element of it is null
   */
  public static <T> List<T> list(List<T> argument, String name) {
    nonNull(argument, name);
    for (int i = 0; i < argument.size(); i++) {
      if (argument.get(i) == null) {
        throw new IllegalArgumentException(
            "element %d of %s is null; none may be".formatted(i, name));
      }
    }
    return List.copyOf(argument);
  }

  /**
   * Copies an array into a list.
   *
   * @param name the name of the argument, for the message
   * @return a list that cannot be modified
   * @throws IllegalArgumentException if the array or an element of it is null
   */
  public static <T> List<T> list(T[] argument, String name) {
    return list(Arrays.asList(nonNull(argument, name)), name);
  }

  /**
   * Copies a map of strings.
   *
   * @param name the name of the argument, for the message
   * @return a map in the order of its keys that cannot be modified
   * @throws IllegalArgumentException if the map, a key or a value is null
   */
  public static Map<String, String> map(Map<String, String> argument, String name) {
    nonNull(argument, name)
        .forEach(
            (key, value) -> {
              if (key == null || value == null) {
                throw new IllegalArgumentException(
                    "%s has the entry %s=%s; neither may be null".formatted(name, key, value));
              }
            });
    return Collections.unmodifiableMap(new TreeMap<>(argument));
  }
}
