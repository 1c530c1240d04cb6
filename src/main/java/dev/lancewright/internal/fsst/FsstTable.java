package dev.lancewright.internal.fsst;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.simd.FsstCodes;
import dev.lancewright.internal.simd.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The symbol table of FSST: code {@code i} stands for symbol {@code i}, a string of one to eight
 * bytes; code {@value #ESCAPE} stands for the byte after it. Immutable.
 */
public final class FsstTable {
  /** The size in bytes of a table in a page's encoding. */
  public static final int SERIALIZED_BYTES = 2312;

  /** The maximum number of symbols in a table. */
  static final int MAX_SYMBOLS = 255;

  /** The escape code, which precedes a literal byte. */
  static final int ESCAPE = FsstCodes.ESCAPE;

  /** The maximum number of bytes in a symbol, and so the maximum expansion of a code byte. */
  public static final int MAX_SYMBOL_BYTES = FsstCodes.MAX_SYMBOL_BYTES;

  private static final int MAGIC = 0x46535354;
  private static final int HEADER_BYTES = 8;

  private final long[] symbols;
  private final byte[] lengths;

  private final FsstCodes codes;
  private final int terminator;
  private final boolean raw;

  private FsstTable(long[] symbols, byte[] lengths, int terminator, boolean raw) {
    this.symbols = symbols;
    this.lengths = lengths;
    this.terminator = terminator;
    this.raw = raw;
    this.codes = new FsstCodes(symbols, lengths);
  }

  /**
   * Creates a table.
   *
   * @param symbols the symbols, with the first byte of each in the lowest bits
   * @param lengths the number of bytes of each symbol
   * @param terminator a byte that only symbols of one byte may contain
   */
  FsstTable(long[] symbols, byte[] lengths, int terminator) {
    this(symbols, lengths, terminator, false);
  }

  /**
   * Parses a table from a page's encoding. If its switch is off, the encoded values are the plain
   * values.
   *
   * @throws LanceFormatException if the size or the magic number is wrong, or if a symbol is empty
   *     or longer than {@value #MAX_SYMBOL_BYTES} bytes
   */
  public static FsstTable parse(byte[] serialized) throws LanceFormatException {
    if (serialized.length != SERIALIZED_BYTES) {
      throw new LanceFormatException(
          "FSST symbol table: %d bytes, must be %d".formatted(serialized.length, SERIALIZED_BYTES));
    }
    MemorySegment bytes = MemorySegment.ofArray(serialized);
    int magic = bytes.get(LittleEndian.INT, 4);
    if (magic != MAGIC) {
      throw new LanceFormatException(
          "FSST symbol table: magic number %08x, must be %08x".formatted(magic, MAGIC));
    }
    int terminator = serialized[1] & 0xFF;
    if ((serialized[3] & 1) == 0) {
      return new FsstTable(new long[0], new byte[0], terminator, true);
    }
    int count = serialized[0] & 0xFF;
    long[] symbols = new long[count];
    byte[] lengths = new byte[count];
    for (int code = 0; code < count; code++) {
      int length = serialized[HEADER_BYTES + 8 * count + code];
      if (length < 1 || length > MAX_SYMBOL_BYTES) {
        throw new LanceFormatException(
            "FSST symbol table, symbol %d: %d bytes, must be 1 to %d"
                .formatted(code, length, MAX_SYMBOL_BYTES));
      }
      lengths[code] = (byte) length;
      symbols[code] =
          FsstText.prefix(bytes.get(LittleEndian.LONG, HEADER_BYTES + 8L * code), length);
    }
    return new FsstTable(symbols, lengths, terminator, false);
  }

  /** Returns the table as serialized in a page's encoding. */
  public byte[] serialized() {
    byte[] serialized = new byte[SERIALIZED_BYTES];
    MemorySegment bytes = MemorySegment.ofArray(serialized);
    serialized[0] = (byte) symbols.length;
    serialized[1] = (byte) terminator;
    serialized[3] = (byte) (raw ? 0 : 1);
    bytes.set(LittleEndian.INT, 4, MAGIC);
    for (int code = 0; code < symbols.length; code++) {
      bytes.set(LittleEndian.LONG, HEADER_BYTES + 8L * code, symbols[code]);
    }
    System.arraycopy(lengths, 0, serialized, HEADER_BYTES + 8 * symbols.length, lengths.length);
    return serialized;
  }

  /** Returns the number of symbols. */
  public int size() {
    return symbols.length;
  }

  /**
   * Replaces the symbols of a matcher with these, with their codes as ids.
   *
   * @throws IllegalArgumentException if the table is switched off
   */
  void addTo(FsstMatcher matcher) {
    if (raw) {
      throw new IllegalArgumentException(
          "an FSST symbol table that is switched off cannot encode; train one");
    }
    matcher.clear(terminator);
    for (int code = 0; code < symbols.length; code++) {
      matcher.add(symbols[code], lengths[code], code);
    }
  }

  /** Returns whether the encoded values are the plain values. */
  public boolean isRaw() {
    return raw;
  }

  /**
   * Decodes {@code count} values, starting with value {@code first}, contiguously.
   *
   * @param target the target for the values, with room at {@code to} for {@value #MAX_SYMBOL_BYTES}
   *     times the size of the codes plus {@value #MAX_SYMBOL_BYTES} bytes, all of which may be
   *     overwritten
   * @param ends the target for the end of each value, as offsets of the column's type
   * @return the size of the decoded values in bytes
   * @throws LanceFormatException if a code has no symbol, a value ends with an escape, or there are
   *     more bytes than offsets can address
   */
  public long decode(
      VariableWidthColumn coded,
      long first,
      int count,
      MemorySegment target,
      long to,
      MemorySegment ends)
      throws LanceFormatException {
    int width = coded.type().offsetWidth();
    int decoded =
        codes.decode(coded.data(), coded.offsets(), width, first, count, target, to, ends);
    if (decoded < count) {
      throw malformed(coded, first + decoded);
    }
    return Offsets.get(ends, (first + count) * width, width) - to;
  }

  private LanceFormatException malformed(VariableWidthColumn coded, long value) {
    long start = coded.offset(value);
    long bytes = coded.offset(value + 1) - start;
    for (long at = 0; at < bytes; at++) {
      int code = coded.data().get(ValueLayout.JAVA_BYTE, start + at) & 0xFF;
      if (code == ESCAPE && at + 1 < bytes) {
        at++;
      } else if (code >= symbols.length) {
        return malformed(code, at, bytes);
      }
    }
    return new LanceFormatException(
        "FSST value of %d bytes: with it values have more bytes than offsets of %s can count"
            .formatted(bytes, coded.type()));
  }

  private LanceFormatException malformed(int code, long at, long bytes) {
    return new LanceFormatException(
        code == ESCAPE
            ? "FSST value of %d bytes: code 255 is the last byte; a literal must follow"
                .formatted(bytes)
            : "FSST value of %d bytes, byte %d: code %d, but the table has %d symbols"
                .formatted(bytes, at, code, symbols.length));
  }
}
