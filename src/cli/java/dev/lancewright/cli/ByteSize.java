package dev.lancewright.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses sizes such as {@code 65536}, {@code 8M} or {@code 64MiB}; units are powers of 1024. */
final class ByteSize implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,19}) ?(?:([kmgt])(?:ib)?|b)?");
  private static final String UNITS = "kmgt";

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a size; write bytes such as 65536, or with a unit: 512K, 8M, 64MiB");
    }
    long scale = size.group(2) == null ? 1 : 1L << (10 * (UNITS.indexOf(size.group(2)) + 1));
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), scale);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is more than " + Long.MAX_VALUE + " bytes");
    }
  }
}
