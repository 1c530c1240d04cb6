/**
 * Fields and their types, as users declare them and as files spell them. The types are those of
 * Arrow that a Lance file can name.
 */
package dev.lancewright.schema;
