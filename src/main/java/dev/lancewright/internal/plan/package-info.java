/**
 * Chooses for each page how its values are encoded: candidates, what each costs, and samples that
 * tell before all values are tried.
 */
package dev.lancewright.internal.plan;
