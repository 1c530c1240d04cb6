package dev.lancewright.internal.dictionary;

import dev.lancewright.internal.simd.Hashes;
import java.util.Arrays;

/**
 * The hash table of a dictionary. Entries are numbered from 1 in insertion order; their indices are
 * one less. The table is on the heap, where loops are fast even before they are compiled.
 *
 * <p>The table uses open addressing with linear probing. Hashes are stored, so that growing need
 * not recompute them.
 */
final class EntryTable {
  private static final int MIN_SLOTS = 1024;

  /**
   * The growth factor: small tables stay in the nearest cache, and large ones have moved their
   * entries only a few times.
   */
  private static final int GROWTH = 4;

  /**
   * The number of slots from which half of them are used rather than a quarter. A value that is not
   * in its first slot costs a branch misprediction, as much as everything else.
   */
  private static final int LARGE_SLOTS = 256 << 10;

  /** The maximum size of keys kept from one page to the next: 256 KiB. */
  private static final int MAX_KEPT_KEYS = 32 << 10;

  /** The entry in each slot, or 0 if it is free. Slots beyond {@link #mask} are unused. */
  int[] slots = {};

  /** The number of slots in use, a power of two, minus one. */
  int mask;

  /** For each entry its hash, at {@code entry * stride}, and any further words that identify it. */
  long[] keys = {};

  /** The number of entries. */
  int size;

  /** The maximum number of entries before the table grows. */
  private int maxSize;

  private int stride;

  /**
   * Removes all entries.
   *
   * @param longs the number of words of {@link #keys} for each entry
   */
  void clear(int longs) {
    size = 0;
    stride = longs;
    resize(MIN_SLOTS);
  }

  /**
   * Adds an entry. Arrays and mask may be replaced.
   *
   * @param slot the free slot where the search ended
   * @return the entry's number
   */
  int add(int slot, long hash) {
    size++;
    int entry = size;
    slots[slot] = entry;
    keys[entry * stride] = hash;
    if (size > maxSize) {
      resize((mask + 1) * GROWTH);
      insertAll();
    }
    return entry;
  }

  private void resize(int count) {
    if (slots.length < count) {
      slots = new int[count];
    } else {
      Arrays.fill(slots, 0, count, 0);
    }
    mask = count - 1;
    maxSize = count < LARGE_SLOTS ? count / 4 : count / 2;
    int longs = (maxSize + 2) * stride;
    if (keys.length < longs) {
      keys = Arrays.copyOf(keys, longs);
    }
  }

  private void insertAll() {
    for (int entry = 1; entry <= size; entry++) {
      int slot = (int) keys[entry * stride] & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = entry;
    }
  }

  /** Removes all entries, and frees large arrays. */
  void release() {
    size = 0;
    if (keys.length > MAX_KEPT_KEYS + stride) {
      slots = new int[0];
      keys = new long[0];
    }
  }

  /**
   * Finds the indices of 64-bit values, and adds new ones. Values are identified by their hashes,
   * since {@link Hashes#hash64} is injective. Those added are moved to the start of the block.
   *
   * @param max the maximum number of entries; the method gives up if there would be more
   * @return false if it gave up
   */
  boolean findLongs(RowBlock block, int count, long max) {
    long[] values = block.words;
    long[] hashes = block.hashes;
    Hashes.hashLongs(values, count, hashes);
    int[] indices = block.indices;
    long[] nulls = block.nulls;
    int[] slots = this.slots;
    long[] keys = this.keys;
    int mask = this.mask;
    int last = block.last;
    int added = 0;
    for (int i = 0; i < count; i++) {
      if (!RowBlock.isSet(nulls, i)) {
        long hash = hashes[i];
        int slot = (int) hash & mask;
        int entry = slots[slot];
        while (entry != 0 && keys[entry] != hash) {
          slot = slot + 1 & mask;
          entry = slots[slot];
        }
        if (entry == 0) {
          if (size >= max) {
            return false;
          }
          entry = add(slot, hash);
          slots = this.slots;
          keys = this.keys;
          mask = this.mask;
          values[added] = values[i];
          added++;
        }
        last = entry - 1;
      }
      indices[i] = last;
    }
    block.last = last;
    return true;
  }

  /** Finds the indices of 128-bit values, like {@link #findLongs}. */
  boolean findPairs(RowBlock block, int count, long max) {
    long[] values = block.words;
    int[] indices = block.indices;
    long[] nulls = block.nulls;
    int[] slots = this.slots;
    long[] keys = this.keys;
    int mask = this.mask;
    int last = block.last;
    int added = 0;
    for (int i = 0; i < count; i++) {
      if (!RowBlock.isSet(nulls, i)) {
        long low = values[2 * i];
        long high = values[2 * i + 1];
        long hash = Hashes.hash128(low, high);
        int slot = (int) hash & mask;
        int entry = slots[slot];
        // Values with the same upper half have different hashes.
        while (entry != 0 && (keys[2 * entry] != hash || keys[2 * entry + 1] != high)) {
          slot = slot + 1 & mask;
          entry = slots[slot];
        }
        if (entry == 0) {
          if (size >= max) {
            return false;
          }
          entry = add(slot, hash);
          slots = this.slots;
          keys = this.keys;
          mask = this.mask;
          keys[2 * entry + 1] = high;
          values[added] = low;
          values[added + 1] = high;
          added += 2;
        }
        last = entry - 1;
      }
      indices[i] = last;
    }
    block.last = last;
    return true;
  }
}
