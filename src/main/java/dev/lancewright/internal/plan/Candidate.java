package dev.lancewright.internal.plan;

import dev.lancewright.internal.codec.MiniBlockCodec;

/**
 * A way to encode a page.
 *
 * @param bytes that the page takes, estimated
 * @param cost the bytes, and what reading them takes longer than reading plain values, in bytes
 */
record Candidate(MiniBlockCodec codec, double bytes, double cost) {
  /** The cheaper one; this one if they cost the same. */
  Candidate orCheaper(Candidate other) {
    return other.cost < cost ? other : this;
  }
}
