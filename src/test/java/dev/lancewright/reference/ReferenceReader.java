package dev.lancewright.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads Lance files with the reference implementation, in a process of its own: it can die on a bad
 * file, and then fails one test and not the build. The process starts at the first read and anew
 * after it died. Safe to use from several threads, one read at a time.
 */
public final class ReferenceReader implements AutoCloseable {
  private static final int BATCH_ROWS = 8192;

  private final RestartingHelper helper;

  /**
   * @param main of the helper process
   * @param limit of the time of one read
   */
  ReferenceReader(Class<?> main, Duration limit) throws IOException {
    helper = new RestartingHelper(main, limit);
  }

  /** The one reader of this JVM, closed at its end. */
  public static ReferenceReader shared() {
    return Shared.READER;
  }

  /** Reads all rows. */
  public ReadResult read(Path file) throws IOException {
    return read(file, BATCH_ROWS);
  }

  /**
   * Reads all rows, in batches of at most {@code batchRows}.
   *
   * @throws ReferenceException if the reference implementation refuses the file, dies or hangs
   */
  public ReadResult read(Path file, int batchRows) throws IOException {
    return read(file, batchRows, 0, ReadRequest.ALL);
  }

  /**
   * Reads the rows {@code from} to {@code to}, the latter excluded, by random access.
   *
   * @throws ReferenceException if the reference implementation refuses the file, dies or hangs
   */
  public ReadResult readRange(Path file, int from, int to) throws IOException {
    return read(file, BATCH_ROWS, from, to);
  }

  private synchronized ReadResult read(Path file, int batchRows, int from, int to)
      throws IOException {
    Path output = Files.createTempDirectory(helper.scratch(), "columns-");
    ReadResult result = null;
    try {
      byte[] request = new ReadRequest(file, output, batchRows, from, to).toBytes();
      result =
          switch (ReadAnswer.fromBytes(helper.exchange(request))) {
            case ReadAnswer.Done done ->
                new ReadResult(
                    Schema.fromJSON(done.fileSchema()),
                    Schema.fromJSON(done.batchSchema()),
                    done.rows(),
                    output);
            case ReadAnswer.Failed failed ->
                throw new ReferenceException(
                    "the reference implementation cannot read %s: %s"
                        .formatted(file, failed.message()));
          };
      return result;
    } finally {
      if (result == null) {
        ScratchDirectory.delete(output);
      }
    }
  }

  /** Ends the process and deletes what it and the results left on disk. */
  @Override
  public synchronized void close() throws IOException {
    helper.close();
  }

  private static final class Shared {
    static final ReferenceReader READER = start();

    private static ReferenceReader start() {
      try {
        ReferenceReader reader = new ReferenceReader(ReferenceHelper.class, Duration.ofSeconds(60));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(reader)));
        return reader;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What cannot be deleted now, the next JVM deletes. */
    private static void close(ReferenceReader reader) {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
