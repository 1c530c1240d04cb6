/**
 * The commands, with their options and reports. {@link dev.lancewright.cli.Main} is what the
 * wrapper script and the jar start.
 */
package dev.lancewright.cli;
