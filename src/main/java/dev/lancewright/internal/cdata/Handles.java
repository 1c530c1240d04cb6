package dev.lancewright.internal.cdata;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects that C code refers to by numbers. No number is used twice and none is 0, so that a stale
 * number finds nothing. Thread-safe.
 */
public final class Handles<T> {
  private final AtomicLong last = new AtomicLong();
  private final ConcurrentMap<Long, T> objects = new ConcurrentHashMap<>();

  /** Returns a number for an object that is added later. */
  public long next() {
    return last.incrementAndGet();
  }

  public void add(long handle, T object) {
    objects.put(handle, object);
  }

  /** Returns the object of a handle, or null if it was removed. */
  public T get(long handle) {
    return objects.get(handle);
  }

  /** Removes and returns the object of a handle, or returns null if it was removed before. */
  public T remove(long handle) {
    return objects.remove(handle);
  }
}
