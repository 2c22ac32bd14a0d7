#!/bin/sh
# SimpleITK: a class of a binary DICOM segmentation is read as 255, and all classes stand behind each other as slices of one volume
#
# In a DICOM segmentation each class has planes of one bit. pydicom reads the bits as 0 and 1.
# SimpleITK reads 0 and 255 and says nothing, and three slices of two classes are a volume of six
# slices in which nothing tells the classes apart. A fractional one keeps its levels, 128 for one
# half.
#
# 255 is the usual number of void: of such a truth all pixels of the objects are left out, and what
# remains is background.
#
# Seen with highdicom 0.28.2, pydicom 3.0.2, SimpleITK 2.5.7, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" highdicom==0.28.2 pydicom==3.0.2 SimpleITK==2.5.7 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import highdicom
import numpy as np
import pydicom
import SimpleITK as sitk
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sr.codedict import codes
from pydicom.uid import ExplicitVRLittleEndian, generate_uid
print(", ".join(f"{name} {version(name)}" for name in ["highdicom", "pydicom", "SimpleITK", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


study, series, place = generate_uid(), generate_uid(), generate_uid()


def slice_of(number):
    one = Dataset()
    one.file_meta = FileMetaDataset()
    one.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    for name in ("PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyID", "AccessionNumber", "ReferringPhysicianName", "PatientID", "PatientName"):
        setattr(one, name, "")
    one.SOPClassUID, one.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", generate_uid()
    one.StudyInstanceUID, one.SeriesInstanceUID, one.FrameOfReferenceUID = study, series, place
    one.Modality, one.SeriesNumber, one.InstanceNumber = "CT", 1, number
    one.Rows, one.Columns, one.PixelSpacing, one.SliceThickness = 10, 12, [1, 1], 1
    one.ImageOrientationPatient, one.ImagePositionPatient = [1, 0, 0, 0, 1, 0], [0, 0, number]
    one.BitsAllocated, one.BitsStored, one.HighBit, one.PixelRepresentation, one.SamplesPerPixel = 8, 8, 7, 0, 1
    one.PhotometricInterpretation, one.PixelData = "MONOCHROME2", bytes(120)
    return one


def saved(array, kind, classes):
    algorithm = highdicom.AlgorithmIdentificationSequence("net", codes.cid7162.ArtificialIntelligence, "1")
    described = [highdicom.seg.SegmentDescription(number, f"class {number}", codes.cid7150.Tissue, codes.SCT.Organ, "AUTOMATIC", algorithm)
                 for number in range(1, classes + 1)]
    highdicom.seg.Segmentation(
        [slice_of(number) for number in range(3)], array, kind, described, generate_uid(), 1, generate_uid(), 1, "net", "net", "1", "1",
        omit_empty_frames=False).save_as("seg.dcm")
    return pydicom.dcmread("seg.dcm").pixel_array, sitk.GetArrayFromImage(sitk.ReadImage("seg.dcm"))


labels = np.zeros((3, 10, 12), np.uint8)
labels[:, 2:5, 2:5], labels[:, 6:9, 6:11] = 1, 2
bits, read = saved(labels, "BINARY", 2)
expect("pydicom: shape, numbers", (bits.shape, np.unique(bits).tolist()), ((6, 10, 12), [0, 1]))
expect("SimpleITK", (read.shape, np.unique(read).tolist()), ((6, 10, 12), [0, 255]))
expect("slices 0 to 2 are class 1, 3 to 5 class 2", bool(((read[:3] > 0) == (labels == 1)).all() and ((read[3:] > 0) == (labels == 2)).all()), True)
_, read = saved((labels == 1) * np.float32(0.5), "FRACTIONAL", 1)
expect("one half, fractional", np.unique(read).tolist(), [0, 128])
END
