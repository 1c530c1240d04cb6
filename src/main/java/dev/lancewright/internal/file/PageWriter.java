package dev.lancewright.internal.file;

import dev.lancewright.internal.rows.Page;
import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * Puts pages out in the order in which they come, and says to their columns what became of them.
 *
 * <p>Used by the writer's thread. Whoever implements it owns a page that was handed over.
 */
public interface PageWriter extends AutoCloseable {
  /** Returns a writer that encodes each page as it comes, straight into the file's output. */
  static PageWriter direct(ContainerWriter container) {
    return new DirectPageWriter(container.output());
  }

  /**
   * Returns a writer that has pages encoded by an executor.
   *
   * @param maxBytes the number of bytes that pages in flight may have before they are encoded
   */
  static PageWriter concurrent(ContainerWriter container, Executor executor, long maxBytes) {
    return new ConcurrentPageWriter(executor, maxBytes, container.output());
  }

  /**
   * Puts a page out, at once or later.
   *
   * @param page closed when it is out; encoded at once if it is {@linkplain Page#isBorrowed
   *     borrowed}
   * @throws IOException if this page or an earlier one could not be put out
   */
  void write(ColumnWriter column, Page page) throws IOException;

  /** Whether values had better be copied than encoded from a batch's memory while it lasts. */
  boolean prefersCopies();

  /** Ends a batch: what could be put out so far need not wait for another batch. */
  void endBatch() throws IOException;

  /** Puts out all pages that were handed over. */
  void flush() throws IOException;

  /** The number of bytes in the file, without pages that are being written at this moment. */
  long position();

  /** Bytes of the pages that were handed over and are not out. */
  long bytesInFlight();

  /** Off-heap bytes that encoding holds. */
  long retainedBytes();

  /** How often {@link #write} had to wait for earlier pages. */
  long waits();

  /** Waits for pages that are being encoded, drops the others, and frees all memory. */
  @Override
  void close();
}
