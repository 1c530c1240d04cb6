/**
 * The encodings of values and levels within a page, in both directions, and the planner that
 * chooses one by what the values are.
 */
package dev.lancewright.internal.codec;
