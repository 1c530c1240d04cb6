package dev.lancewright.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes the rows of files of the reference implementation with ours, in a process of its own, as
 * {@link ReferenceReader} reads them.
 */
final class Rewriter implements AutoCloseable {
  private final RestartingHelper helper =
      new RestartingHelper(RewriteHelper.class, Duration.ofSeconds(60));

  Rewriter() throws IOException {}

  /**
   * Writes {@code ours}, in the same version of the format.
   *
   * @throws ReferenceException if one of the two refuses the rows, or the process dies or hangs
   */
  void rewrite(Path reference, Path ours) throws IOException {
    byte[] request = new RewriteRequest(reference, ours).toBytes();
    String failure = new String(helper.exchange(request), StandardCharsets.UTF_8);
    if (!failure.isEmpty()) {
      throw new ReferenceException("cannot rewrite %s: %s".formatted(reference, failure));
    }
  }

  /** Ends the process and deletes what it left on disk. */
  @Override
  public void close() throws IOException {
    helper.close();
  }
}
