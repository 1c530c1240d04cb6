package dev.lancewright.internal.cdata;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects that C code holds by numbers. No number is given twice and none is 0, so that one that C
 * code kept for too long finds nothing. Thread-safe.
 */
public final class Handles<T> {
  private final AtomicLong last = new AtomicLong();
  private final ConcurrentMap<Long, T> objects = new ConcurrentHashMap<>();

  /** A number for an object that is added later. */
  public long next() {
    return last.incrementAndGet();
  }

  public void add(long handle, T object) {
    objects.put(handle, object);
  }

  /** The object of a handle; null if it was removed. */
  public T get(long handle) {
    return objects.get(handle);
  }

  /** Removes and gives back the object of a handle; null if it was removed before. */
  public T remove(long handle) {
    return objects.remove(handle);
  }
}
