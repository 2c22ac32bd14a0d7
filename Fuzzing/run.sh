#!/bin/sh
# Feeds readers with inputs that libFuzzer makes up, and says of each how many and what was found (make fuzz).
#
#   run.sh PRODUCTS SECONDS [NAME ...]        all readers unless some are named
#
# RUNS ends a reader after so many inputs, if they take less than SECONDS. In fuzz-out/NAME stays what was found,
# with log, which says why; learned has the inputs from which the next run goes on.
set -u

products=$1
seconds=$2
shift 2
here=$(dirname "$0")
[ $# -gt 0 ] || set -- $(ls "$here/Targets")

# Swift's own backtracer would wait for a terminal. Leaks show as memory that grows with the inputs, which is
# limited below; asking after every input takes most of the time, and so do the call stacks of allocations. To see
# these of something found, run the reader on it without these options.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=0:malloc_context_size=0:quarantine_size_mb=16${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
# Some readers want a file, which in memory is faster.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

failed=0
for name in "$@"; do
  out="fuzz-out/$name"
  mkdir -p "$out/learned" "$here/Corpus/$name"
  words="$here/Words/$name.txt"
  start=$(date +%s)
  "$products/Fuzz$name" "$out/learned" "$here/Corpus/$name" \
    $([ -f "$words" ] && echo "-dict=$words") -max_total_time="$seconds" -runs="${RUNS:--1}" \
    -timeout=2 -rss_limit_mb=1024 -malloc_limit_mb=256 -artifact_prefix="$out/" \
    -print_final_stats=1 > "$out/log" 2>&1
  # It stops at the first that it finds.
  if [ $? -eq 0 ]; then found=0; else found=1 failed=1; fi
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/log" |
    sed -E -e ':again' -e 's/([0-9])([0-9]{3})($|,)/\1,\2\3/' -e 't again')
  echo "fuzz $name: ${executions:-no} executions in $(($(date +%s) - start)) s, $found found"
done
[ "$failed" -eq 0 ] || echo "what was found is in fuzz-out, each with the log that says why" >&2
exit "$failed"
