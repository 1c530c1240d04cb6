package dev.lancewright;

import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.io.Durability;
import dev.lancewright.io.Sink;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Writes one Lance file. */
@SuppressWarnings("DoNotCallSuggester")
public final class LanceWriter implements AutoCloseable {
  private LanceWriter() {}

  public static Builder builder(Schema schema) {
    throw new UnsupportedOperationException();
  }

  /** The schema is that of the first batch. */
  public static Builder lazy() {
    throw new UnsupportedOperationException();
  }

  public void write(Batch batch) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Takes over array and schema (both are released exactly once, on every path). */
  public void writeArrow(long arrayAddress, long schemaAddress) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Takes over the array, whose children are the writer's columns in order. */
  public void writeArrow(long arrayAddress) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Takes over the stream, reads it to its end; returns rows written. */
  public long writeArrowStream(long streamAddress) throws IOException {
    throw new UnsupportedOperationException();
  }

  public void addSchemaMetadata(String key, String value) {
    throw new UnsupportedOperationException();
  }

  public int addGlobalBuffer(MemorySegment bytes) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Bytes written to the sink. */
  public long position() {
    throw new UnsupportedOperationException();
  }

  /** Bytes of rows taken that are not written yet. */
  public long bufferedBytes() {
    throw new UnsupportedOperationException();
  }

  public WriteSummary finish() throws IOException {
    throw new UnsupportedOperationException();
  }

  public void abort() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Options. */
  @SuppressWarnings("DoNotCallSuggester")
  public static final class Builder {
    private Builder() {}

    public Builder formatVersion(FormatVersion version) {
      throw new UnsupportedOperationException();
    }

    public Builder dataCacheBytes(long bytes) {
      throw new UnsupportedOperationException();
    }

    public Builder durability(Durability durability) {
      throw new UnsupportedOperationException();
    }

    public Builder overwrite(boolean overwrite) {
      throw new UnsupportedOperationException();
    }

    public LanceWriter create(Path path) throws IOException {
      throw new UnsupportedOperationException();
    }

    public LanceWriter create(Sink sink) throws IOException {
      throw new UnsupportedOperationException();
    }
  }
}
