/**
 * Loops over many values, for codecs and layouts: each has a scalar body, and a twin on vectors
 * where that is faster. Which of them runs is decided once, when the package is first used.
 */
package dev.lancewright.internal.simd;
