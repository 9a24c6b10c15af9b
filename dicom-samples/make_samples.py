#!/usr/bin/env python3
"""Makes the sample series of this folder from two cases of the Medical Segmentation Decathlon, Task04 Hippocampus.

usage: make_samples.py TASK04_FOLDER OUT_FOLDER

TASK04_FOLDER holds images/hippocampus_NNN.nii.gz and labels/hippocampus_NNN.nii.gz (imagesTr and labelsTr of the
original archive). The same input gives the same bytes. Needs pydicom 3.0, nibabel 5, numpy.
"""

import gzip
import sys
import uuid
from pathlib import Path

import nibabel
import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage

NAMESPACE = uuid.UUID("6f0f8f5e-9c55-5a3b-8a51-0d3d6f1c6c04")
CASES = {
    "006": {"name": "Sample^Ada", "sex": "F", "birth": "19610214", "date": "20260105", "time": "091500"},
    "251": {"name": "Sample^Boris", "sex": "M", "birth": "19581123", "date": "20260106", "time": "141000"},
}


def uid(*words):
    """A UID of the 2.25 root from a UUID that depends on the words only (PS3.5 B.2)."""
    return f"2.25.{uuid.uuid5(NAMESPACE, '/'.join(words)).int}"


def in_lps(image):
    """Voxels [k, j, i] and affine of the same image with i, j, k growing to the left, back and head."""
    want = nibabel.orientations.axcodes2ornt("LPS")
    have = nibabel.orientations.io_orientation(image.affine)
    turned = image.as_reoriented(nibabel.orientations.ornt_transform(have, want))
    return np.asanyarray(turned.dataobj).transpose(2, 1, 0), turned.affine


def patient_and_study(case, facts):
    d = Dataset()
    d.PatientName = facts["name"]
    d.PatientID = f"SEGNODE-SAMPLE-{case}"
    d.PatientBirthDate = facts["birth"]
    d.PatientSex = facts["sex"]
    d.StudyInstanceUID = uid(case, "study")
    d.StudyID = case
    d.StudyDate = facts["date"]
    d.StudyTime = facts["time"]
    d.AccessionNumber = f"SAMPLE{case}"
    d.ReferringPhysicianName = ""
    d.StudyDescription = "MR Brain (sample, fictional person)"
    return d


def series_and_equipment(d, case, facts):
    d.Modality = "MR"
    d.SeriesInstanceUID = uid(case, "series")
    d.SeriesNumber = 3
    d.SeriesDate = d.AcquisitionDate = d.ContentDate = facts["date"]
    d.SeriesTime = d.AcquisitionTime = d.ContentTime = facts["time"]
    d.SeriesDescription = "T1 MPRAGE 3D hippocampus crop"
    d.ProtocolName = "T1 MPRAGE 3D"
    d.BodyPartExamined = "BRAIN"
    d.PatientPosition = "HFS"
    d.FrameOfReferenceUID = uid(case, "frame of reference")
    d.PositionReferenceIndicator = ""
    d.Manufacturer = "Converted from NIfTI"
    d.ManufacturerModelName = "make_samples.py"


def acquisition(d):
    """What the data descriptor tells of the scans: 3D MPRAGE, TI 860 ms, TR 8.0 ms, TE 3.7 ms (arXiv:1902.09063)."""
    d.ImageType = ["DERIVED", "PRIMARY", "OTHER"]
    d.DerivationDescription = "Cropped NIfTI volume of MSD Task04 turned into axial slices"
    d.ScanningSequence = ["GR", "IR"]
    d.SequenceVariant = "MP"
    d.ScanOptions = ""
    d.MRAcquisitionType = "3D"
    d.RepetitionTime = "8.0"
    d.EchoTime = "3.7"
    d.InversionTime = "860"
    d.EchoTrainLength = ""


def geometry(d, affine, k):
    """Position, orientation and spacing of slice k from a NIfTI affine (RAS), for DICOM (LPS)."""
    lps = np.diag([-1.0, -1.0, 1.0, 1.0]) @ affine
    spacing = np.linalg.norm(lps[:3, :3], axis=0)
    row, column = lps[:3, 0] / spacing[0], lps[:3, 1] / spacing[1]
    d.ImagePositionPatient = [f"{v:g}" for v in (lps @ [0, 0, k, 1])[:3]]
    d.ImageOrientationPatient = [f"{v + 0.0:g}" for v in (*row, *column)]
    d.PixelSpacing = [f"{spacing[1]:g}", f"{spacing[0]:g}"]
    d.SliceThickness = d.SpacingBetweenSlices = f"{spacing[2]:g}"


def pixels(d, plane, top):
    d.SamplesPerPixel = 1
    d.PhotometricInterpretation = "MONOCHROME2"
    d.Rows, d.Columns = plane.shape
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 12, 11, 0
    d.WindowCenter, d.WindowWidth = str(top // 2), str(top)
    d.LossyImageCompression = "00"
    d.PixelData = plane.astype("<u2").tobytes()


def write_slice(folder, case, facts, plane, affine, k, top):
    d = patient_and_study(case, facts)
    series_and_equipment(d, case, facts)
    acquisition(d)
    geometry(d, affine, k)
    pixels(d, plane, top)
    d.SOPClassUID = MRImageStorage
    d.SOPInstanceUID = uid(case, "instance", str(k))
    d.InstanceNumber = k + 1
    d.AcquisitionNumber = 1
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = d.SOPClassUID, d.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = uid("implementation")
    meta.ImplementationVersionName = "SEGNODE_SAMPLES"
    path = folder / f"{k + 1:04d}.dcm"
    FileDataset(str(path), d, file_meta=meta, preamble=b"\0" * 128).save_as(path, enforce_file_format=True)


def write_labels(path, labels, affine):
    image = nibabel.Nifti1Image(labels.transpose(2, 1, 0).astype(np.uint8), affine)
    image.header.set_xyzt_units("mm")
    image.set_qform(affine, code=1)
    image.set_sform(affine, code=1)
    path.write_bytes(gzip.compress(image.to_bytes(), mtime=0))


def make(case, facts, source, out):
    image, affine = in_lps(nibabel.load(source / "images" / f"hippocampus_{case}.nii.gz"))
    labels, same = in_lps(nibabel.load(source / "labels" / f"hippocampus_{case}.nii.gz"))
    if not np.array_equal(affine, same) or image.shape != labels.shape:
        raise SystemExit(f"case {case}: image and label map lie on different grids")
    stored = np.rint(image).astype(np.int64)
    if stored.min() < 0 or stored.max() > 4095:
        raise SystemExit(f"case {case}: values {stored.min()} to {stored.max()} do not fit 12 bit")
    folder = out / f"case-{case}" / "series"
    folder.mkdir(parents=True, exist_ok=True)
    for k, plane in enumerate(stored):
        write_slice(folder, case, facts, plane, affine, k, int(stored.max()))
    write_labels(folder.parent / "labels.nii.gz", labels, affine)
    print(f"case {case}: {len(stored)} slices, largest rounding {np.abs(image - stored).max():.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    for name, about in CASES.items():
        make(name, about, Path(sys.argv[1]), Path(sys.argv[2]))
