package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.CStruct;
import dev.lancewright.internal.cdata.Handles;
import dev.lancewright.internal.cdata.NativeMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The structs of one export, arrays or schemas: a root in the consumer's memory, and those below it
 * in ours. A consumer may move any of them out and release it later than its parent, so what they
 * point to lives as long as one of them. Thread-safe once published.
 *
 * <p>Structs know their tree by a number, and not by an address: a struct that is released twice
 * finds that its tree, or it in its tree, is gone.
 */
final class ExportedTree {
  private static final Handles<ExportedTree> TREES = new Handles<>();

  /** Bits of a struct's private data that count it within its tree. */
  private static final int NODE_BITS = 20;

  private static final int MAX_NODES = 1 << NODE_BITS;

  private final NativeMemory memory;
  private final Runnable onRelease;

  /** Each node is followed by those below it. */
  private final List<Node> nodes = new ArrayList<>();

  private final long handle = TREES.next();
  private int open;

  private static final class Node {
    private final CStruct struct;

    /** The node behind those below it. */
    private int end;

    private boolean released;

    Node(CStruct struct) {
      this.struct = struct;
    }
  }

  /**
   * @param memory is freed with the last struct
   * @param onRelease runs after that, exactly once
   */
  ExportedTree(NativeMemory memory, Runnable onRelease) {
    this.memory = memory;
    this.onRelease = onRelease;
  }

  /**
   * Adds a struct below the one opened last that is not closed; it is the root if there is none.
   *
   * @return the number of the struct in the tree
   */
  int open(CStruct struct) {
    if (nodes.size() == MAX_NODES) {
      throw new IllegalArgumentException(
          "the batch has more than %d columns, those below others counted; export fewer of them"
              .formatted(MAX_NODES - 1));
    }
    nodes.add(new Node(struct));
    open++;
    return nodes.size() - 1;
  }

  /** What the struct keeps as its private data. */
  long privateData(int node) {
    return handle << NODE_BITS | node;
  }

  /** Tells that nothing more comes below a struct. */
  void close(int node) {
    nodes.get(node).end = nodes.size();
  }

  /** Makes the tree known to all threads, once it is built and before a struct can be released. */
  void publish() {
    TREES.add(handle, this);
  }

  /**
   * Releases a struct and those below it that were not moved out, unless it was released before.
   */
  static void release(CStruct struct) {
    long id = struct.privateData();
    struct.markReleased();
    ExportedTree tree = TREES.get(id >>> NODE_BITS);
    if (tree != null && tree.markReleased((int) id & MAX_NODES - 1)) {
      TREES.remove(tree.handle);
      tree.memory.free();
      tree.onRelease.run();
    }
  }

  /** Marks a struct and those below it, and tells whether no other is left. */
  private synchronized boolean markReleased(int number) {
    if (number >= nodes.size() || nodes.get(number).released) {
      return false;
    }
    Node node = nodes.get(number);
    node.released = true;
    open--;
    for (int child = number + 1; child < node.end; child = nodes.get(child).end) {
      CStruct struct = nodes.get(child).struct;
      if (!struct.isReleased()) {
        struct.markReleased();
        markReleased(child);
      }
    }
    return open == 0;
  }
}
