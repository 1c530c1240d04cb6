package dev.lancewright.testing;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/** Executors as programs may have them, friendly or not. */
public enum ExecutorKind {
  SAME_THREAD {
    @Override
    public void with(Use use) throws Exception {
      use.accept(Runnable::run);
    }
  },
  TWO_THREADS {
    @Override
    public void with(Use use) throws Exception {
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        use.accept(threads);
      }
    }
  },
  VIRTUAL_THREADS {
    @Override
    public void with(Use use) throws Exception {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        use.accept(threads);
      }
    }
  },
  FORK_JOIN {
    @Override
    public void with(Use use) throws Exception {
      use.accept(ForkJoinPool.commonPool());
    }
  },
  REJECTING {
    @Override
    public void with(Use use) throws Exception {
      use.accept(
          task -> {
            throw new RejectedExecutionException("no room");
          });
    }
  },
  DROPPING {
    @Override
    public void with(Use use) throws Exception {
      use.accept(task -> {});
    }
  },
  SHUT_DOWN {
    @Override
    public void with(Use use) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(1);
      threads.shutdownNow();
      use.accept(threads);
    }
  };

  /** What is done with an executor. */
  @FunctionalInterface
  public interface Use {
    void accept(Executor executor) throws Exception;
  }

  /** Lets {@code use} have an executor of this kind, which ends with the call. */
  public abstract void with(Use use) throws Exception;
}
