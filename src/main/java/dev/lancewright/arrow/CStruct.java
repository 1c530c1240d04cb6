package dev.lancewright.arrow;

/** What the structs of the Arrow C interfaces have in common. */
interface CStruct {
  boolean isReleased();

  void markReleased();

  /** What the producer put there for itself. */
  long privateData();
}
