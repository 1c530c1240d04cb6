/**
 * Kernels: loops over many values, for codecs and layouts. Each has a scalar implementation, and a
 * vector twin if that is faster. Which of them runs is decided once, when the package is first
 * used.
 */
package dev.lancewright.internal.simd;
