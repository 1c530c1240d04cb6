package dev.lancewright.internal.file;

import dev.lancewright.internal.layout.EncodedPage;
import dev.lancewright.internal.layout.PageEncoders;
import dev.lancewright.internal.layout.PageOutput;
import dev.lancewright.internal.memory.MemoryOutput;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.rows.Page;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Has pages encoded by an executor, and writes them in the order in which they came.
 *
 * <p>Each page is a task. Whichever thread completes the first task that is not written yet, writes
 * all that are complete from there on, so one thread at a time uses the output. A task whose turn
 * it is when it begins is encoded straight into the output, any other into memory.
 *
 * <p>The bytes of the pages in flight are bounded. When there is no room for another page, the
 * writer's thread performs tasks that nobody has begun; it waits only while all have been. So
 * nothing but speed depends on the executor, be it one that rejects tasks, drops them, or runs them
 * on the spot.
 *
 * <p>The first failure ends everything, and surfaces in whatever the writer's thread does next.
 */
final class ConcurrentPageWriter implements PageWriter {
  /** More than there is ever room for: until nothing is in flight. */
  private static final long ALL = Long.MAX_VALUE;

  private final Executor executor;
  private final long maxBytes;
  private final StagedOutput output;
  private final PageOutput pageOutput;

  /** Tasks that are not written yet, in order. Guarded by this, as is everything below. */
  private final Deque<Task> tasks = new ArrayDeque<>();

  /** Those of {@link #tasks} that nobody has begun, in order. */
  private final Deque<Task> waiting = new ArrayDeque<>();

  /** Pages that are written, for the writer's thread to close. */
  private final Deque<Page> written = new ArrayDeque<>();

  private final Deque<PageEncoders> idleEncoders = new ArrayDeque<>();

  /** Threads that encode a page or use the output. */
  private int running;

  private boolean outputTaken;

  /** Where the output was when it was taken. */
  private long position;

  private long bytesInFlight;
  private long waits;
  private Throwable failure;

  /**
   * @param maxBytes the number of bytes that pages in flight may have before they are encoded; a
   *     page that is larger goes alone
   * @param output the file's, which belongs to the tasks from the first page until {@link #flush}
   */
  ConcurrentPageWriter(Executor executor, long maxBytes, StagedOutput output) {
    this.executor = executor;
    this.maxBytes = maxBytes;
    this.output = output;
    this.pageOutput = new PageOutput(output);
  }

  /** A page on its way. */
  private final class Task implements Runnable {
    final ColumnWriter column;
    final Page page;
    final MemoryOutput memory = new MemoryOutput();

    /** Where the page is in {@link #memory}; null until it is there. */
    List<EncodedPage> encoded;

    Task(ColumnWriter column, Page page) {
      this.column = column;
      this.page = page;
    }

    /** Performs the task on a thread of the executor, unless another thread has begun it. */
    @Override
    public void run() {
      if (begin(this)) {
        perform(this);
      }
    }

    void encode(PageEncoders encoders) throws IOException {
      column.addPages(page, encoders.encode(column.options(), page, pageOutput), 0);
    }

    List<EncodedPage> encodeIntoMemory(PageEncoders encoders) throws IOException {
      StagedOutput staged = new StagedOutput(encoders.pool(), memory);
      List<EncodedPage> pages = encoders.encode(column.options(), page, new PageOutput(staged));
      staged.release();
      return pages;
    }

    void append() throws IOException {
      long position = output.position();
      output.putAll(memory.parts());
      column.addPages(page, encoded, position);
    }
  }

  @Override
  public void write(ColumnWriter column, Page page) throws IOException {
    // With nothing before it, a borrowed page goes straight into the output, without a copy.
    boolean waited = makeRoom(page.isBorrowed() ? ALL : page.bytes());
    Task task = new Task(column, page);
    add(task, waited);
    if (page.isBorrowed()) {
      makeRoom(ALL);
      return;
    }
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // The writer's thread performs it, once there is no room or there are no more rows.
    }
  }

  private synchronized void add(Task task, boolean waited) {
    tasks.addLast(task);
    waiting.addLast(task);
    bytesInFlight += task.page.bytes();
    waits += waited ? 1 : 0;
  }

  /**
   * Performs tasks until {@code bytes} more fit, or nothing is in flight.
   *
   * @return whether they did not fit at first
   */
  private boolean makeRoom(long bytes) throws IOException {
    boolean waited = false;
    for (Task task = beginUnlessFits(bytes); task != null; task = beginUnlessFits(bytes)) {
      waited = true;
      perform(task);
    }
    closeWritten();
    return waited;
  }

  /** Begins the first task that nobody has begun; null as soon as there is room. */
  private synchronized Task beginUnlessFits(long bytes) throws IOException {
    while (true) {
      if (failure != null) {
        throw new IOException("a page could not be written: " + failure.getMessage(), failure);
      }
      if (tasks.isEmpty() || bytesInFlight <= maxBytes - bytes) {
        return null;
      }
      if (!waiting.isEmpty()) {
        running++;
        return waiting.pollFirst();
      }
      awaitChange();
    }
  }

  /** Waits for another thread. An interrupt is kept for the caller: what runs must end first. */
  @SuppressWarnings("WaitNotInLoop") // Callers look again at what they wait for.
  private void awaitChange() {
    boolean interrupted = Thread.interrupted();
    try {
      wait();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean begin(Task task) {
    boolean begun = waiting.remove(task);
    running += begun ? 1 : 0;
    return begun;
  }

  private void perform(Task task) {
    PageEncoders encoders = null;
    try {
      encoders = takeEncoders();
      if (takeOutput(task)) {
        task.encode(encoders);
        leaveOutput(task);
      } else {
        setEncoded(task, task.encodeIntoMemory(encoders));
      }
      for (Task next = nextToAppend(); next != null; next = nextToAppend()) {
        next.append();
        leaveOutput(next);
      }
    } catch (Throwable e) {
      fail(e);
    } finally {
      end(encoders);
    }
  }

  private synchronized PageEncoders takeEncoders() {
    return idleEncoders.isEmpty() ? new PageEncoders() : idleEncoders.pollLast();
  }

  /**
   * Takes the output for the first task, if no other thread has it; nobody gets it after a failure.
   */
  private synchronized boolean takeOutput(Task task) {
    if (outputTaken || failure != null || tasks.peekFirst() != task) {
      return false;
    }
    setOutputTaken();
    return true;
  }

  private synchronized void setEncoded(Task task, List<EncodedPage> pages) {
    task.encoded = pages;
  }

  /** Takes the output for the first task if it is encoded; null if not, or if it is taken. */
  private synchronized Task nextToAppend() {
    Task task = tasks.peekFirst();
    if (outputTaken || failure != null || task == null || task.encoded == null) {
      return null;
    }
    setOutputTaken();
    return task;
  }

  private void setOutputTaken() {
    outputTaken = true;
    position = output.position();
  }

  private synchronized void leaveOutput(Task task) {
    outputTaken = false;
    tasks.removeFirst();
    task.memory.clear();
    written.addLast(task.page);
    bytesInFlight -= task.page.bytes();
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    waiting.clear();
    failure = failure == null ? e : failure;
  }

  /**
   * Ends what a thread has begun.
   *
   * @param encoders the encoders that it used; null if there was not even memory for them
   */
  private synchronized void end(PageEncoders encoders) {
    running--;
    notifyAll();
    if (encoders != null) {
      idleEncoders.addLast(encoders);
      if (waiting.isEmpty()) {
        encoders.release();
      }
    }
  }

  private void closeWritten() {
    for (Page page = nextWritten(); page != null; page = nextWritten()) {
      page.close();
    }
  }

  private synchronized Page nextWritten() {
    return written.pollFirst();
  }

  @Override
  public boolean prefersCopies() {
    return true;
  }

  @Override
  public void endBatch() {
    // What is staged goes out with the next pages.
  }

  @Override
  public void flush() throws IOException {
    makeRoom(ALL);
    output.release();
  }

  @Override
  public synchronized long position() {
    return outputTaken ? position : output.position();
  }

  @Override
  public synchronized long bytesInFlight() {
    return bytesInFlight;
  }

  @Override
  public synchronized long retainedBytes() {
    long bytes = 0;
    for (PageEncoders encoders : idleEncoders) {
      bytes += encoders.pool().retainedBytes();
    }
    for (Task task : tasks) {
      bytes += task.memory.retainedBytes();
    }
    return bytes;
  }

  @Override
  public synchronized long waits() {
    return waits;
  }

  @Override
  public synchronized void close() {
    waiting.clear();
    while (running > 0) {
      awaitChange();
    }
    tasks.forEach(task -> task.memory.clear());
    tasks.clear();
    idleEncoders.forEach(PageEncoders::close);
    idleEncoders.clear();
  }
}
