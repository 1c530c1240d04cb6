package dev.lancewright.reference;

import java.io.IOException;

/** A helper process that misbehaves as the name of the file asks for. */
final class CannedHelper {
  private CannedHelper() {}

  public static void main(String[] args) throws IOException {
    ReferenceHelper.serve(request -> answer(ReadRequest.fromBytes(request)).toBytes());
  }

  private static ReadAnswer answer(ReadRequest request) {
    System.out.println("a line on standard output");
    return switch (request.file().getFileName().toString()) {
      case "dies" -> {
        System.err.println("thread 'main' panicked at decoder.rs:7");
        Runtime.getRuntime().halt(134);
        throw new AssertionError();
      }
      case "hangs" -> {
        System.err.println("waiting for a page that never comes");
        while (true) {
          Thread.onSpinWait();
        }
      }
      default -> new ReadAnswer.Failed("not a file");
    };
  }
}
