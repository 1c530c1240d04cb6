package dev.lancewright.reference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the rewriting helper process is asked: read a file with the reference implementation and
 * write its rows with ours, in the same version of the format. The answer is a text in UTF-8, empty
 * if the file was written.
 *
 * @param reference file to read
 * @param ours file to write
 */
record RewriteRequest(Path reference, Path ours) {
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(reference.toAbsolutePath().toString());
    out.writeUTF(ours.toAbsolutePath().toString());
    return bytes.toByteArray();
  }

  static RewriteRequest fromBytes(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new RewriteRequest(Path.of(in.readUTF()), Path.of(in.readUTF()));
  }
}
