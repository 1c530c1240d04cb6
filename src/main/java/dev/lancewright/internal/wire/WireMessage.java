package dev.lancewright.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message in protobuf's wire format, built field by field in the order of field numbers.
 *
 * <p>Writing a file takes a handful of small messages. The protobuf library would load hundreds of
 * classes for them and parse descriptors, which the first file of a process would wait for. Field
 * numbers are the constants of the generated classes, which the compiler copies.
 */
public final class WireMessage {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int TYPE_BITS = 3;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[32];
  private int size;

  /**
   * Appends an integer or enum of any size, unless it is 0.
   *
   * @param value the value; the sign of an int32 is extended, as the format demands
   */
  public WireMessage number(int field, long value) {
    return value == 0 ? this : presentNumber(field, value);
  }

  /** Appends an integer or enum of a field whose presence matters, even if it is 0. */
  public WireMessage presentNumber(int field, long value) {
    reserve(2 * MAX_VARINT_BYTES);
    putTag(field, VARINT);
    putVarint(value);
    return this;
  }

  /** Appends a boolean, unless it is false. */
  public WireMessage flag(int field, boolean value) {
    return number(field, value ? 1 : 0);
  }

  /** Appends integers or enums as one packed field, unless there are none. */
  public WireMessage numbers(int field, long[] values) {
    if (values.length == 0) {
      return this;
    }
    int length = 0;
    for (long value : values) {
      length += varintBytes(value);
    }
    putHeader(field, length);
    for (long value : values) {
      putVarint(value);
    }
    return this;
  }

  /** Appends a string, unless it is empty. */
  public WireMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends bytes, unless there are none. */
  public WireMessage bytes(int field, byte[] value) {
    return value.length == 0 ? this : presentBytes(field, value);
  }

  /** Appends bytes of a field whose presence matters, even if there are none. */
  public WireMessage presentBytes(int field, byte[] value) {
    return put(field, value, value.length);
  }

  /** Appends a message, even if it is empty. */
  public WireMessage message(int field, WireMessage value) {
    return put(field, value.bytes, value.size);
  }

  /** Appends an entry of a map from strings to bytes. */
  public WireMessage entry(int field, String key, String value) {
    WireMessage entry =
        new WireMessage()
            .presentBytes(1, key.getBytes(StandardCharsets.UTF_8))
            .presentBytes(2, value.getBytes(StandardCharsets.UTF_8));
    return message(field, entry);
  }

  /** Returns the message's bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private WireMessage put(int field, byte[] value, int length) {
    putHeader(field, length);
    System.arraycopy(value, 0, bytes, size, length);
    size += length;
    return this;
  }

  /** Appends what precedes {@code length} bytes, and reserves room for them. */
  private void putHeader(int field, int length) {
    reserve(Math.addExact(2 * MAX_VARINT_BYTES, length));
    putTag(field, LENGTH_DELIMITED);
    putVarint(length);
  }

  private void putTag(int field, int type) {
    putVarint((long) field << TYPE_BITS | type);
  }

  private void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private static int varintBytes(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      long doubled = Math.min(2L * bytes.length, MAX_ARRAY_BYTES);
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) doubled));
    }
  }
}
