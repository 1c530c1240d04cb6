package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.Require;

/**
 * A batch whose memory stays valid until {@code release} has run.
 *
 * @param release the action that frees the memory; whoever takes over the batch runs it exactly
 *     once, in any thread
 */
public record OwnedBatch(Batch batch, Runnable release) {
  public OwnedBatch {
    Require.nonNull(batch, "batch");
    Require.nonNull(release, "release");
  }
}
