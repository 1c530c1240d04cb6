package dev.lancewright.cli.text;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Formats dates, times and durations according to ISO 8601. Values without such a form, such as a
 * time of day past midnight or a year beyond all calendars, become a number with its unit.
 */
final class TemporalText {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long MILLIS_PER_DAY = 86_400_000;

  private TemporalText() {}

  static String date(DataType.Date type, long value) {
    if (type.bitWidth() == 32) {
      return LocalDate.ofEpochDay(value).toString();
    }
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(value, MILLIS_PER_DAY));
    long millis = Math.floorMod(value, MILLIS_PER_DAY);
    return millis == 0
        ? day.toString()
        : dateTime(day.atTime(LocalTime.ofNanoOfDay(millis * 1_000_000)));
  }

  static String time(TimeUnit unit, long value) {
    try {
      long nanos = Math.multiplyExact(value, NANOS_PER_SECOND / perSecond(unit));
      return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(nanos));
    } catch (ArithmeticException | DateTimeException e) {
      return number(unit, value);
    }
  }

  /**
   * Formats a timestamp with the offset of the type's zone at that time, or as a local time if
   * there is no zone.
   */
  static String timestamp(DataType.Timestamp type, long value) {
    long perSecond = perSecond(type.unit());
    long seconds = Math.floorDiv(value, perSecond);
    long nanos = Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond);
    try {
      return type.zone() == null
          ? dateTime(LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC))
          : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              Instant.ofEpochSecond(seconds, nanos).atZone(zone(type.zone())));
    } catch (DateTimeException e) {
      return number(type.unit(), value);
    }
  }

  static String duration(TimeUnit unit, long value) {
    long perSecond = perSecond(unit);
    Duration duration =
        Duration.ofSeconds(
            Math.floorDiv(value, perSecond),
            Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond));
    return value < 0 && value > Long.MIN_VALUE ? "-" + duration.negated() : duration.toString();
  }

  private static String dateTime(LocalDateTime value) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value);
  }

  /** Returns a zone, or UTC if it is unknown, which denotes the same instant. */
  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  private static String number(TimeUnit unit, long value) {
    return value + " " + unit.symbol();
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> NANOS_PER_SECOND;
    };
  }
}
