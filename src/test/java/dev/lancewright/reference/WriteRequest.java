package dev.lancewright.reference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the writing helper process is asked: write the batches of an Arrow IPC stream to a file. The
 * answer is a text in UTF-8, empty if the file was written.
 *
 * @param version of the format, as the reference implementation spells it
 */
record WriteRequest(Path stream, Path file, String version) {
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(stream.toAbsolutePath().toString());
    out.writeUTF(file.toAbsolutePath().toString());
    out.writeUTF(version);
    return bytes.toByteArray();
  }

  static WriteRequest fromBytes(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new WriteRequest(Path.of(in.readUTF()), Path.of(in.readUTF()), in.readUTF());
  }
}
