package dev.lancewright.internal.fsst;

import dev.lancewright.column.VariableWidthColumn;
import java.util.Arrays;

/**
 * Learns the FSST symbols that make a column small.
 *
 * <p>On a sample, symbols grow from single bytes: each round joins adjacent matches, and for each
 * slot of a matcher keeps the string that covers the most bytes. That yields several times more
 * symbols than a table can hold. Further rounds drop those that the others can replace at the
 * lowest cost. The same values always yield the same table.
 *
 * <p>A trainer reuses its scratch memory for many columns. Not thread-safe.
 */
public final class FsstTrainer {
  /** The maximum ratio of encoded to plain bytes for a table to be worth it. */
  private static final double MAX_RATIO = 0.95;

  /**
   * The step between pieces in each round of growth: the first rounds use every fourth piece of the
   * sample, the last all of them.
   */
  private static final int[] GROWTH_STEPS = {4, 4, 2, 2, 1};

  private static final int LITERALS = FsstSymbols.MAX;

  /**
   * The number of rounds before the symbols are tried, on pieces half of which they have not been
   * learnt from. There are many more of them by then than a table can hold: what these do not make
   * smaller, such as compressed images, no table does.
   */
  private static final int TRIAL_ROUNDS = 2;

  /** The minimum number of occurrences of a string to become a symbol. */
  private static final int MIN_COUNT = 2;

  private final FsstSample sample = FsstSample.toLearn();
  private final FsstSample check = FsstSample.toCheck();
  private final FsstCandidates candidates = new FsstCandidates();
  private FsstSymbols symbols = new FsstSymbols();
  private FsstSymbols next = new FsstSymbols();

  /** The number of matches of each symbol, and from {@link #LITERALS} on of each byte. */
  private final int[] counts = new int[LITERALS + 256];

  /**
   * For each slot the best candidate of several bytes: first the two-byte ones, then longer ones.
   */
  private final int[] best = new int[2 * FsstMatcher.SLOTS];

  /** The loss of each symbol together with the symbol, for sorting. */
  private final long[] ranks = new long[FsstSymbols.MAX + 256];

  private double estimatedRatio = 1;

  /**
   * Learns the symbols of a column.
   *
   * @return the table, or null if it would not make the column much smaller
   */
  public FsstTable train(VariableWidthColumn values) {
    return train(values, MAX_RATIO);
  }

  /**
   * Learns the symbols of a column, and gives up as soon as they cannot make it small enough.
   *
   * @param limit the maximum ratio of encoded to plain bytes
   * @return the table, or null if it would not make the column that small, or not much smaller
   */
  public FsstTable train(VariableWidthColumn values, double limit) {
    double maxRatio = Math.min(limit, MAX_RATIO);
    sample.take(values);
    symbols.clear(sample.terminator());
    for (int round = 0; round < GROWTH_STEPS.length; round++) {
      estimatedRatio = grow(GROWTH_STEPS[round]);
      if (round == TRIAL_ROUNDS && estimatedRatio > maxRatio) {
        return null;
      }
    }
    do {
      estimatedRatio = prune(Math.max(FsstTable.MAX_SYMBOLS, symbols.size() / 4 * 3));
      if (estimatedRatio > maxRatio) {
        return null;
      }
    } while (symbols.size() > FsstTable.MAX_SYMBOLS);
    check.take(values, sample.terminator());
    estimatedRatio = count(check, 1, false);
    return estimatedRatio > maxRatio ? null : symbols.toTable();
  }

  /**
   * Returns the ratio of encoded to plain bytes of the last column, of a part not learnt from; if
   * there is no table, a ratio that none is likely to improve.
   */
  public double estimatedRatio() {
    return estimatedRatio;
  }

  /**
   * Finds the symbols of the next round in every {@code step}th piece.
   *
   * @return the ratio of encoded to plain bytes with the symbols of the last round
   */
  private double grow(int step) {
    candidates.clear(sample.pieces().bytes(step) + counts.length);
    double ratio = count(sample, step, true);
    for (int id = 0; id < symbols.size(); id++) {
      candidates.add(symbols.string(id), symbols.length(id), counts[id]);
    }
    for (int b = 0; b < 256; b++) {
      candidates.add(b, 1, counts[LITERALS + b]);
    }
    next.clear(sample.terminator());
    Arrays.fill(best, -1);
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.count(i) >= MIN_COUNT) {
        nominate(i);
      }
    }
    for (int winner : best) {
      if (winner >= 0) {
        next.add(candidates.string(winner), candidates.length(winner));
      }
    }
    useNext();
    return ratio;
  }

  private void nominate(int candidate) {
    int length = candidates.length(candidate);
    long string = candidates.string(candidate);
    if (length == 1) {
      next.add(string, length);
      return;
    }
    int slot = FsstMatcher.slot(string) + (length == 2 ? 0 : FsstMatcher.SLOTS);
    int rival = best[slot];
    if (rival < 0 || candidates.bytes(candidate) > candidates.bytes(rival)) {
      best[slot] = candidate;
    }
  }

  /**
   * Keeps the {@code most} symbols, or bytes that were literals, whose loss would cost the most.
   *
   * @return the ratio of encoded to plain bytes with all of them, which fewer will hardly improve
   */
  private double prune(int most) {
    double ratio = count(sample, 1, false);
    int ranked = 0;
    for (int id = 0; id < symbols.size(); id++) {
      long loss = (long) counts[id] * (symbols.codedBytesWithout(id) - 1);
      ranks[ranked++] = (-loss << 32) | id;
    }
    for (int b = 0; b < 256; b++) {
      ranks[ranked++] = ((long) -counts[LITERALS + b] << 32) | (LITERALS + b);
    }
    Arrays.sort(ranks, 0, ranked);
    next.clear(sample.terminator());
    for (int i = 0; i < ranked && ranks[i] < 0 && next.size() < most; i++) {
      int id = (int) ranks[i];
      if (id < LITERALS) {
        next.add(symbols.string(id), symbols.length(id));
      } else {
        next.add(id - LITERALS, 1);
      }
    }
    useNext();
    return ratio;
  }

  private void useNext() {
    FsstSymbols last = symbols;
    symbols = next;
    next = last;
  }

  /**
   * Counts symbols and literals in every {@code step}th piece of a sample.
   *
   * @param join whether adjacent matches become candidates
   * @return the ratio of encoded to plain bytes; 1 if there are none
   */
  private double count(FsstSample from, int step, boolean join) {
    Arrays.fill(counts, 0);
    FsstMatcher matcher = symbols.matcher();
    FsstPieces pieces = from.pieces();
    byte[] text = pieces.text();
    long bytes = 0;
    long codedBytes = 0;
    for (int piece = 0; piece < pieces.count(); piece += step) {
      int start = pieces.start(piece);
      int end = pieces.end(piece);
      bytes += end - start;
      long before = 0;
      int lengthBefore = FsstTable.MAX_SYMBOL_BYTES;
      for (int at = start; at < end; at += lengthBefore) {
        long here = FsstText.getLong(text, at);
        int entry = matcher.match(here);
        int length = FsstMatcher.length(entry);
        codedBytes += FsstMatcher.codedBytes(entry);
        counts[index(entry, (int) here & 0xFF)]++;
        if (join && lengthBefore < FsstTable.MAX_SYMBOL_BYTES) {
          join(before, lengthBefore, length);
        }
        before = here;
        lengthBefore = length;
      }
    }
    return bytes == 0 ? 1 : (double) codedBytes / bytes;
  }

  /** Selects the counter of a match without a branch, which would be unpredictable. */
  private static int index(int entry, int literal) {
    int code = FsstMatcher.code(entry);
    return code + (LITERALS + literal - code) * (FsstMatcher.codedBytes(entry) - 1);
  }

  /**
   * Adds candidates: a string joined with the next one, and with the first byte of the next one.
   * Their number is thus limited by the number of bytes in the sample.
   */
  private void join(long text, int length, int lengthBehind) {
    candidates.add(FsstText.prefix(text, length + 1), length + 1, 1);
    if (lengthBehind > 1 && length + 1 < FsstTable.MAX_SYMBOL_BYTES) {
      int joined = Math.min(length + lengthBehind, FsstTable.MAX_SYMBOL_BYTES);
      candidates.add(FsstText.prefix(text, joined), joined, 1);
    }
  }
}
