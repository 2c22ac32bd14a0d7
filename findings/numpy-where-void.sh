#!/bin/sh
# NumPy 2: np.where(truth == 255, -100, truth) writes 156, and truth + -100 raises
#
# Frameworks want void as -100 or -1, label maps have it as 255 in one byte. `np.where` with a
# Python number keeps the array's type since NumPy 2 and wraps the number round without a word: -100
# becomes 156 and -1 becomes 255. NumPy 1 gave int16 and the number that was written. Arithmetic
# with the same number raises an error, so one of two usual ways is loud and the other silent.
#
# With `ignore: -100` no pixel is ignored then, and 156 is a label that no class has.
#
# Seen with numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
print(", ".join(f"{name} {version(name)}" for name in ["numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth = np.array([0, 1, 255], np.uint8)
void = np.where(truth == 255, -100, truth)
expect("np.where(truth == 255, -100, truth)", void.tolist(), [0, 1, 156])
expect("its type", str(void.dtype), "uint8")
expect("with truth.astype(np.int64)", np.where(truth == 255, -100, truth.astype(np.int64)).tolist(), [0, 1, -100])
try:
    expect("truth + -100", (truth + -100).tolist(), "OverflowError")
except OverflowError:
    expect("truth + -100", "OverflowError", "OverflowError")
END
