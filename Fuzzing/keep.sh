#!/bin/sh
# Adds to Corpus what was learned in fuzz-out: for each reader the few inputs that reach places in the code which
# those in Corpus do not, most at first, up to 18 kB. To be run after a long `make fuzz`.
#
#   keep.sh PRODUCTS [NAME ...]        all readers unless some are named
set -eu

products=$1
shift
here=$(dirname "$0")
[ $# -gt 0 ] || set -- $(ls "$here/Targets")

export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

for name in "$@"; do
  kept="$here/Corpus/$name"
  mkdir -p "$kept" "fuzz-out/$name/learned"
  # Without counters: how often a place was reached would keep twenty times as many.
  "$products/Fuzz$name" -set_cover_merge=1 -use_counters=0 "$kept" "fuzz-out/$name/learned" \
    > "$TMPDIR/log" 2>&1 || { cat "$TMPDIR/log" >&2; exit 1; }
  # They were written in the order of what they add.
  ls -tr "$kept" | (
    size=0
    while read -r input; do
      size=$((size + $(wc -c < "$kept/$input")))
      [ "$size" -le 18000 ] || rm "$kept/$input"
    done
  )
done
echo "$(find "$here/Corpus" -type f -exec cat {} + | wc -c) bytes in $here/Corpus"
