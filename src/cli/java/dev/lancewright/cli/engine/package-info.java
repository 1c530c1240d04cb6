/**
 * DuckDB behind its C API, as the commands use it: queries become batches of columns, and batches
 * become files that DuckDB writes.
 */
package dev.lancewright.cli.engine;
