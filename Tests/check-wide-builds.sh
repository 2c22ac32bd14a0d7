#!/bin/sh
# Code that was compiled for wide vectors must be reached through the check for them alone. What the compiler
# puts into several object files under one weak name is kept once by the linker, and it might keep the
# copy that an older processor does not understand. This fails if there is such a name.
#
#   check-wide-builds.sh DIRECTORY-OF-THE-PRODUCTS
set -eu

wide=$(ls -d "$1"/*AVX*.build 2> /dev/null || true)
if [ -z "$wide" ] || ! command -v nm > /dev/null; then
  echo "skipped: nothing was compiled for wide vectors here, or there is no nm"
  exit 0
fi

weak=$(mktemp)
others=$(mktemp)
trap 'rm -f "$weak" "$others"' EXIT
for directory in $wide; do
  nm "$directory"/*.o | awk '$2 ~ /[WV]/ && $3 != "__swift_reflection_version" { print $3 }' |
    sort -u > "$weak"
  for other in "$1"/*.build; do
    [ "$other" = "$directory" ] || nm "$other"/*.o 2> /dev/null | awk '$2 ~ /[TtWV]/ { print $3 }'
  done | sort -u > "$others"
  shared=$(comm -12 "$weak" "$others")
  if [ -n "$shared" ]; then
    echo "in $(basename "$directory") and elsewhere under one weak name:" >&2
    echo "$shared" >&2
    exit 1
  fi
done
