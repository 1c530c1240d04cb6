package dev.lancewright.testing;

import dev.lancewright.io.ChannelSink;
import dev.lancewright.io.Durability;
import dev.lancewright.io.FileChannelSink;
import dev.lancewright.io.MappedFileSink;
import dev.lancewright.io.MemorySink;
import dev.lancewright.io.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;

/** Every kind of sink that a file can be written to. */
public enum SinkKind {
  FILE_CHANNEL {
    @Override
    public byte[] publishedBytes(Path file, SinkUse use) throws IOException {
      use.accept(FileChannelSink.create(file, Durability.NONE, false));
      return Files.readAllBytes(file);
    }
  },
  MAPPED_FILE {
    @Override
    public byte[] publishedBytes(Path file, SinkUse use) throws IOException {
      use.accept(MappedFileSink.create(file, Durability.NONE, false));
      return Files.readAllBytes(file);
    }
  },
  MEMORY {
    @Override
    public byte[] publishedBytes(Path file, SinkUse use) throws IOException {
      try (MemorySink sink = MemorySink.create()) {
        use.accept(sink);
        return sink.segment().toArray(ValueLayout.JAVA_BYTE);
      }
    }
  },
  CHANNEL {
    @Override
    public byte[] publishedBytes(Path file, SinkUse use) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      use.accept(new ChannelSink(Channels.newChannel(bytes)));
      return bytes.toByteArray();
    }
  };

  /** What is done with a new sink; ends with its publication. */
  @FunctionalInterface
  public interface SinkUse {
    void accept(Sink sink) throws IOException;
  }

  /**
   * Opens a sink, lets {@code use} write to it, and returns what it published.
   *
   * @param file does not exist; kinds that write files write this one
   */
  public abstract byte[] publishedBytes(Path file, SinkUse use) throws IOException;
}
