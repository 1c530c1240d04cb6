package dev.lancewright.compression;

import dev.lancewright.schema.Field;
import java.util.List;
import java.util.stream.Collectors;

/** A name or path of leaves, in which one {@code *} may stand for any number of characters. */
record ColumnName(String text) {
  /** How closely a name matches a leaf, the closest first. */
  enum Fit {
    PATH,
    NAME,
    PATTERN,
    NONE
  }

  /**
   * @throws IllegalArgumentException if there is more than one {@code *}
   */
  ColumnName {
    if (text.indexOf('*') != text.lastIndexOf('*')) {
      throw new IllegalArgumentException(
          "column '%s': only one * may be in a name, as in *, abc*, *abc and a*c".formatted(text));
    }
  }

  /**
   * Returns how closely the name matches a leaf.
   *
   * @param path the fields from a column of the schema down to the leaf
   */
  Fit fit(List<Field> path) {
    String name = path.getLast().name();
    String fullName = path.stream().map(Field::name).collect(Collectors.joining("."));
    if (text.equals(fullName)) {
      return Fit.PATH;
    }
    if (text.equals(name)) {
      return Fit.NAME;
    }
    return matches(name) || (text.indexOf('.') >= 0 && matches(fullName)) ? Fit.PATTERN : Fit.NONE;
  }

  private boolean matches(String name) {
    int star = text.indexOf('*');
    return star >= 0
        && name.length() >= text.length() - 1
        && name.startsWith(text.substring(0, star))
        && name.endsWith(text.substring(star + 1));
  }
}
