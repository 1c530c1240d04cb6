package dev.lancewright.ffi;

import dev.lancewright.internal.cdata.Handles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The functions of {@code lancewright.h} that read; see there what they do. C code finds them in
 * the {@link FunctionTable}. None throws: that would end the process.
 */
final class ReaderFunctions {
  private static final Handles<OpenReader> READERS = new Handles<>();
  private static final int SCAN_WORDS = 6;
  private static final int SUMMARY_WORDS = 5;

  private ReaderFunctions() {}

  static int open(long path, long options, long out, long error) {
    try {
      CMemory.require(out, "reader");
      String file = CMemory.text(path, "path");
      add(OpenReader.ofPath(file, Settings.at(options)), out);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int openSource(long source, long options, long out, long error) {
    try {
      CMemory.require(out, "reader");
      add(OpenReader.ofSource(NativeSource.at(source), Settings.at(options)), out);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  private static void add(OpenReader reader, long out) {
    long handle = READERS.next();
    READERS.add(handle, reader);
    CMemory.setLong(out, "reader", handle);
  }

  /** Returns a reader, which stays open until the use of it is closed. */
  private static OpenReader.Use use(long handle) {
    OpenReader reader = READERS.get(handle);
    OpenReader.Use use = reader == null ? null : reader.use();
    if (use == null) {
      throw new BadHandleException("reader", handle);
    }
    return use;
  }

  static int schema(long reader, long schema, long error) {
    try (OpenReader.Use use = use(reader)) {
      use.exportSchema(schema);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int rows(long reader, long rows, long error) {
    try (OpenReader.Use use = use(reader)) {
      CMemory.setLong(rows, "rows", use.reader().rows());
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int bufferSize(long reader, long index, long size, long error) {
    try (OpenReader.Use use = use(reader)) {
      CMemory.setLong(size, "size", use.buffer(index).size());
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int buffer(long reader, long index, long target, long size, long error) {
    try (OpenReader.Use use = use(reader)) {
      use.buffer(index);
      use.reader().readGlobalBuffer((int) index, CMemory.bytes(target, size, "target"));
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int scan(long reader, long options, long stream, long error) {
    try (OpenReader.Use use = use(reader)) {
      use.scan(options == 0 ? null : CMemory.struct(options, SCAN_WORDS, "options"), stream);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int take(
      long reader, long rows, long count, long columns, long columnCount, long stream, long error) {
    try (OpenReader.Use use = use(reader)) {
      long[] numbers = CMemory.longs(rows, count, "rows").toArray(ValueLayout.JAVA_LONG_UNALIGNED);
      use.take(numbers, CMemory.texts(columns, columnCount, "columns"), stream);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int verify(long reader, long summary, long error) {
    try (OpenReader.Use use = use(reader)) {
      MemorySegment members =
          summary == 0 ? null : CMemory.struct(summary, SUMMARY_WORDS, "summary");
      use.verify(members);
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }

  static int close(long reader, long error) {
    try {
      if (reader != 0) {
        OpenReader open = READERS.remove(reader);
        if (open == null) {
          throw new BadHandleException("reader", reader);
        }
        open.close();
      }
      return Failure.OK;
    } catch (Throwable e) {
      return Failure.report(e, error);
    }
  }
}
