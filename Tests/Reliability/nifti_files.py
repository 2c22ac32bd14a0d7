"""NIfTI files, as nibabel and SimpleITK make them (nifti_valid.py) and as nobody should (nifti_malformed.py)."""

import random

import nifti_malformed
from saved import Saved, put


def files(folder, seed, missing):
    for name, (data, says) in nifti_malformed.cases(random.Random(seed)).items():
        put(folder, name, data)
        yield Saved(name, says=says)
    try:
        import numpy
        import nifti_valid
    except ImportError as error:
        missing.append(error.name)
        return
    for name, arrays in nifti_valid.files(folder, numpy.random.default_rng(seed)):
        yield Saved(name, arrays, verdict="y", is_valid=True)
