#!/bin/sh
# What faults, kills, full disks, races, nights and malformed files leave behind: a line a figure (docs/reliability.md).
#
#   check-reliability.sh UNMASK PYTHON [--short]        --short takes seconds, all of it minutes
#
# `numbers` is looked for beside UNMASK; $READERS is a Python with the libraries of Reliability/requirements.txt.
set -eu

unmask=$1
python=$2
shift 2
here=$(dirname "$0")/Reliability

if ! command -v "$python" >/dev/null; then
  echo "skipped: the proofs of reliability need Python" >&2
  exit 0
fi
failed=0
"$python" -B "$here/malformed.py" "$unmask" "$@" || failed=1
numbers=$(dirname "$unmask")/numbers
if [ -x "$numbers" ]; then
  command -v "${READERS:=$python}" >/dev/null || READERS=$python
  "$READERS" -B "$here/reading.py" "$numbers" "$@" || failed=1
else
  echo "skipped: reading of other formats is proved with $numbers, which is not built" >&2
fi
nights=$(dirname "$unmask")/simulate-nights
case " $* " in
  *" --short "*) ;;
  *) [ ! -x "$nights" ] || "$nights" 500 || failed=1 ;;
esac
if [ "$(uname -s)" = Linux ] && { command -v cc || command -v clang || command -v gcc; } >/dev/null; then
  for proof in injection killing filling racing same_bytes nightly; do
    "$python" -B "$here/$proof.py" "$unmask" "$@" || failed=1
  done
else
  echo "skipped: faults of the system are made with a C compiler, on Linux" >&2
fi
exit "$failed"
