package dev.lancewright.schema;

/** Units of times, timestamps and durations. */
public enum TimeUnit {
  /** Seconds. */
  SECOND("s"),
  /** Thousandths of a second. */
  MILLISECOND("ms"),
  /** Millionths of a second. */
  MICROSECOND("us"),
  /** Billionths of a second. */
  NANOSECOND("ns");

  private final String symbol;

  TimeUnit(String symbol) {
    this.symbol = symbol;
  }

  /** Returns the symbol: {@code s}, {@code ms}, {@code us} or {@code ns}. */
  public String symbol() {
    return symbol;
  }
}
