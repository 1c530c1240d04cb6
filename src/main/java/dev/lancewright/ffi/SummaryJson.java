package dev.lancewright.ffi;

import dev.lancewright.WriteSummary;
import java.util.List;
import java.util.stream.Collectors;

/** A summary as one JSON object, with the names that the command line uses. */
final class SummaryJson {
  private SummaryJson() {}

  static String of(WriteSummary summary) {
    return "{\"format_version\":%s,\"rows\":%d,\"bytes\":%d,\"columns\":[%s]}"
        .formatted(
            quoted(summary.version().toString()),
            summary.rows(),
            summary.bytes(),
            summary.columns().stream().map(SummaryJson::of).collect(Collectors.joining(",")));
  }

  private static String of(WriteSummary.Column column) {
    return ("{\"name\":%s,\"type\":%s,\"field_id\":%d,\"index\":%d,\"pages\":%d,\"encodings\":%s,"
            + "\"nulls\":%d,\"bytes_in\":%d,\"bytes_out\":%d}")
        .formatted(
            quoted(column.name()),
            quoted(column.type().toString()),
            column.fieldId(),
            column.index(),
            column.pages(),
            texts(column.encodings()),
            column.nulls(),
            column.bytesIn(),
            column.bytesOut());
  }

  private static String texts(List<String> texts) {
    return texts.stream().map(SummaryJson::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
