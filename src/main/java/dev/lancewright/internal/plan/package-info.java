/**
 * The choice of an encoding for each page's values: candidates, their costs, and samples that
 * estimate them without encoding all values.
 */
package dev.lancewright.internal.plan;
