package dev.lancewright.reference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the helper process is asked: read rows of {@code file} in batches of at most {@code
 * batchSize} rows, and write the canonical encoding of column {@code i} to the file {@code i} of
 * {@code output}.
 *
 * @param from first row
 * @param to first row that is not read any more; {@link #ALL} for all rows of the file
 */
record ReadRequest(Path file, Path output, int batchSize, int from, int to) {
  static final int ALL = -1;

  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(file.toAbsolutePath().toString());
    out.writeUTF(output.toAbsolutePath().toString());
    out.writeInt(batchSize);
    out.writeInt(from);
    out.writeInt(to);
    return bytes.toByteArray();
  }

  static ReadRequest fromBytes(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new ReadRequest(
        Path.of(in.readUTF()), Path.of(in.readUTF()), in.readInt(), in.readInt(), in.readInt());
  }
}
