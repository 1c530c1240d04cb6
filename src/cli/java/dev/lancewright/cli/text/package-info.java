/**
 * Formats values, rows and reports as text: tables, CSV and JSON, for a terminal or another
 * program.
 */
package dev.lancewright.cli.text;
