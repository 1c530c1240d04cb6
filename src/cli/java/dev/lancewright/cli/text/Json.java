package dev.lancewright.cli.text;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;

/**
 * Converts records to JSON objects, with component names in snake case, and types and versions as
 * the text shown in tables.
 */
public final class Json {
  private static final JsonSerializer<Object> AS_TEXT =
      (value, type, context) -> new JsonPrimitive(value.toString());

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .registerTypeHierarchyAdapter(DataType.class, AS_TEXT)
          .registerTypeAdapter(FormatVersion.class, AS_TEXT)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  private Json() {}

  /** Returns a record as an object on several lines. */
  public static String of(Record value) {
    return GSON.toJson(value);
  }
}
