/**
 * Writes Lance files and reads them back.
 *
 * <p>{@link dev.lancewright} has the writer and the reader; the other packages have what goes into
 * them and comes out of them. The packages below {@code dev.lancewright.internal} may change with
 * every version.
 */
module dev.lancewright {
  requires com.github.luben.zstd_jni;
  requires com.google.protobuf;
  // Protobuf's own need; its jar has no descriptor that could say so.
  requires java.logging;
  requires org.lz4.java;
  // Kernels use it if the program adds it with --add-modules.
  requires static jdk.incubator.vector;

  exports dev.lancewright;
  exports dev.lancewright.arrow;
  exports dev.lancewright.builder;
  exports dev.lancewright.column;
  exports dev.lancewright.compression;
  exports dev.lancewright.ffi;
  exports dev.lancewright.format;
  exports dev.lancewright.io;
  exports dev.lancewright.schema;
}
