package dev.lancewright.ffi;

import dev.lancewright.internal.cdata.Handles;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The functions of {@code lancewright.h} that write; see there what they do. C code finds them in
 * the {@link FunctionTable}. None throws: that would end the process.
 */
final class WriterFunctions {
  private static final Handles<OpenWriter> WRITERS = new Handles<>();
  private static final int SUMMARY_WORDS = 5;

  private WriterFunctions() {}

  static int open(long path, long schema, long options, long out, long error) {
    try (HandedOver _ = HandedOver.schema(schema)) {
      CMemory.require(out, "writer");
      String file = CMemory.text(path, "path");
      add(OpenWriter.ofPath(file, schema, Settings.at(options)), out);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int openSink(long sink, long schema, long options, long out, long error) {
    try (HandedOver _ = HandedOver.schema(schema)) {
      CMemory.require(out, "writer");
      add(OpenWriter.ofSink(NativeSink.at(sink), schema, Settings.at(options)), out);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  private static void add(OpenWriter writer, long out) {
    long handle = WRITERS.next();
    WRITERS.add(handle, writer);
    CMemory.setLong(out, "writer", handle);
  }

  private static OpenWriter get(long handle) {
    OpenWriter writer = WRITERS.get(handle);
    if (writer == null) {
      throw new BadHandleException("writer", handle);
    }
    return writer;
  }

  static int write(long writer, long array, long schema, long error) {
    try (HandedOver _ = HandedOver.array(array);
        HandedOver _ = HandedOver.schema(schema)) {
      get(writer).write(array, schema);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int writeStream(long writer, long stream, long rows, long error) {
    try (HandedOver _ = HandedOver.stream(stream)) {
      long written = get(writer).writer().writeArrowStream(stream);
      if (rows != 0) {
        CMemory.setLong(rows, "rows", written);
      }
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int addMetadata(long writer, long key, long value, long error) {
    try {
      get(writer)
          .writer()
          .addSchemaMetadata(CMemory.text(key, "key"), CMemory.text(value, "value"));
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int addBuffer(long writer, long bytes, long size, long index, long error) {
    try {
      OpenWriter open = get(writer);
      int number = open.writer().addGlobalBuffer(CMemory.bytes(bytes, size, "bytes"));
      if (index != 0) {
        CMemory.setLong(index, "index", number);
      }
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int position(long writer, long bytes, long error) {
    try {
      CMemory.setLong(bytes, "bytes", get(writer).writer().position());
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int bufferedBytes(long writer, long bytes, long error) {
    try {
      CMemory.setLong(bytes, "bytes", get(writer).writer().bufferedBytes());
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int finish(long writer, long summary, long error) {
    try {
      OpenWriter open = get(writer);
      MemorySegment members =
          summary == 0 ? null : CMemory.struct(summary, SUMMARY_WORDS, "summary");
      open.finish(members);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int summaryJson(long writer, long out, long error) {
    try {
      OpenWriter open = get(writer);
      CMemory.require(out, "json");
      CMemory.setLong(out, "json", open.summaryJson());
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int abort(long writer, long error) {
    try {
      get(writer).abort();
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int close(long writer, long error) {
    try {
      if (writer != 0) {
        close(get(writer), writer);
      }
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  /** Closes a writer, whose handle stays if another thread uses it. */
  private static void close(OpenWriter open, long handle) throws IOException {
    try {
      open.close();
    } catch (IOException e) {
      WRITERS.remove(handle);
      throw e;
    }
    if (WRITERS.remove(handle) == null) {
      throw new BadHandleException("writer", handle);
    }
  }
}
