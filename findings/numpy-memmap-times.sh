#!/bin/sh
# NumPy: an array that is changed through a mapping and flushed can keep its file's times.
#
# Expected: after memmap.flush() the file has new times (mtime, ctime), as after any other write, so that tools which
# look at times (make, rsync, restic, DVC's cache of file states) see the change.
# Seen (NumPy 2.2.6 on Linux): in memory (tmpfs, as /dev/shm) a mapping whose pages were read before they are written changes
# neither time, flushed or not; one that is only written does, and so does a disk. Predictions that are corrected in place
# (m[:] = 255 - m) look like those of the night before.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work" "$memory"' EXIT
memory=$(mktemp -d /dev/shm/memmap-XXXXXX 2>/dev/null) || { memory=$work/none; echo "skipped: there is no /dev/shm"; exit 0; }
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q numpy==2.2.6
"$work/venv/bin/python" - "$memory" "$work" <<'PY'
import os, sys, time
import numpy as np

assert np.__version__ == "2.2.6"

def times_change(folder):
    path = os.path.join(folder, "predictions.npy")
    np.save(path, np.zeros((64, 64), np.uint8))
    time.sleep(1.1)
    before = os.stat(path)
    mapped = np.load(path, mmap_mode="r+")
    mapped[:] = 1 - mapped
    mapped.flush()
    after = os.stat(path)
    assert np.load(path).min() == 1, "the change is there for every reader"
    return (before.st_mtime_ns, before.st_ctime_ns) != (after.st_mtime_ns, after.st_ctime_ns)

memory, disk = times_change(sys.argv[1]), times_change(sys.argv[2])
print(f"NumPy {np.__version__}: after m[:] = 1 - m and flush() the times change on a disk: {disk}; in memory (tmpfs): {memory}")
assert memory is False, "the times change in memory now"
PY
