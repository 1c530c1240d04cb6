package dev.lancewright.internal.dictionary;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.Hashes;
import dev.lancewright.internal.simd.Offsets;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Builds a dictionary of strings. While all strings are short, they are looked up as numbers.
 * Others are compared by digests on the heap, and, for entries without digests or if those are
 * inconclusive, with the dictionary itself.
 */
final class StringDictionary {
  /** The number of entries with digests, which take 256 KiB. */
  private static final int MAX_DIGESTS = 8 << 10;

  private static final int MIN_DIGESTS = 256;

  private final EntryTable table;
  private final AppendBuffer offsets;
  private final AppendBuffer data;

  /** The digests of the first entries, of {@link Hashes#DIGEST_WORDS} words each. */
  private long[] digests = {};

  private VariableWidthColumn column;
  private int width;
  private long maxValues;
  private long maxBytes;

  /** The size of all entries and offsets in bytes, including those not yet in the buffers. */
  private long bytes;

  /** Created for the first column of strings: most columns have none. */
  private StringBlock strings;

  /**
   * Creates an empty dictionary.
   *
   * @param offsets the target for its offsets
   * @param data the target for its strings
   */
  StringDictionary(EntryTable table, AppendBuffer offsets, AppendBuffer data) {
    this.table = table;
    this.offsets = offsets;
    this.data = data;
  }

  /**
   * Builds the dictionary of a column.
   *
   * @param maxValues the maximum number of values; with more the method gives up
   * @param maxBytes the maximum size of the strings in bytes, including offsets; with more the
   *     method gives up
   * @param indices the target for the index of each row
   * @return false if it gave up
   */
  boolean build(
      VariableWidthColumn values,
      long maxValues,
      long maxBytes,
      RowBlock block,
      AppendBuffer indices) {
    start(values, maxValues, maxBytes);
    boolean areShort = true;
    for (long row = 0; row < column.length(); ) {
      int count = strings.read(row);
      if (areShort && !strings.areShort(count)) {
        // Numbers can no longer identify all strings, so start over.
        areShort = false;
        row = 0;
        start(values, maxValues, maxBytes);
        block.clear();
        indices.clear();
      } else {
        if (!find(block, row, count, areShort)) {
          return false;
        }
        block.appendIndices(Math.max(count, 1), indices);
        row += Math.max(count, 1);
      }
    }
    return true;
  }

  private boolean find(RowBlock block, long row, int count, boolean areShort) {
    if (count == 0) {
      return findOne(block, row);
    }
    block.readNulls(column.validity(), row, count);
    return areShort ? findShort(block, count) : findDigests(block, count);
  }

  /**
   * Starts a dictionary.
   *
   * @param values the column, which is borrowed until the next one starts
   * @param maxValues the maximum number of values; with more the method gives up
   * @param maxBytes the maximum size of the strings in bytes, including offsets; with more the
   *     method gives up
   */
  void start(VariableWidthColumn values, long maxValues, long maxBytes) {
    this.column = values;
    this.width = values.type().offsetWidth();
    this.maxValues = maxValues;
    this.maxBytes = maxBytes;
    this.bytes = width;
    if (strings == null) {
      strings = new StringBlock();
    }
    strings.start(values);
    table.clear(1);
    offsets.clear();
    data.clear();
    appendOffset();
  }

  private boolean findShort(RowBlock block, int count) {
    int next = table.size;
    strings.number(count, block.words);
    if (!table.findLongs(block, count, maxValues)) {
      return false;
    }
    if (next == table.size) {
      return true;
    }
    for (int i = 0; i < count; i++) {
      if (block.indices[i] == next && !block.isNull(i)) {
        next++;
        bytes += strings.length(i) + width;
        strings.add(i);
      }
    }
    strings.appendAdded(offsets, data);
    return bytes <= maxBytes;
  }

  private boolean findDigests(RowBlock block, int count) {
    long[] hashes = block.hashes;
    strings.digest(count, hashes);
    int[] indices = block.indices;
    int[] slots = table.slots;
    long[] keys = table.keys;
    int mask = table.mask;
    int last = block.last;
    for (int i = 0; i < count; i++) {
      if (!block.isNull(i)) {
        long hash = hashes[i];
        int slot = (int) hash & mask;
        int entry = slots[slot];
        while (entry != 0 && (keys[entry] != hash || !equals(entry, i))) {
          slot = slot + 1 & mask;
          entry = slots[slot];
        }
        if (entry == 0) {
          if (!hasRoom(strings.length(i))) {
            return false;
          }
          entry = table.add(slot, hash);
          slots = table.slots;
          keys = table.keys;
          mask = table.mask;
          setDigest(entry, i);
          strings.add(i);
        }
        last = entry - 1;
      }
      indices[i] = last;
    }
    block.last = last;
    strings.appendAdded(offsets, data);
    return true;
  }

  private boolean findOne(RowBlock block, long row) {
    if (!column.isNull(row)) {
      int index = find(row);
      if (index < 0) {
        return false;
      }
      block.last = index;
    }
    block.indices[0] = block.last;
    return true;
  }

  /**
   * Finds the index of a single row, whose string may have any length; returns -1 if there is no
   * room.
   */
  int find(long row) {
    long start = column.offset(row);
    long length = column.offset(row + 1) - start;
    long hash = Hashes.hash(column.data(), start, length);
    int slot = (int) hash & table.mask;
    int entry = table.slots[slot];
    while (entry != 0 && (table.keys[entry] != hash || !equals(entry, start, length))) {
      slot = slot + 1 & table.mask;
      entry = table.slots[slot];
    }
    if (entry == 0) {
      if (!hasRoom(length)) {
        return -1;
      }
      entry = table.add(slot, hash);
      if (entry < MAX_DIGESTS) {
        int at = roomForDigest(entry);
        Arrays.fill(digests, at, at + 3, 0);
        digests[at + 3] = Hashes.longDigest(length);
      }
      data.append(column.data(), start, length);
      appendOffset();
    }
    return entry - 1;
  }

  /** Counts a new string; returns whether there is room for it. */
  private boolean hasRoom(long length) {
    bytes += length + width;
    return table.size < maxValues && bytes <= maxBytes;
  }

  private boolean equals(int entry, int row) {
    if (entry < MAX_DIGESTS) {
      long[] own = strings.digests;
      int at = entry * Hashes.DIGEST_WORDS;
      int to = row * Hashes.DIGEST_WORDS;
      long different =
          (digests[at] ^ own[to])
              | (digests[at + 1] ^ own[to + 1])
              | (digests[at + 2] ^ own[to + 2])
              | (digests[at + 3] ^ own[to + 3]);
      if (different != 0) {
        return false;
      }
      if (own[to + 3] >= 0) {
        return true;
      }
    }
    strings.appendAdded(offsets, data);
    return equals(entry, strings.at(row), strings.length(row));
  }

  private boolean equals(int entry, long start, long length) {
    long heldStart = Offsets.get(offsets.block(), (entry - 1L) * width, width);
    long heldEnd = Offsets.get(offsets.block(), (long) entry * width, width);
    return heldEnd - heldStart == length
        && MemorySegment.mismatch(
                column.data(), start, start + length, data.block(), heldStart, heldEnd)
            == -1;
  }

  private void setDigest(int entry, int row) {
    if (entry < MAX_DIGESTS) {
      int at = roomForDigest(entry);
      System.arraycopy(
          strings.digests, row * Hashes.DIGEST_WORDS, digests, at, Hashes.DIGEST_WORDS);
    }
  }

  private int roomForDigest(int entry) {
    int at = entry * Hashes.DIGEST_WORDS;
    if (at >= digests.length) {
      int entries = Math.max(MIN_DIGESTS, entry * 2);
      digests = Arrays.copyOf(digests, Math.min(entries, MAX_DIGESTS) * Hashes.DIGEST_WORDS);
    }
    return at;
  }

  private void appendOffset() {
    long at = offsets.reserve(width);
    Offsets.set(offsets.block(), at, width, data.size());
    offsets.advance(width);
  }
}
