package dev.lancewright.cli;

import dev.lancewright.RowRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code 500} as one row and {@code 100-199} as a hundred. */
final class RowNumbers implements ITypeConverter<RowRange> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

  @Override
  public RowRange convert(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a row or a range of rows; write 500, or 100-199");
    }
    long first = Long.parseLong(form.group(1));
    long last = form.group(2) == null ? first : Long.parseLong(form.group(2));
    if (last < first) {
      throw new TypeConversionException("'" + text + "' ends before it starts");
    }
    return new RowRange(first, last - first + 1);
  }
}
