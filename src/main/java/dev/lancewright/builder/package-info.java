/**
 * Builders that create batches value by value: {@link dev.lancewright.builder.BatchBuilder} and one
 * builder for each kind of column. They own the memory that they append to, and build views of it,
 * the records of {@link dev.lancewright.column}. Columns that are already in memory need no
 * builder.
 *
 * <p>A builder accepts exactly what its column holds. Requesting the wrong one fails at once, with
 * a message that names the method to call.
 *
 * <table>
 *   <caption>Methods by type</caption>
 *   <tr><th>type</th><th>method</th><th>takes</th></tr>
 *   <tr><td>bool</td><td>{@code booleans}</td><td>{@code boolean}</td></tr>
 *   <tr><td>int8, uint8</td><td>{@code bytes}</td><td>{@code byte}</td></tr>
 *   <tr><td>int16, uint16</td><td>{@code shorts}</td><td>{@code short}</td></tr>
 *   <tr><td>int32, uint32, date32, time32</td><td>{@code ints}</td><td>{@code int}</td></tr>
 *   <tr><td>int64, uint64, date64, time64, timestamp, duration</td><td>{@code longs}</td>
 *       <td>{@code long}</td></tr>
 *   <tr><td>float16</td><td>{@code float16s}</td><td>{@code float}, or the bits</td></tr>
 *   <tr><td>float32</td><td>{@code floats}</td><td>{@code float}</td></tr>
 *   <tr><td>float64</td><td>{@code doubles}</td><td>{@code double}</td></tr>
 *   <tr><td>decimal128, decimal256</td><td>{@code decimals}</td><td>{@code BigDecimal}, the
 *       unscaled value as a {@code long}, or its bytes</td></tr>
 *   <tr><td>utf8, large_utf8</td><td>{@code strings}</td><td>{@code String}, or its bytes in
 *       UTF-8</td></tr>
 *   <tr><td>binary, large_binary</td><td>{@code binaries}</td><td>bytes</td></tr>
 *   <tr><td>fixed_size_binary</td><td>{@code fixedSizeBinaries}</td><td>bytes</td></tr>
 *   <tr><td>list, large_list</td><td>{@code lists}</td><td>items</td></tr>
 *   <tr><td>fixed_size_list</td><td>{@code fixedSizeLists}</td><td>items</td></tr>
 *   <tr><td>map</td><td>{@code maps}</td><td>keys and values</td></tr>
 *   <tr><td>struct</td><td>{@code structs}</td><td>a value for each child</td></tr>
 *   <tr><td>dictionary</td><td>{@code dictionaries}</td><td>values, and indices into them</td></tr>
 *   <tr><td>null</td><td>{@code nulls}</td><td>nothing but nulls</td></tr>
 * </table>
 *
 * <p>Unsigned integers are appended as the bits of the signed type of their width, as in {@link
 * java.lang.Long#parseUnsignedLong}. Dates, times, timestamps and durations are counts of their
 * unit, as {@link dev.lancewright.builder.IntBuilder} and {@link
 * dev.lancewright.builder.LongBuilder} say.
 */
package dev.lancewright.builder;
