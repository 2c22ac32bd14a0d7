"""TIFF files of every kind, as real writers make them (tiff_valid.py) and as nobody should (tiff_malformed.py)."""

import os
import warnings

from saved import Saved, told


def files(folder, seed, missing):
    warnings.filterwarnings("ignore")
    try:
        import numpy
        import tiff_malformed
    except ImportError as error:
        missing.append(error.name)
        return
    for case in tiff_malformed.cases(numpy.random.default_rng(seed)):
        with open(os.path.join(folder, case.name), "wb") as file:
            file.write(case.data)
        yield Saved(case.name, None if case.numbers is None else [told(case.numbers)], case.says)
    try:
        import tiff_valid
    except ImportError as error:
        missing.append(error.name)
        return
    for name, data in tiff_valid.files(folder, numpy.random.default_rng(seed)):
        # Single bits are bytes here.
        yield Saved(name, [told(data.astype("u1") if data.dtype == bool else data)], verdict="y", is_valid=True)
