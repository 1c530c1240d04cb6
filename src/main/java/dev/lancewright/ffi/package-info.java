/**
 * The interface for native code: what {@code lancewright.h} declares. C programs do not see it;
 * Java code that calls native code by JNI hands on {@link dev.lancewright.ffi.NativeApi#table}.
 */
package dev.lancewright.ffi;
