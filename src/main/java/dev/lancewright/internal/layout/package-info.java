/**
 * The layouts of pages: mini-block, full-zip and constant, each with its encoder and its decoder,
 * and the choice between them. Here the rows of a column become pages, and pages become rows.
 */
package dev.lancewright.internal.layout;
