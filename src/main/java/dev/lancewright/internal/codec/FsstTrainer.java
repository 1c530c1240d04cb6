package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

public final class FsstTrainer {
  private static final double MAX_RATIO = 0.95;
  public static int SAMPLE_BYTES = 64 << 10;
  public static int PIECE_BYTES = 512;
  public static int MAX_POOL = 1024;
  public static int[] POOLS = {1024, 1024, 1024, 1024};
  public static double KEEP = 0.75;
  public static int LEAST = 3;
  public static boolean PREFIX = true;

  private final FsstMatcher matcher = new FsstMatcher();
  private final FsstCandidates candidates = new FsstCandidates();
  private byte[] sample = new byte[0];
  private int[] ends;
  private int values;
  private final long[] symbols = new long[4096];
  private final int[] lengths = new int[4096];
  private int size;
  private final int[] counts = new int[4096];
  private final int[] literals = new int[256];
  private long coded;
  private double estimatedRatio = 1;
  public long sampleNs, poolNs, pruneNs;

  public FsstTable train(VariableWidthColumn column) {
    long t0 = System.nanoTime();
    if (sample.length != SAMPLE_BYTES + 8) {
      sample = new byte[SAMPLE_BYTES + 8];
      ends = new int[SAMPLE_BYTES];
    }
    int bytes = column.length() == 0 ? 0 : takeSample(column);
    int terminator = rarestByte(bytes);
    long t1 = System.nanoTime();
    matcher.clear(terminator);
    size = 0;
    for (int pool : POOLS) {
      grow(pool);
    }
    long t2 = System.nanoTime();
    while (size > 255) {
      prune(Math.max(255, (int) (size * KEEP)));
    }
    prune(255);
    count(false);
    estimatedRatio = bytes == 0 ? 1 : (double) coded / bytes;
    long t3 = System.nanoTime();
    sampleNs += t1 - t0;
    poolNs += t2 - t1;
    pruneNs += t3 - t2;
    if (size == 0 || estimatedRatio > MAX_RATIO) {
      return null;
    }
    byte[] l=new byte[size]; for(int i=0;i<size;i++)l[i]=(byte)lengths[i];
    return new FsstTable(java.util.Arrays.copyOf(symbols, size), l, terminator);
  }

  /** Coded bytes for each byte of the sample of the last training. */
  public double estimatedRatio() {
    return estimatedRatio;
  }

  private int rarestByte(int bytes) {
    int[] histogram = new int[256];
    for (int i = 0; i < bytes; i++) {
      histogram[sample[i] & 0xFF]++;
    }
    int rarest = 0;
    for (int b = 1; b < 256; b++) {
      if (histogram[b] < histogram[rarest]) {
        rarest = b;
      }
    }
    return rarest;
  }

  private int takeSample(VariableWidthColumn column) {
    long first = column.offset(0);
    long total = column.offset(column.length()) - first;
    int pieces = SAMPLE_BYTES / PIECE_BYTES;
    boolean all = total <= SAMPLE_BYTES;
    int at = 0;
    values = 0;
    if (all) {
      MemorySegment.copy(column.data(), ValueLayout.JAVA_BYTE, first, sample, 0, (int) total);
      for (long row = 0; row < column.length(); row++) {
        int end = (int) (column.offset(row + 1) - first);
        if (end > at) {
          ends[values++] = end;
          at = end;
        }
      }
      return at;
    }
    for (int piece = 0; piece < pieces; piece++) {
      long from = first + total / pieces * piece;
      long row = row(column, from);
      int until = at + PIECE_BYTES;
      if (column.offset(row + 1) - column.offset(row) <= PIECE_BYTES) {
        from = column.offset(row);
      }
      while (at < until && row < column.length()) {
        int take = (int) Math.min(until - at, column.offset(row + 1) - from);
        if (take > 0) {
          MemorySegment.copy(column.data(), ValueLayout.JAVA_BYTE, from, sample, at, take);
          at += take;
          ends[values++] = at;
        }
        row++;
        from = column.offset(row);
      }
    }
    return at;
  }

  /** The value with the byte at {@code offset}. */
  private static long row(VariableWidthColumn column, long offset) {
    long low = 0;
    long high = column.length();
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (column.offset(middle) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void grow(int most) {
    candidates.clear();
    count(true);
    for (int id = 0; id < size; id++) {
      int length = lengths[id];
      if (counts[id] > 0) {
        candidates.add(symbols[id], length, counts[id] * (length == 1 ? 8 : length));
      }
    }
    for (int b = 0; b < 256; b++) {
      if (literals[b] > 0) {
        candidates.add(b, 1, literals[b] * 8);
      }
    }
    take(most, LEAST);
  }

  private void take(int most, int least) {
    int ranked = candidates.rank(least);
    matcher.clear(matcher.terminator());
    size = 0;
    for (int rank = 0; rank < ranked && size < most; rank++) {
      if (matcher.add(candidates.string(rank), candidates.length(rank), size)) {
        symbols[size] = candidates.string(rank);
        lengths[size] = candidates.length(rank);
        size++;
      }
    }
  }

  private void prune(int most) {
    count(false);
    candidates.clear();
    for (int id = 0; id < size; id++) {
      if (counts[id] > 0) {
        candidates.add(symbols[id], lengths[id], counts[id] * (codedWithout(id) - 1));
      }
    }
    for (int b = 0; b < 256; b++) {
      if (literals[b] > 0) {
        candidates.add(b, 1, literals[b]);
      }
    }
    take(most, 0);
  }

  /** Bytes of the code of a symbol's bytes if the symbol did not exist. */
  private int codedWithout(int id) {
    int length = lengths[id];
    if (length == 1) {
      return 2;
    }
    long fill = FsstText.fill(matcher.terminator());
    long text = fill ^ ((symbols[id] ^ fill) & (-1L >>> (64 - 8 * length)));
    int keep = length - 1;
    long prefix = fill ^ ((symbols[id] ^ fill) & (-1L >>> (64 - 8 * keep)));
    int entry = matcher.match(prefix);
    int codedBytes = FsstMatcher.codedBytes(entry);
    int at = FsstMatcher.length(entry);
    while (at < length) {
      long rest = (text >>> 8 * at) | (fill << (64 - 8 * at));
      entry = matcher.match(rest);
      codedBytes += FsstMatcher.codedBytes(entry);
      at += FsstMatcher.length(entry);
    }
    return codedBytes;
  }

  private void count(boolean pairs) {
    java.util.Arrays.fill(counts, 0);
    java.util.Arrays.fill(literals, 0);
    coded = 0;
    int at = 0;
    long fill = FsstText.fill(matcher.terminator());
    byte term = (byte) matcher.terminator();
    for (int value = 0; value < values; value++) {
      int end = ends[value];
      long before = 0;
      int lengthBefore = 8;
      boolean open = false;
      while (at < end) {
        long word = FsstText.word(sample, at, end, fill);
        int entry = matcher.match(word);
        int length = FsstMatcher.length(entry);
        if (FsstMatcher.isLiteral(entry)) {
          literals[(int) word & 0xFF]++;
        } else {
          counts[FsstMatcher.id(entry)]++;
        }
        coded += FsstMatcher.codedBytes(entry);
        if (pairs) {
          boolean isTerm = sample[at] == term;
          if (lengthBefore < 8 && !isTerm) {
            int joined = Math.min(8, lengthBefore + length);
            candidates.add(FsstText.prefix(before, joined), joined, joined);
            if (PREFIX && length > 1 && lengthBefore < 7) {
              candidates.add(FsstText.prefix(before, lengthBefore + 1), lengthBefore + 1, lengthBefore + 1);
            }
          }
          if (PREFIX && length > 1) {
            candidates.add(word & 0xff, 1, 8);
          }
          before = word;
          lengthBefore = isTerm ? 8 : length;
        }
        at += length;
      }
    }
  }
}
