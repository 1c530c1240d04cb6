package dev.lancewright.schema;

/** Units of times, timestamps and durations. */
public enum TimeUnit {
  SECOND("s"),
  MILLISECOND("ms"),
  MICROSECOND("us"),
  NANOSECOND("ns");

  private final String symbol;

  TimeUnit(String symbol) {
    this.symbol = symbol;
  }

  /** {@code s}, {@code ms}, {@code us} or {@code ns}. */
  public String symbol() {
    return symbol;
  }
}
