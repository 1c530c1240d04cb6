/**
 * DuckDB, as the commands use it through its C API: queries become batches of columns, and batches
 * become files that DuckDB writes.
 */
package dev.lancewright.cli.engine;
