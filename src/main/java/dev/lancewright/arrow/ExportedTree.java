package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.CStruct;
import dev.lancewright.internal.cdata.Handles;
import dev.lancewright.internal.cdata.NativeMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The structs of one export, arrays or schemas: a root in the consumer's memory, and its
 * descendants in ours. A consumer may move any of them out and release it after its parent, so the
 * memory they point to lives until the last one is released. Thread-safe once published.
 *
 * <p>Structs refer to their tree by a number rather than an address, so that a second release finds
 * the tree, or the struct in the tree, gone.
 */
final class ExportedTree {
  private static final Handles<ExportedTree> TREES = new Handles<>();

  /** The number of bits in a struct's private data for its number in the tree. */
  private static final int NODE_BITS = 20;

  private static final int MAX_NODES = 1 << NODE_BITS;

  private final NativeMemory memory;
  private final Runnable onRelease;

  /** The nodes, each followed by its descendants. */
  private final List<Node> nodes = new ArrayList<>();

  private final long handle = TREES.next();
  private int open;

  private static final class Node {
    private final CStruct struct;

    /** The node after its descendants. */
    private int end;

    private boolean released;

    Node(CStruct struct) {
      this.struct = struct;
    }
  }

  /**
   * Creates an empty tree.
   *
   * @param memory the memory to free when the last struct is released
   * @param onRelease the action to run after that, exactly once
   */
  ExportedTree(NativeMemory memory, Runnable onRelease) {
    this.memory = memory;
    this.onRelease = onRelease;
  }

  /**
   * Adds a struct as a child of the last one still open, or as the root if there is none.
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

  /** Returns the private data for a struct. */
  long privateData(int node) {
    return handle << NODE_BITS | node;
  }

  /** Marks a struct as having no further descendants. */
  void close(int node) {
    nodes.get(node).end = nodes.size();
  }

  /**
   * Publishes the tree to all threads, once it is complete and before any struct can be released.
   */
  void publish() {
    TREES.add(handle, this);
  }

  /**
   * Releases a struct and its descendants that were not moved out, unless it was released before.
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

  /** Marks a struct and its descendants as released, and returns whether no others are left. */
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
