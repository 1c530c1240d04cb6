package dev.lancewright.arrow;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects that C code holds by numbers. No number is given twice and none is 0, so that one that C
 * code kept for too long finds nothing. Thread-safe.
 */
final class Handles<T> {
  private final AtomicLong last = new AtomicLong();
  private final ConcurrentMap<Long, T> objects = new ConcurrentHashMap<>();

  /** A number for an object that is added later. */
  long next() {
    return last.incrementAndGet();
  }

  void add(long handle, T object) {
    objects.put(handle, object);
  }

  /** The object of a handle; null if it was removed. */
  T get(long handle) {
    return objects.get(handle);
  }

  /** Removes and gives back the object of a handle; null if it was removed before. */
  T remove(long handle) {
    return objects.remove(handle);
  }
}
