package dev.lancewright.reference;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/** Messages between test and helper process: a mark, the length, the bytes. */
final class Frames {
  /** Tells a message from text that native code may print to the same stream. */
  private static final int MARK = 0x4C57_5246;

  private Frames() {}

  static void write(DataOutputStream out, byte[] message) throws IOException {
    out.writeInt(MARK);
    out.writeInt(message.length);
    out.write(message);
    out.flush();
  }

  /**
   * @throws EOFException if the stream ends before the message does
   */
  static byte[] read(DataInputStream in) throws IOException {
    int mark = in.readInt();
    if (mark != MARK) {
      throw new IOException(
          "expected a message, but the stream holds the bytes %08x".formatted(mark));
    }
    byte[] message = new byte[in.readInt()];
    in.readFully(message);
    return message;
  }
}
