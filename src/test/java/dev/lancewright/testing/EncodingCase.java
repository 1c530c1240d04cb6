package dev.lancewright.testing;

import dev.lancewright.column.Column;
import dev.lancewright.schema.Field;
import java.util.List;
import java.util.Map;

/**
 * A column that shall be written in a certain encoding.
 *
 * @param kind of case
 * @param what in words, for messages
 * @param path of the leaf, whose settings these are
 * @param settings by their names in metadata, without a prefix; none if the metadata of the field
 *     has them
 * @param expected what the description of one of its pages must contain
 * @param refused what that of no page may contain
 */
public record EncodingCase(
    String kind,
    String what,
    Field field,
    Column column,
    String path,
    Map<String, String> settings,
    String expected,
    List<String> refused) {}
