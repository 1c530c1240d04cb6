package dev.lancewright;

import dev.lancewright.arrow.ImportMemory;
import dev.lancewright.internal.file.PageWriter;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.io.Sink;
import java.io.IOException;

/** What a writer must give back; known to the cleaner, so it must not know the writer. */
final class WriterResources implements Runnable {
  private final PagePool pool = PagePool.shared();
  private final ImportMemory imports = new ImportMemory();
  private final Sink sink;
  private final Throwable created = new Throwable("created here");
  private boolean ended;

  /** Null until the file is open, which it is not if the writer could not be made. */
  private PageWriter pages;

  WriterResources(Sink sink) {
    this.sink = sink;
  }

  PagePool pool() {
    return pool;
  }

  ImportMemory imports() {
    return imports;
  }

  void setPages(PageWriter pageWriter) {
    pages = pageWriter;
  }

  /** Returns the number of off-heap bytes that are held. */
  long retainedBytes() {
    return pool.retainedBytes() + imports.retainedBytes() + pages.retainedBytes();
  }

  void publish() throws IOException {
    sink.publish();
    ended = true;
  }

  void discard() throws IOException {
    ended = true;
    closePages();
    sink.discard();
  }

  private void closePages() {
    if (pages != null) {
      pages.close();
    }
  }

  /** Runs once: after the end, or when a writer was dropped without one. */
  @Override
  public void run() {
    try {
      if (!ended) {
        warn("a LanceWriter was dropped without close", created);
        discard();
      }
    } catch (IOException e) {
      warn("a dropped LanceWriter left a file behind", e);
    } finally {
      closePages();
      pool.close();
      imports.close();
    }
  }

  /** Takes a logger only now: the first one of a process costs it tens of milliseconds. */
  private static void warn(String message, Throwable cause) {
    System.getLogger(LanceWriter.class.getName()).log(System.Logger.Level.WARNING, message, cause);
  }
}
