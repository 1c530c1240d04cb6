/**
 * The commands, with their options and reports. The wrapper script and the jar start {@link
 * dev.lancewright.cli.Main}.
 */
package dev.lancewright.cli;
