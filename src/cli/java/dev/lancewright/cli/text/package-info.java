/**
 * Values, rows and reports as text: tables, CSV and JSON for those who read them on a terminal or
 * in another program.
 */
package dev.lancewright.cli.text;
