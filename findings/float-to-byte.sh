#!/bin/sh
# A float becomes a byte in four ways: cut and wrapped, cut and limited, rounded and limited, scaled to fit
#
# NumPy's astype, rasterio and SimpleITK cut the fraction off and wrap what does not fit: 300
# becomes 44, -1 becomes 255 (void). Pillow cuts and limits. OpenCV rounds to even and limits, so
# 127.5 and 128.5 are both 128. nibabel chooses a scale for the file, and 0.6 comes back as 0.18.
#
# Whether a saved plane was cut or rounded decides which probabilities its levels stand for, and
# whether p = 0.5 (127.5) is above a threshold of 0.5. A label of 256 or more ends as another class,
# or as void.
#
# Seen with numpy 2.4.6, pillow 13.0.0, opencv-python-headless 5.0.0.93, simpleitk 2.5.7, rasterio 1.4.4, nibabel 5.4.2.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" numpy==2.4.6 pillow==13.0.0 opencv-python-headless==5.0.0.93 simpleitk==2.5.7 rasterio==1.4.4 nibabel==5.4.2
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import nibabel
import numpy as np
import rasterio
import SimpleITK
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["numpy", "pillow", "opencv-python-headless", "simpleitk", "rasterio", "nibabel"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


values = np.array([[0.6, 127.5, 128.5, 254.6, 256, 300, -1]], np.float32)
print("values:", values[0].tolist())
wrapped, limited = [0, 127, 128, 254, 0, 44, 255], [0, 127, 128, 254, 255, 255, 0]
with np.errstate(all="ignore"):
    expect("NumPy, astype(uint8)", values.astype(np.uint8)[0].tolist(), wrapped)
with rasterio.open("plane.tif", "w", driver="GTiff", height=1, width=7, count=1, dtype="uint8") as file:
    file.write(values, 1)
expect("rasterio, write to uint8", rasterio.open("plane.tif").read(1)[0].tolist(), wrapped)
cast = SimpleITK.Cast(SimpleITK.GetImageFromArray(values), SimpleITK.sitkUInt8)
expect("SimpleITK, Cast", SimpleITK.GetArrayFromImage(cast)[0].tolist(), wrapped)
expect("Pillow, convert('L')", np.array(Image.fromarray(values).convert("L"))[0].tolist(), limited)
cv2.imwrite("plane.png", values)
expect("OpenCV, imwrite", cv2.imread("plane.png", cv2.IMREAD_UNCHANGED)[0].tolist(), [1, 128, 128, 255, 255, 255, 0])
image = nibabel.Nifti1Image(values, np.eye(4))
image.set_data_dtype(np.uint8)
nibabel.save(image, "plane.nii")
expect("nibabel, set_data_dtype(uint8), the first", round(float(nibabel.load("plane.nii").get_fdata()[0, 0]), 2), 0.18)
END
