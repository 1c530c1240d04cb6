#!/usr/bin/env bash
# Builds the C library, its tests and its examples, and runs them; after "mvn package". Ends with a
# line of counts. What cannot run on this machine is named there, too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

source=$PWD/ffi
target=$PWD/target
out=$target/ffi
cc=${CC:-cc}
passed=0
skipped=()

fail() {
  echo "ffi/test.sh: $*" >&2
  exit 1
}

find_jdk() {
  local home version
  for home in "${LANCEWRIGHT_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -r "$home/include/jni.h" ] && [ -r "$home/release" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    if [ "${version:-0}" -ge 22 ]; then
      echo "$home"
      return
    fi
  done
  fail "no JDK 22 or newer with include/jni.h was found; set JAVA_HOME to one"
}

command -v "$cc" > /dev/null || fail "there is no C compiler '$cc'; install one, or set CC"
[ -f "$target/lancewright.jar" ] || fail "there is no target/lancewright.jar; run 'mvn package'"
jdk=$(find_jdk)
export LANCEWRIGHT_JAVA_HOME=$jdk
jni=(-I"$jdk/include" -I"$jdk/include/$(uname -s | tr '[:upper:]' '[:lower:]')")
strict=(-Wall -Wextra -Wpedantic -Werror)

rm -rf "$out"
mkdir -p "$out/files"
export LW_TEST_FOLDER=$out/files

# Runs a program, whose last line says what it has done. It has a minute unless a limit is given.
run() {
  local name=$1
  shift
  if ! timeout "${limit:-60}" "$@" > "$out/$name.log" 2> "$out/$name.err"; then
    cat "$out/$name.log" "$out/$name.err" >&2
    fail "$name failed"
  fi
  tail -n 1 "$out/$name.log"
  passed=$((passed + 1))
}

# The header by itself, as C and as C++.
"$cc" -std=c11 "${strict[@]}" -x c -fsyntax-only "$source/lancewright.h"

# The library, beside the jar that it looks for.
"$cc" -std=c11 -O2 -fPIC -shared -fvisibility=hidden "${strict[@]}" "${jni[@]}" \
  "$source/lancewright.c" -o "$target/liblancewright.so" -ldl -lpthread
link=(-L"$target" -llancewright "-Wl,-rpath,$target" -lpthread -ldl)

compile_test() {
  "$cc" -std=gnu11 -g -O1 -Wall -Wextra -Werror "${jni[@]}" -o "$out/$1" "$source/test/$1.c" \
    "$source/test/check.c" "$source/test/arrow.c" "${link[@]}"
}

for home in /usr/lib/jvm/*; do
  if grep -q '^JAVA_VERSION="\(1\.\|8\|11\|17\|21\)' "$home/release" 2> /dev/null; then
    export LW_TEST_OLD_JAVA=$home
  fi
done
LW_TEST_CLASS_PATH=$target/lancewright.jar:$(printf '%s:' \
  "$target"/lib/protobuf-java-*.jar "$target"/lib/zstd-jni-*.jar "$target"/lib/lz4-java-*.jar)
export LW_TEST_CLASS_PATH

for name in test_write test_arguments test_callbacks test_malformed test_threads test_process; do
  compile_test "$name"
  limit=120 run "$name" "$out/$name"
done

if [ -f "$jdk/lib/libjsig.so" ]; then
  LW_TEST_LIBJSIG=1 LD_PRELOAD=$jdk/lib/libjsig.so \
    run libjsig "$out/test_process" "handlers after the start"
else
  skipped+=("libjsig (not in $jdk)")
fi

LW_TEST_JVM_OPTIONS="-Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1"
export LW_TEST_JVM_OPTIONS
compile_test test_leaks
limit=180 run test_leaks "$out/test_leaks"
unset LW_TEST_JVM_OPTIONS

# The same with AddressSanitizer and UndefinedBehaviorSanitizer, as far as a virtual machine lets
# them: faults are its own to handle, and its memory cannot be searched for leaks.
sanitize=(-std=gnu11 -g -O1 -fsanitize=address,undefined -fno-omit-frame-pointer)
sanitized=$out/sanitized
mkdir "$sanitized"
if echo 'int main(void) { return 0; }' \
  | "$cc" "${sanitize[@]}" -x c -o "$sanitized/empty" - 2> /dev/null && "$sanitized/empty"; then
  ln -s "$target/lancewright.jar" "$target/lib" "$sanitized"
  "$cc" "${sanitize[@]}" -fPIC -shared "${jni[@]}" "$source/lancewright.c" \
    -o "$sanitized/liblancewright.so" -ldl -lpthread
  export ASAN_OPTIONS=handle_segv=0:allow_user_segv_handler=1:detect_leaks=0
  export UBSAN_OPTIONS=halt_on_error=1
  export LW_TEST_FOLDER=$sanitized
  for name in test_write test_arguments test_callbacks test_malformed test_threads; do
    "$cc" "${sanitize[@]}" -o "$sanitized/$name" "$source/test/$name.c" "$source/test/check.c" \
      "$source/test/arrow.c" -L"$sanitized" -llancewright "-Wl,-rpath,$sanitized" -lpthread
    limit=180 run "sanitized_$name" "$sanitized/$name"
  done
  unset ASAN_OPTIONS UBSAN_OPTIONS
  export LW_TEST_FOLDER=$out/files
else
  skipped+=("sanitizers (not with $cc)")
fi

# What it costs, with and without an archive of classes. On a machine that does other things the
# figures vary, so they are printed and not checked; the archive is checked to be taken.
compile_test cost
run cost "$out/cost"
"$source/archive.sh" "$target/lancewright.jar" "$target/lancewright.jsa"
run cost_with_archive "$out/cost"
LW_TEST_JVM_OPTIONS="-Xlog:class+load:file=$out/classes.log" run with_archive "$out/test_malformed"
grep -q 'dev.lancewright.LanceWriter source: shared objects file (top)' "$out/classes.log" \
  || fail "the archive of classes was not taken"
"$cc" -std=gnu11 -O2 -Wall -Wextra -Werror -fPIC -shared -o "$out/libcost.so" \
  "$source/test/cost_library.c" "$source/test/check.c" "$source/test/arrow.c" "${link[@]}"
"$jdk/bin/javac" -Xlint:all,-restricted -Werror -cp "$LW_TEST_CLASS_PATH" -d "$out/java" \
  "$source/test/Cost.java"
run cost_of_write "$jdk/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$out/java:$LW_TEST_CLASS_PATH" Cost "$out/libcost.so" "$out/files/cost.lance"
rm "$target/lancewright.jsa"

# Examples, as their users build them.
use=(-I"$source" "${link[@]}")
"$cc" -std=c11 -O2 "${strict[@]}" "$source/examples/ten_million.c" "${use[@]}" -o "$out/ten_million"
run ten_million "$out/ten_million" "$out/files/ten_million.lance"

cxx=${CXX:-c++}
if command -v "$cxx" > /dev/null; then
  "$cxx" -std=c++17 -Wall -Wextra -Werror -x c++ -fsyntax-only "$source/lancewright.h"
  "$cxx" -std=c++17 -O2 -Wall -Wextra -Werror "$source/examples/stream.cpp" "${use[@]}" \
    -o "$out/stream"
  run stream "$out/stream" "$out/files/stream.lance"
else
  skipped+=("C++ (no $cxx)")
fi

if command -v rustc > /dev/null; then
  rustc --edition 2021 -O -D warnings -L "$target" -C "link-arg=-Wl,-rpath,$target" \
    "$source/examples/example.rs" -o "$out/rust"
  run rust "$out/rust" "$out/files/rust.lance"
else
  skipped+=("Rust (no rustc)")
fi

if python3 -c 'import pyarrow' 2> /dev/null; then
  run python python3 "$source/examples/example.py" "$target/liblancewright.so" \
    "$out/files/python.lance"
else
  skipped+=("Python (no pyarrow)")
fi

duckdb=libduckdb_java.so_linux_amd64
if "$jdk/bin/jar" tf "$target"/lib/duckdb_jdbc-*.jar 2> /dev/null | grep -q "^$duckdb\$" \
  && [ "$(uname -sm)" = "Linux x86_64" ]; then
  (cd "$out" && "$jdk/bin/jar" xf "$target"/lib/duckdb_jdbc-*.jar "$duckdb")
  "$cc" -std=c11 -O2 "${strict[@]}" "$source/examples/duckdb.c" "${use[@]}" -L"$out" "-l:$duckdb" \
    "-Wl,-rpath,$out" -o "$out/duckdb"
  run duckdb "$out/duckdb" "$out/files/duckdb.lance"
else
  skipped+=("DuckDB (no $duckdb in target/lib)")
fi

"$jdk/bin/javac" -Xlint:all,-restricted -Werror -cp "$LW_TEST_CLASS_PATH" -d "$out/jni" \
  "$source/examples/jni/Example.java"
"$cc" -std=c11 -O2 -fPIC -shared "${strict[@]}" "${jni[@]}" "$source/examples/jni/example.c" \
  "${use[@]}" -o "$out/libexample.so"
run jni "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -cp "$out/jni:$LW_TEST_CLASS_PATH" \
  Example "$out/libexample.so" "$out/files/jni.lance"

# Installed as CMake does it, an example finds header, library and jars by pkg-config.
if command -v cmake > /dev/null && command -v pkg-config > /dev/null; then
  cmake -S "$source" -B "$out/build" -DCMAKE_INSTALL_PREFIX="$out/installed" > "$out/cmake.log"
  cmake --build "$out/build" --target install >> "$out/cmake.log"
  PKG_CONFIG_PATH=$(dirname "$(find "$out/installed" -name lancewright.pc)")
  export PKG_CONFIG_PATH
  # shellcheck disable=SC2046 # the flags are several words
  "$cc" -std=c11 -O2 "$source/examples/ten_million.c" -o "$out/installed/example" \
    $(pkg-config --cflags --libs lancewright)
  LD_LIBRARY_PATH=$(pkg-config --variable=libdir lancewright) \
    run installed "$out/installed/example" "$out/files/installed.lance"
else
  skipped+=("installation (no cmake or pkg-config)")
fi

echo "ffi/test.sh: $passed programs passed, ${#skipped[@]} skipped${skipped[*]:+: ${skipped[*]}}"
