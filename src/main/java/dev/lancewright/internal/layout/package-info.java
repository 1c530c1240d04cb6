/**
 * The layouts of pages: mini-block, full-zip and constant, each with its encoder and its decoder,
 * and the choice between them. A page becomes bytes here, and bytes become rows.
 */
package dev.lancewright.internal.layout;
