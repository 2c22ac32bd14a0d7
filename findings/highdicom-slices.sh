#!/bin/sh
# highdicom: slices without a pixel are dropped, and the volume that is read back has fewer slices, in the other order
#
# `Segmentation` omits frames that are empty after rounding unless told otherwise. `get_volume()`
# starts and ends with the slices that are left and orders them by their place in space, here from
# the last to the first. A volume of four slices, of which the first is empty and the last has 0.001
# everywhere, comes back with two. Truth and prediction are empty in different slices, so their
# volumes differ in size, or have the same size and other slices. Levels are rounded, 255 for 1.
#
# Pair slices by their position and not by their number.
#
# Seen with highdicom 0.28.2, pydicom 3.0.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" highdicom==0.28.2 pydicom==3.0.2 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import highdicom
import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sr.codedict import codes
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid
print(", ".join(f"{name} {version(name)}" for name in ["highdicom", "pydicom", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


study, series, frame = generate_uid(), generate_uid(), generate_uid()


def slice_at(number):
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    texts = ["PatientID", "PatientName", "PatientSex", "PatientBirthDate", "AccessionNumber", "StudyID", "StudyDate", "StudyTime",
             "ReferringPhysicianName", "PositionReferenceIndicator", "Manufacturer", "ManufacturerModelName", "SoftwareVersions"]
    for text in texts:
        setattr(made, text, "")
    made.SOPClassUID, made.SOPInstanceUID, made.Modality = CTImageStorage, generate_uid(), "CT"
    made.StudyInstanceUID, made.SeriesInstanceUID, made.FrameOfReferenceUID = study, series, frame
    made.SeriesNumber, made.InstanceNumber = 1, number + 1
    made.Rows, made.Columns, made.PixelSpacing, made.SliceThickness = 8, 4, [1, 1], 1
    made.ImagePositionPatient, made.ImageOrientationPatient = [0, 0, number], [1, 0, 0, 0, 1, 0]
    made.SamplesPerPixel, made.PhotometricInterpretation, made.PixelRepresentation = 1, "MONOCHROME2", 0
    made.BitsAllocated, made.BitsStored, made.HighBit = 16, 16, 15
    made.PixelData = np.zeros((8, 4), np.uint16).tobytes()
    return made


def segmentation(planes, **options):
    family = codes.cid7162.ArtificialIntelligence
    organ = highdicom.seg.SegmentDescription(
        segment_number=1, segment_label="organ", segmented_property_category=codes.SCT.Organ,
        segmented_property_type=codes.SCT.Liver, algorithm_type="AUTOMATIC",
        algorithm_identification=highdicom.AlgorithmIdentificationSequence(name="a", version="1", family=family))
    return highdicom.seg.Segmentation(
        source_images=[slice_at(number) for number in range(4)], pixel_array=planes, segmentation_type="FRACTIONAL",
        segment_descriptions=[organ], series_instance_uid=generate_uid(), series_number=2, sop_instance_uid=generate_uid(),
        instance_number=1, manufacturer="a", manufacturer_model_name="a", software_versions="1", device_serial_number="1", **options)


planes = np.zeros((4, 8, 4), np.float32)
planes[1], planes[2], planes[3] = [0.1, 0.25, 0.5, 0.501], 1, 0.001


def firsts(volume):
    return [round(float(plane.flatten()[0]), 3) for plane in volume]


expect("first pixel of each of four slices", firsts(planes), [0.0, 0.1, 1.0, 0.001])
saved = segmentation(planes)
expect("read back by get_volume()", firsts(saved.get_volume().array), [1.0, 0.102])
whole = segmentation(planes, omit_empty_frames=False)
expect("with omit_empty_frames=False", firsts(whole.get_volume().array), [0.0, 1.0, 0.102, 0.0])
expect("levels of 0.1 0.25 0.5 0.501", sorted({int(level) for level in whole.pixel_array[1:3].flatten()})[:3], [26, 64, 128])
END
