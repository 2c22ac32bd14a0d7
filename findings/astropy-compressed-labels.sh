#!/bin/sh
# astropy: a compressed FITS image of float labels is lossy, so 17 comes back as 16.945 and astype(int) gives the class before
#
# `CompImageHDU` quantises floats, whole numbers too, in steps that depend on the noise of each row.
# With few different labels and large areas nothing happens, with many about half of them come back
# a little smaller, and cutting takes these down by one. Integers are exact, and `quantize_level=0`
# with GZIP is. The same holds for probabilities, which move by up to 0.016 here.
#
# Label maps that went through a network are floats, and the neighbour class gets half of every
# class.
#
# Seen with astropy 8.0.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" astropy==8.0.2 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from astropy.io import fits
print(", ".join(f"{name} {version(name)}" for name in ["astropy", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def saved(array, **options):
    fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(array, **options)]).writeto("labels.fits", overwrite=True)
    with fits.open("labels.fits") as file:
        return np.array(file[1].data)


chance = np.random.default_rng(0)
labels = chance.integers(0, 20, (30, 30))
read = saved(labels.astype(np.float32))
expect("the first labels", labels[0, :4].tolist(), [17, 12, 10, 5])
expect("as float32", [round(float(x), 3) for x in read[0, :4]], [16.945, 12.05, 10.167, 4.895])
expect("share that astype(int) keeps", round(float((read.astype(int) == labels).mean()), 2), 0.51)
expect("share that rint keeps", float((np.rint(read) == labels).mean()), 1.0)
expect("as int16", bool((saved(labels.astype(np.int16)) == labels).all()), True)
expect("as float32, quantize_level=0 and GZIP", bool((saved(labels.astype(np.float32), compression_type="GZIP_1", quantize_level=0) == labels).all()), True)
p = chance.random((30, 30)).astype(np.float32)
expect("probabilities: largest difference", round(float(abs(saved(p) - p).max()), 3), 0.016)
END
