#!/usr/bin/env bash
# Makes an archive of classes for a jar of the library, by which a virtual machine starts faster:
# ffi/archive.sh LANCEWRIGHT.JAR ARCHIVE. The library uses the one that is named lancewright.jsa and
# lies beside it. It fits the JDK that made it and the jars where they lie.
set -euo pipefail

[ $# = 2 ] || { echo "usage: $0 LANCEWRIGHT.JAR ARCHIVE" >&2; exit 2; }
folder=$(cd "$(dirname "$1")" && pwd -P)
archive=$2
java=${LANCEWRIGHT_JAVA_HOME:-${JAVA_HOME:?set it to a JDK 22 or newer}}/bin/java

# The same class path that the library makes.
class_path=$folder/lancewright.jar
for artifact in protobuf-java zstd-jni lz4-java; do
  jar=$(find "$folder" "$folder/lib" -maxdepth 1 -name "$artifact-*.jar" | sort | tail -n 1)
  [ -n "$jar" ] || { echo "$0: there is no $artifact-*.jar in $folder or its lib" >&2; exit 1; }
  class_path=$class_path:$jar
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$java" -Xlog:disable -XX:+UseSerialGC -XX:ArchiveClassesAtExit="$archive" \
  --enable-native-access=ALL-UNNAMED -cp "$class_path" dev.lancewright.ffi.FirstFile \
  "$scratch/first.lance"
