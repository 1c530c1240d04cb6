package dev.lancewright.internal.levels;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import java.util.Arrays;
import java.util.List;

/**
 * The mapping from a page's levels to those of its column's path: the reading counterpart of {@link
 * LayerNumbering}.
 */
public final class LayerCodes {
  private final byte[] definitions;
  private final byte[] repetitions;

  private LayerCodes(byte[] definitions, byte[] repetitions) {
    this.definitions = definitions;
    this.repetitions = repetitions;
  }

  /**
   * Returns the codes for a page's layers.
   *
   * @param layers the layers of the page, innermost first; missing outer ones are all valid
   * @throws LanceFormatException if the layers do not match the path
   */
  public static LayerCodes of(LeafPath path, List<RepDefLayer> layers) throws LanceFormatException {
    List<Node> nodes = path.nodes().reversed();
    if (layers.size() > nodes.size() || hasList(nodes.subList(layers.size(), nodes.size()))) {
      throw new LanceFormatException(
          "the page has %d layers, but the way to the column's values has %d"
              .formatted(layers.size(), nodes.size()));
    }
    byte[] definitions = new byte[LeafPath.MAX_CODE + 1];
    int next = 1;
    for (int i = 0; i < layers.size(); i++) {
      Node node = nodes.get(i);
      RepDefLayer layer = layers.get(i);
      if (isList(layer) != (node.kind() == Kind.LIST)) {
        throw new LanceFormatException(
            "layer %d of the page is %s, but the schema has %s there"
                .formatted(i, layer, node.kind() == Kind.LIST ? "a list" : "no list"));
      }
      switch (layer) {
        case REPDEF_NULLABLE_ITEM, REPDEF_NULLABLE_LIST -> definitions[next++] = code(node);
        case REPDEF_EMPTYABLE_LIST -> definitions[next++] = (byte) node.emptyCode();
        case REPDEF_NULL_AND_EMPTY_LIST -> {
          definitions[next++] = code(node);
          definitions[next++] = (byte) node.emptyCode();
        }
        default -> {}
      }
    }
    byte[] repetitions = new byte[path.lists() + 1];
    for (int i = 0; i < repetitions.length; i++) {
      repetitions[i] = (byte) i;
    }
    return new LayerCodes(Arrays.copyOf(definitions, next), repetitions);
  }

  private static byte code(Node node) {
    return (byte) node.code();
  }

  private static boolean hasList(List<Node> nodes) {
    return nodes.stream().anyMatch(node -> node.kind() == Kind.LIST);
  }

  private static boolean isList(RepDefLayer layer) throws LanceFormatException {
    return switch (layer) {
      case REPDEF_ALL_VALID_LIST,
          REPDEF_NULLABLE_LIST,
          REPDEF_EMPTYABLE_LIST,
          REPDEF_NULL_AND_EMPTY_LIST ->
          true;
      case REPDEF_ALL_VALID_ITEM, REPDEF_NULLABLE_ITEM -> false;
      case REPDEF_UNSPECIFIED, UNRECOGNIZED ->
          throw new LanceFormatException("the page has a layer of an unknown kind");
    };
  }

  /** Returns the path's definition level for each definition level of the page. */
  public byte[] definitions() {
    return definitions;
  }

  /**
   * Returns the path's repetition level for each repetition level of the page, which is the same,
   * since all lists have layers.
   */
  public byte[] repetitions() {
    return repetitions;
  }

  /** Returns whether there are definition levels. */
  public boolean hasDefinitions() {
    return definitions.length > 1;
  }

  /** Returns the repetition level of a row's first entry, or 0 if there are no lists. */
  public int rowStart() {
    return repetitions.length - 1;
  }
}
