/**
 * Users' compression settings: by column, by type, by profile. They concern fields, never bytes.
 */
package dev.lancewright.compression;
