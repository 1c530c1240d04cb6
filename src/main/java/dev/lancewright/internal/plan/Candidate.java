package dev.lancewright.internal.plan;

import dev.lancewright.internal.codec.MiniBlockCodec;

/**
 * A way to encode a page.
 *
 * @param bytes the estimated size of the page in bytes
 * @param cost the bytes plus the additional time to read them compared with plain values, expressed
 *     in bytes
 */
record Candidate(MiniBlockCodec codec, double bytes, double cost) {
  /** Returns the cheaper candidate, or this one if both cost the same. */
  Candidate orCheaper(Candidate other) {
    return other.cost < cost ? other : this;
  }
}
