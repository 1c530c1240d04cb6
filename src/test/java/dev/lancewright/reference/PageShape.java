package dev.lancewright.reference;

import dev.lancewright.internal.file.FileTail;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.ConstantLayout;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import java.util.List;

/**
 * A page as two writers see it who agree on everything but where its bytes are.
 *
 * @param rows of the page
 * @param priority row number of its first row
 * @param buffers how many it has
 */
record PageShape(long rows, long priority, int buffers, PageLayout layout) {
  private static final CompressiveEncoding ANY = CompressiveEncoding.getDefaultInstance();

  static PageShape of(FileTail.Page page) {
    return new PageShape(
        page.length(), page.priority(), page.buffers().size(), page.layout().orElseThrow());
  }

  /** Whether values, levels and dictionary lie as they are. */
  boolean isPlain() {
    return switch (layout.getLayoutCase()) {
      case MINI_BLOCK_LAYOUT -> {
        MiniBlockLayout miniBlock = layout.getMiniBlockLayout();
        yield isPlain(miniBlock.getValueCompression())
            && (!miniBlock.hasRepCompression() || isPlain(miniBlock.getRepCompression()))
            && (!miniBlock.hasDefCompression() || isPlain(miniBlock.getDefCompression()))
            && (!miniBlock.hasDictionary() || isPlain(miniBlock.getDictionary()));
      }
      case FULL_ZIP_LAYOUT -> isPlain(layout.getFullZipLayout().getValueCompression());
      case CONSTANT_LAYOUT -> {
        ConstantLayout constant = layout.getConstantLayout();
        yield (!constant.hasRepCompression() || isPlain(constant.getRepCompression()))
            && (!constant.hasDefCompression() || isPlain(constant.getDefCompression()));
      }
      case BLOB_LAYOUT, LAYOUT_NOT_SET -> throw new AssertionError(layout);
    };
  }

  private static boolean isPlain(CompressiveEncoding encoding) {
    return switch (encoding.getCompressionCase()) {
      case FLAT -> !encoding.getFlat().hasData();
      case VARIABLE ->
          !encoding.getVariable().hasValues() && isPlain(encoding.getVariable().getOffsets());
      case FIXED_SIZE_LIST -> isPlain(encoding.getFixedSizeList().getValues());
      default -> false;
    };
  }

  /**
   * Without how values and levels are compressed, and so without the number of buffers. A
   * dictionary counts as compression, unless the column's type is one.
   */
  PageShape withoutCompression(boolean dictionaryType) {
    PageLayout.Builder builder = layout.toBuilder();
    switch (layout.getLayoutCase()) {
      case MINI_BLOCK_LAYOUT ->
          clearCompression(builder.getMiniBlockLayoutBuilder(), dictionaryType);
      case FULL_ZIP_LAYOUT -> builder.getFullZipLayoutBuilder().setValueCompression(ANY);
      case CONSTANT_LAYOUT -> {
        ConstantLayout.Builder constant = builder.getConstantLayoutBuilder();
        if (constant.hasRepCompression()) {
          constant.setRepCompression(ANY);
        }
        if (constant.hasDefCompression()) {
          constant.setDefCompression(ANY);
        }
      }
      case BLOB_LAYOUT, LAYOUT_NOT_SET -> throw new AssertionError(layout);
    }
    return new PageShape(rows, priority, 0, builder.build());
  }

  private static void clearCompression(MiniBlockLayout.Builder layout, boolean dictionaryType) {
    layout.setValueCompression(ANY).clearNumBuffers();
    if (layout.hasRepCompression()) {
      layout.setRepCompression(ANY);
    }
    if (layout.hasDefCompression()) {
      layout.setDefCompression(ANY);
    }
    if (!dictionaryType) {
      layout.clearDictionary();
    } else if (layout.hasDictionary()) {
      layout.setDictionary(ANY);
    }
  }

  /** Without how many values a dictionary has. */
  PageShape withoutDictionarySize() {
    PageLayout.Builder builder = layout.toBuilder();
    if (builder.hasMiniBlockLayout()) {
      builder.getMiniBlockLayoutBuilder().clearNumDictionaryItems();
    }
    return new PageShape(rows, priority, buffers, builder.build());
  }

  /** Without what the levels mean. */
  PageShape withoutLayers() {
    PageLayout.Builder builder = layout.toBuilder();
    switch (layout.getLayoutCase()) {
      case MINI_BLOCK_LAYOUT -> builder.getMiniBlockLayoutBuilder().clearLayers();
      case FULL_ZIP_LAYOUT -> builder.getFullZipLayoutBuilder().clearLayers();
      case CONSTANT_LAYOUT -> builder.getConstantLayoutBuilder().clearLayers();
      case BLOB_LAYOUT, LAYOUT_NOT_SET -> throw new AssertionError(layout);
    }
    return new PageShape(rows, priority, buffers, builder.build());
  }

  /** With nothing of its layout but the layers. */
  PageShape layersOnly() {
    List<RepDefLayer> layers =
        switch (layout.getLayoutCase()) {
          case MINI_BLOCK_LAYOUT -> layout.getMiniBlockLayout().getLayersList();
          case FULL_ZIP_LAYOUT -> layout.getFullZipLayout().getLayersList();
          case CONSTANT_LAYOUT -> layout.getConstantLayout().getLayersList();
          case BLOB_LAYOUT, LAYOUT_NOT_SET -> throw new AssertionError(layout);
        };
    FullZipLayout same = FullZipLayout.newBuilder().addAllLayers(layers).build();
    return new PageShape(rows, priority, 0, PageLayout.newBuilder().setFullZipLayout(same).build());
  }
}
