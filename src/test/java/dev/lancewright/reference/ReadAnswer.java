package dev.lancewright.reference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the helper process answers. */
sealed interface ReadAnswer {
  /**
   * All rows were read; their values lie in the files asked for.
   *
   * @param fileSchema the reader's schema, as Arrow's JSON
   * @param batchSchema the schema of the batches read, as Arrow's JSON
   */
  record Done(String fileSchema, String batchSchema, long rows) implements ReadAnswer {}

  /** The reference implementation threw an exception. */
  record Failed(String message) implements ReadAnswer {}

  default byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    switch (this) {
      case Done done -> {
        out.writeBoolean(true);
        writeText(out, done.fileSchema);
        writeText(out, done.batchSchema);
        out.writeLong(done.rows);
      }
      case Failed failed -> {
        out.writeBoolean(false);
        writeText(out, failed.message);
      }
    }
    return bytes.toByteArray();
  }

  static ReadAnswer fromBytes(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return in.readBoolean()
        ? new Done(readText(in), readText(in), in.readLong())
        : new Failed(readText(in));
  }

  /** Unlike {@code writeUTF}, takes texts of more than 64 KiB, as wide schemas are. */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
