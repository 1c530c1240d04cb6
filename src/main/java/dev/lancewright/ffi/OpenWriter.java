package dev.lancewright.ffi;

import dev.lancewright.LanceWriter;
import dev.lancewright.WriteSummary;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.internal.cdata.CStrings;
import dev.lancewright.internal.cdata.NativeMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A writer that C code has a handle of. Used by one thread at a time, as the writer checks. */
final class OpenWriter {
  private final LanceWriter writer;

  /** How arrays lie in memory that come without a schema; null until it is known. */
  private volatile ImportSchema schema;

  private WriteSummary summary;
  private MemorySegment json;
  private NativeMemory jsonMemory;

  private OpenWriter(LanceWriter writer, ImportSchema schema) {
    this.writer = writer;
    this.schema = schema;
  }

  /**
   * @param schemaAddress the address of an ArrowSchema, which is borrowed, or 0
   */
  static OpenWriter ofPath(String path, long schemaAddress, Settings settings) throws IOException {
    ImportSchema schema = read(schemaAddress);
    WriterSettings parsed = WriterSettings.parse(settings, true);
    return new OpenWriter(parsed.builder(schema).create(Path.of(path)), schema);
  }

  /**
   * @param schemaAddress the address of an ArrowSchema, which is borrowed, or 0
   */
  static OpenWriter ofSink(NativeSink sink, long schemaAddress, Settings settings) {
    ImportSchema schema = read(schemaAddress);
    WriterSettings parsed = WriterSettings.parse(settings, false);
    return new OpenWriter(parsed.builder(schema).create(sink), schema);
  }

  private static ImportSchema read(long schemaAddress) {
    return schemaAddress == 0 ? null : ImportSchema.read(schemaAddress);
  }

  LanceWriter writer() {
    return writer;
  }

  /**
   * Writes an array, which is taken over.
   *
   * @param schemaAddress the address of its ArrowSchema, which is borrowed, or 0
   */
  void write(long array, long schemaAddress) throws IOException {
    ImportSchema own = schemaAddress == 0 ? schema : ImportSchema.read(schemaAddress);
    if (own == null) {
      // What a stream brought, or an error that says that there is none.
      writer.writeArrow(array);
      return;
    }
    writer.writeArrow(array, own);
    if (schema == null) {
      schema = own;
    }
  }

  /**
   * Finishes the file.
   *
   * @param members of the summary to fill, or null
   */
  void finish(MemorySegment members) throws IOException {
    WriteSummary finished = writer.finish();
    synchronized (this) {
      summary = finished;
    }
    if (members != null) {
      CMemory.setMembers(
          members,
          finished.rows(),
          finished.bytes(),
          finished.columns().size(),
          finished.columns().stream().mapToLong(WriteSummary.Column::pages).sum());
    }
  }

  /** Returns the address of the summary's text, which is valid until {@link #close}. */
  synchronized long summaryJson() {
    if (summary == null) {
      throw new IllegalStateException("the file is not finished; it has a summary when it is");
    }
    if (json == null) {
      String text = SummaryJson.of(summary);
      jsonMemory = new NativeMemory(text.length());
      json = CStrings.write(text, jsonMemory);
    }
    return json.address();
  }

  /** Discards the file. */
  void abort() throws IOException {
    synchronized (this) {
      if (summary != null) {
        throw new IllegalStateException("the file is finished; delete it instead");
      }
    }
    writer.close();
  }

  /**
   * Frees everything.
   *
   * @throws IOException if discarding the file fails; everything is freed even so
   * @throws IllegalStateException if another thread uses the writer; nothing is freed then
   */
  void close() throws IOException {
    try {
      writer.close();
    } catch (IOException e) {
      // The second time, there is nothing to discard.
      try {
        writer.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    } finally {
      freeJson();
    }
  }

  private synchronized void freeJson() {
    if (jsonMemory != null) {
      jsonMemory.free();
      jsonMemory = null;
      json = null;
    }
  }
}
