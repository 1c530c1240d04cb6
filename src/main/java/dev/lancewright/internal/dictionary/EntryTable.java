package dev.lancewright.internal.dictionary;

import dev.lancewright.internal.simd.Hashes;
import java.util.Arrays;

/**
 * The hash table of a dictionary. Entries are numbered from 1 on in the order in which they were
 * added; their indices are one less. The table lies on the heap, where loops are fast before they
 * are compiled.
 *
 * <p>Open addressing: an entry lies in the first free slot from that of its hash on. Hashes are
 * kept, so that growing computes none.
 */
final class EntryTable {
  private static final int MIN_SLOTS = 1024;

  /** A small table stays in the nearest cache; a large one has moved its entries a few times. */
  private static final int GROWTH = 4;

  /**
   * A quarter of the slots is used, and half of them from so many on. A value that is not found in
   * its first slot costs a wrong guess of the processor, as much as all the rest.
   */
  private static final int LARGE_SLOTS = 256 << 10;

  /** Keys that are kept from one page to the next: 256 KiB. */
  private static final int MAX_KEPT_KEYS = 32 << 10;

  /** Entries, 0 where there is none. Those beyond {@link #mask} are not in use. */
  int[] slots = {};

  /** One less than the number of slots in use, which is a power of two. */
  int mask;

  /** Of an entry: its hash, at {@code entry * stride}, and what else tells it apart. */
  long[] keys = {};

  /** The number of entries. */
  int size;

  /** How many entries the slots in use take. */
  private int maxSize;

  private int stride;

  /**
   * Removes all entries.
   *
   * @param longs how many longs of {@link #keys} an entry has
   */
  void clear(int longs) {
    size = 0;
    stride = longs;
    resize(MIN_SLOTS);
  }

  /**
   * Adds an entry. Arrays and mask may be others afterwards.
   *
   * @param slot the free slot where the search for the entry ended
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

  /** Removes all entries, and lets go of arrays that are large. */
  void release() {
    size = 0;
    if (keys.length > MAX_KEPT_KEYS + stride) {
      slots = new int[0];
      keys = new long[0];
    }
  }

  /**
   * Finds the indices of values of 64 bits, and adds those that are new. Values are told apart by
   * their hashes: {@link Hashes#hash64} gives each another one. Those that were added lie at the
   * start of the block afterwards.
   *
   * @param max the most entries; if there would be more, the method gives up
   * @return whether it did not give up
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

  /** As {@link #findLongs}, for values of 128 bits. */
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
        // Of values with the same upper half each has another hash.
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
