package dev.lancewright.reference;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What the reference implementation read from a file.
 *
 * @param fileSchema as its reader describes the file; instead of a dictionary it has the indices
 * @param batchSchema as the batches describe themselves; a dictionary has the type of its values
 * @param rows read
 * @param directory holds the canonical encoding of the values of column {@code i} in file {@code
 *     i}; deleted by {@link #close}
 */
public record ReadResult(Schema fileSchema, Schema batchSchema, long rows, Path directory)
    implements AutoCloseable {

  /** The canonical encoding of all values of one column; the caller closes the stream. */
  public InputStream column(int index) throws IOException {
    return new BufferedInputStream(
        Files.newInputStream(directory.resolve(Integer.toString(index))));
  }

  /** SHA-256 in hex of {@link #column}. */
  public String digest(int index) throws IOException {
    try (InputStream column = column(index);
        DigestOutputStream digest =
            new DigestOutputStream(
                OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      column.transferTo(digest);
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    ScratchDirectory.delete(directory);
  }
}
