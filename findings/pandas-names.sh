#!/bin/sh
# pandas: image names that look like numbers become numbers when a table of metrics is read
#
# Frames are called 0001, 1e3, 12e1. Read without `dtype=str` they are 1, 1000.0 and 120.0, and a
# group called None or NA is a missing value, which `groupby` leaves out. It happens only if all
# names of a column look like that, so a script that works on one set fails on the next. A merge
# with a table in which the names stayed text finds nothing, or raises, depending on the types.
#
# Give `dtype={"image": str}, keep_default_na=False, na_values=[""]` for every table of metrics.
#
# Seen with pandas 3.1.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pandas==3.1.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import io

import pandas as pd
print(", ".join(f"{name} {version(name)}" for name in ["pandas", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def names(text, **rules):
    return pd.read_csv(io.StringIO("image,iou\n" + "".join(f"{name},0.5\n" for name in text.split())), **rules)["image"].tolist()


expect("0001 0010", names("0001 0010"), [1, 10])
expect("1e3 12e1", names("1e3 12e1"), [1000.0, 120.0])
expect("0001 street", names("0001 street"), ["0001", "street"])
expect("0001 0010 with dtype=str", names("0001 0010", dtype={"image": str}), ["0001", "0010"])
table = pd.read_csv(io.StringIO("group,iou\nNone,0.2\nA,0.6\n"))
expect("groups of None and A", table.groupby("group")["iou"].mean().to_dict(), {"A": 0.6})
END
