package dev.lancewright.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.lancewright.internal.proto.Encodings21Proto.CompressionScheme;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.testing.Sketch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of a sketch's meaning, as bytes tell: numbers become others that make trouble, encodings
 * are put into one another. What bytes cannot do to messages whose every part is behind its length.
 */
final class Edits {
  private static final int MOST = 8;

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    15,
    16,
    24,
    31,
    32,
    33,
    63,
    64,
    65,
    127,
    128,
    255,
    256,
    1023,
    1024,
    1025,
    4096,
    65535,
    65536,
    1 << 20,
    Integer.MAX_VALUE,
    1L << 31,
    0xFFFFFFFFL,
    1L << 32,
    1L << 40,
    1L << 60,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -2,
    -1
  };

  private static final String[] TYPES = {
    "int8",
    "int32",
    "int64",
    "uint16",
    "bool",
    "null",
    "string",
    "large_binary",
    "double",
    "halffloat",
    "decimal:128:38:3",
    "decimal:256:999:0",
    "fixed_size_binary:0",
    "fixed_size_binary:3",
    "fixed_size_binary:16777216",
    "fixed_size_list:float:0",
    "fixed_size_list:float:3",
    "fixed_size_list:bool:8",
    "fixed_size_list:float:2147483647",
    "fixed_size_list:fixed_size_list:bool:2147483647:1073741824",
    "fixed_size_list:struct:0",
    "fixed_size_list:struct:2",
    "fixed_size_list:struct:999999999",
    "list",
    "list.struct",
    "large_list",
    "struct",
    "map",
    "dict:string:int8:false",
    "dict:int64:uint64:false",
    "dict:bool:int32:false",
    "dict:dict:int8:false",
    "date32:day",
    "timestamp:us:UTC",
    "json"
  };

  private final Sketch sketch;
  private final ByteBuffer recipe;

  /** A field of a message that is there, or an element of a repeated one. */
  private record Place(Message.Builder message, FieldDescriptor field, int index) {
    Object get() {
      return field.isRepeated() ? message.getRepeatedField(field, index) : message.getField(field);
    }

    void set(Object value) {
      if (field.isRepeated()) {
        message.setRepeatedField(field, index, value);
      } else {
        message.setField(field, value);
      }
    }
  }

  private Edits(Sketch sketch) {
    this.sketch = sketch;
    this.recipe = ByteBuffer.wrap(sketch.edits).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Does what the sketch's own bytes say. */
  static void apply(Sketch sketch) {
    Edits edits = new Edits(sketch);
    for (int i = 0; i < MOST && edits.recipe.remaining() >= 4; i++) {
      edits.next();
    }
  }

  private int choose(int bound) {
    return bound <= 0 || !recipe.hasRemaining() ? 0 : (recipe.get() & 0xFF) % bound;
  }

  private long number() {
    int choice = choose(NUMBERS.length + 8);
    return choice < NUMBERS.length ? NUMBERS[choice] : choose(256) - 8;
  }

  private void next() {
    switch (choose(8)) {
      case 0, 1, 2 -> change(places(false));
      case 3 -> replaceEncoding();
      case 4 -> addOrRemove();
      case 5 -> setRows(number());
      case 6 -> changeType();
      default -> changeBuffer();
    }
  }

  private List<Message.Builder> messages() {
    List<Message.Builder> messages = new ArrayList<>();
    sketch.columns.forEach(column -> column.forEach(page -> messages.add(page.layout)));
    messages.add(sketch.descriptor);
    return messages;
  }

  /** All numbers, texts and flags; or all encodings. */
  private List<Place> places(boolean encodings) {
    List<Place> places = new ArrayList<>();
    messages().forEach(message -> collect(message, encodings, places));
    return places;
  }

  private static void collect(Message.Builder message, boolean encodings, List<Place> places) {
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      int count = field.isRepeated() ? message.getRepeatedFieldCount(field) : 1;
      for (int i = 0; i < count; i++) {
        boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        boolean isEncoding =
            isMessage && field.getMessageType() == CompressiveEncoding.getDescriptor();
        if (encodings ? isEncoding : !isMessage) {
          places.add(new Place(message, field, i));
        }
        if (isMessage && !field.isMapField()) {
          collect(
              field.isRepeated()
                  ? message.getRepeatedFieldBuilder(field, i)
                  : message.getFieldBuilder(field),
              encodings,
              places);
        }
      }
    }
  }

  private void change(List<Place> places) {
    if (places.isEmpty()) {
      return;
    }
    Place place = places.get(choose(places.size()));
    switch (place.field.getJavaType()) {
      case INT -> place.set((int) number());
      case LONG -> place.set(number());
      case BOOLEAN -> place.set(!(Boolean) place.get());
      case ENUM -> {
        List<EnumValueDescriptor> values = place.field.getEnumType().getValues();
        place.set(values.get(choose(values.size())));
      }
      case STRING -> place.set(place.get() + (choose(2) == 0 ? "0" : ".x"));
      case BYTE_STRING -> place.set(changed((ByteString) place.get()));
      default -> {}
    }
  }

  private ByteString changed(ByteString bytes) {
    byte[] copy = bytes.toByteArray();
    if (copy.length == 0 || choose(4) == 0) {
      return ByteString.copyFrom(new byte[choose(64)]);
    }
    int at = (choose(256) << 8 | choose(256)) % copy.length;
    copy[at] = (byte) choose(256);
    return ByteString.copyFrom(copy);
  }

  private void replaceEncoding() {
    List<Place> places = places(true);
    if (places.isEmpty()) {
      return;
    }
    Place place = places.get(choose(places.size()));
    CompressiveEncoding old = ((CompressiveEncoding.Builder) builder(place)).build();
    CompressiveEncoding other =
        ((CompressiveEncoding.Builder) builder(places.get(choose(places.size())))).build();
    place.set(wrapped(choose(10), old, other));
  }

  private static Message.Builder builder(Place place) {
    return place.field.isRepeated()
        ? place.message.getRepeatedFieldBuilder(place.field, place.index)
        : place.message.getFieldBuilder(place.field);
  }

  private CompressiveEncoding wrapped(int how, CompressiveEncoding old, CompressiveEncoding other) {
    CompressiveEncoding.Builder built = CompressiveEncoding.newBuilder();
    switch (how) {
      case 0 -> built.getFlatBuilder().setBitsPerValue(number());
      case 1 -> {
        built.getGeneralBuilder().setValues(old);
        built
            .getGeneralBuilder()
            .getCompressionBuilder()
            .setScheme(CompressionScheme.forNumber(1 + choose(2)));
      }
      case 2 -> built.getFsstBuilder().setValues(old).setSymbolTable(ByteString.EMPTY);
      case 3 -> built.getRleBuilder().setValues(old).setRunLengths(flat(8));
      case 4 -> built.getByteStreamSplitBuilder().setValues(old);
      case 5 -> built.getInlineBitpackingBuilder().setUncompressedBitsPerValue(number());
      case 6 ->
          built
              .getOutOfLineBitpackingBuilder()
              .setUncompressedBitsPerValue(number())
              .setValues(flat(number()));
      case 7 ->
          built
              .getFixedSizeListBuilder()
              .setItemsPerValue(number())
              .setHasValidity(choose(2) == 0)
              .setValues(old);
      case 8 -> built.getPackedStructBuilder().addBitsPerValue(number()).setValues(old);
      default -> {
        return other;
      }
    }
    return built.build();
  }

  private static CompressiveEncoding flat(long bits) {
    CompressiveEncoding.Builder built = CompressiveEncoding.newBuilder();
    built.getFlatBuilder().setBitsPerValue(bits);
    return built.build();
  }

  /** Elements of repeated fields, pages and buffers. */
  private void addOrRemove() {
    List<Place> repeated =
        places(false).stream().filter(place -> place.field.isRepeated()).toList();
    List<Sketch.Page> pages =
        sketch.columns.isEmpty() ? List.of() : sketch.columns.get(choose(sketch.columns.size()));
    int what = choose(5);
    if (what == 0 && !repeated.isEmpty()) {
      Place place = repeated.get(choose(repeated.size()));
      place.message.addRepeatedField(place.field, place.get());
    } else if (what == 1 && !repeated.isEmpty()) {
      Place place = repeated.get(choose(repeated.size()));
      place.message.clearField(place.field);
    } else if (!pages.isEmpty()) {
      List<byte[]> buffers = pages.get(choose(pages.size())).buffers;
      if (what == 2 || buffers.isEmpty()) {
        buffers.add(new byte[choose(256)]);
      } else if (what == 3) {
        buffers.remove(choose(buffers.size()));
      } else {
        pages.removeLast();
      }
    }
  }

  /** Everything that counts rows says the same. */
  private void setRows(long rows) {
    sketch.descriptor.setLength(rows);
    for (List<Sketch.Page> column : sketch.columns) {
      if (column.isEmpty()) {
        continue;
      }
      Sketch.Page page = column.getFirst();
      column.subList(1, column.size()).clear();
      page.length = rows;
      if (page.layout.hasMiniBlockLayout() && choose(2) == 0) {
        MiniBlockLayout.Builder layout = page.layout.getMiniBlockLayoutBuilder();
        layout.setNumItems(rows);
      }
    }
  }

  private void changeType() {
    int fields = sketch.descriptor.getSchema().getFieldsCount();
    if (fields > 0) {
      sketch
          .descriptor
          .getSchemaBuilder()
          .getFieldsBuilder(choose(fields))
          .setLogicalType(TYPES[choose(TYPES.length)]);
      if (choose(8) == 0) {
        sketch
            .descriptor
            .getSchemaBuilder()
            .getFieldsBuilder(choose(fields))
            .putMetadata("packed", ByteString.copyFromUtf8("true"));
      }
    }
  }

  private void changeBuffer() {
    List<byte[]> buffers = new ArrayList<>();
    sketch.columns.forEach(column -> column.forEach(page -> buffers.addAll(page.buffers)));
    if (buffers.isEmpty()) {
      return;
    }
    ByteBuffer buffer =
        ByteBuffer.wrap(buffers.get(choose(buffers.size()))).order(ByteOrder.LITTLE_ENDIAN);
    int width = 1 << choose(4);
    int places = buffer.capacity() / width;
    if (places == 0) {
      return;
    }
    int at = (choose(256) | choose(256) << 8) % places * width;
    long number = number();
    switch (width) {
      case 1 -> buffer.put(at, (byte) number);
      case 2 -> buffer.putShort(at, (short) number);
      case 4 -> buffer.putInt(at, (int) number);
      default -> buffer.putLong(at, number);
    }
  }
}
