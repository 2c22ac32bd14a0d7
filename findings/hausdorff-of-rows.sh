#!/bin/sh
# hausdorff and SciPy's directed_hausdorff take a mask's rows as points: a mask that is moved down is 0.0 away
#
# Both expect a list of points, one a row. A mask is accepted too, since it is an array with rows;
# each row of pixels is then a point with as many coordinates as the mask has columns. Moving an
# object down changes no row but only their order, so its distance is 0; moving it aside gives a
# number that has nothing to do with how far.
#
# The numbers look like small distances in pixels. `np.argwhere(mask)` gives points; of borders, if
# only those are to count.
#
# Seen with hausdorff 0.2.6, numba 0.68.1, scipy 1.17.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" hausdorff==0.2.6 numba==0.68.1 scipy==1.17.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from hausdorff import hausdorff_distance
from scipy.spatial.distance import directed_hausdorff
print(", ".join(f"{name} {version(name)}" for name in ["hausdorff", "numba", "scipy", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


mask = np.zeros((32, 32))
mask[4:12, 4:12] = 1
down, aside = np.roll(mask, 16, axis=0), np.roll(mask, 16, axis=1)
expect("hausdorff, moved down by 16", hausdorff_distance(mask, down), 0.0)
expect("SciPy, moved down by 16", directed_hausdorff(mask, down)[0], 0.0)
expect("hausdorff, moved aside by 16", round(hausdorff_distance(mask, aside), 3), 2.828)
expect("SciPy, moved aside by 16", round(directed_hausdorff(mask, aside)[0], 3), 2.828)
points = [np.argwhere(one).astype(float) for one in (mask, down)]
expect("of the points, moved down by 16", hausdorff_distance(*points), 16.0)
END
