/**
 * Facts of the Lance file format that users meet: its versions, the places of bytes in a file, and
 * the exceptions that say what is wrong with one.
 */
package dev.lancewright.format;
