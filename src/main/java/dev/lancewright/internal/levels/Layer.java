package dev.lancewright.internal.levels;

import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;

/** What a node on the way to the leaf adds to the levels of a page. */
public enum Layer {
  ALL_VALID_ITEM(RepDefLayer.REPDEF_ALL_VALID_ITEM_VALUE),
  ALL_VALID_LIST(RepDefLayer.REPDEF_ALL_VALID_LIST_VALUE),
  NULLABLE_ITEM(RepDefLayer.REPDEF_NULLABLE_ITEM_VALUE),
  NULLABLE_LIST(RepDefLayer.REPDEF_NULLABLE_LIST_VALUE),
  EMPTYABLE_LIST(RepDefLayer.REPDEF_EMPTYABLE_LIST_VALUE),
  NULL_AND_EMPTY_LIST(RepDefLayer.REPDEF_NULL_AND_EMPTY_LIST_VALUE);

  private final int number;

  Layer(int number) {
    this.number = number;
  }

  /** Returns the layer's number in the file. */
  public int number() {
    return number;
  }
}
