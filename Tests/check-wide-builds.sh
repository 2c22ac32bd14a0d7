#!/bin/sh
# Code that was compiled for AVX2 must be reached through the check for AVX2 alone. What the compiler
# puts into several object files under one weak name is kept once by the linker, and it might keep the
# copy that an older processor does not understand. This fails if there is such a name.
#
#   check-wide-builds.sh DIRECTORY-OF-THE-PRODUCTS
set -eu

wide="$1/MeasuresAVX2.build"
if ! [ -d "$wide" ] || ! command -v nm > /dev/null; then
  echo "skipped: nothing was compiled for AVX2 here, or there is no nm"
  exit 0
fi

names() { nm "$@" 2> /dev/null | awk '$2 ~ /[TtWV]/ { print $3 }'; }

weak=$(mktemp)
others=$(mktemp)
trap 'rm -f "$weak" "$others"' EXIT
nm "$wide"/*.o | awk '$2 ~ /[WV]/ && $3 != "__swift_reflection_version" { print $3 }' | sort -u > "$weak"
for directory in "$1"/*.build; do
  [ "$directory" = "$wide" ] || names "$directory"/*.o || true
done | sort -u > "$others"
shared=$(comm -12 "$weak" "$others")
if [ -n "$shared" ]; then
  echo "compiled for AVX2 and for every processor under one weak name:" >&2
  echo "$shared" >&2
  exit 1
fi
