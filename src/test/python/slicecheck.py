#!/usr/bin/env python3
"""Does a SEG (BINARY or LABELMAP) show these labels on the slices of its source series, wherever the slices lie?

For series that no NIfTI can describe: the expected labels are little-endian 16 bit numbers ordered slice, row, column, slices
ascending along their normal. Every frame must lie exactly on the slice that it references. Shares no code with the program.
"""

import argparse
import pathlib
import sys

import numpy as np
import pydicom


def source_slices(folder):
    """(SOP Instance UID, frame number or 0, position), ascending along the normal."""
    found, normal, seen = [], None, set()
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if not path.is_file():
            continue
        try:
            d = pydicom.dcmread(path, stop_before_pixels=True)
        except pydicom.errors.InvalidDicomError:
            continue
        if d.SOPInstanceUID in seen:
            continue
        seen.add(d.SOPInstanceUID)
        for n in range(int(d.get("NumberOfFrames") or 1)):
            frames = d.get("PerFrameFunctionalGroupsSequence")
            orientation, position = d.get("ImageOrientationPatient"), d.get("ImagePositionPatient")
            number = n + 1 if frames else 0
            if frames:
                shared = (d.get("SharedFunctionalGroupsSequence") or [pydicom.Dataset()])[0]
                plane = frames[n].get("PlaneOrientationSequence") or shared.get("PlaneOrientationSequence")
                place = frames[n].get("PlanePositionSequence") or shared.get("PlanePositionSequence")
                orientation, position = plane[0].ImageOrientationPatient, place[0].ImagePositionPatient
            if normal is None:
                normal = np.cross(np.array(orientation[:3], float), np.array(orientation[3:], float))
            found.append((d.SOPInstanceUID, number, np.array(position, float)))
    return sorted(found, key=lambda s: normal @ s[2])


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("seg")
    arguments.add_argument("--source", required=True)
    arguments.add_argument("--expect", required=True)
    arguments.add_argument("--labels", required=True, help="label of segment 1, of segment 2 and so on: 1,2,3")
    args = arguments.parse_args()
    label_of = [0, *map(int, args.labels.split(","))]
    slices = source_slices(args.source)
    seg = pydicom.dcmread(args.seg)
    wanted = np.fromfile(args.expect, "<i2").reshape(len(slices), seg.Rows, seg.Columns)
    shown = np.zeros_like(wanted)
    pixels = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
    problems = []
    for n, groups in enumerate(seg.PerFrameFunctionalGroupsSequence):
        image = groups.DerivationImageSequence[0].SourceImageSequence[0]
        key = (image.ReferencedSOPInstanceUID, int(image.get("ReferencedFrameNumber") or 0))
        at = [k for k, s in enumerate(slices) if s[:2] == key]
        position = np.array(groups.PlanePositionSequence[0].ImagePositionPatient, float)
        if len(at) != 1 or np.linalg.norm(slices[at[0]][2] - position) > 1e-3:
            problems.append(f"FAIL: frame {n + 1} does not lie on the slice it references, {key}")
            continue
        if seg.SegmentationType == "LABELMAP":
            shown[at[0]] = np.array(label_of)[pixels[n]] if pixels[n].max() < len(label_of) else -1
        else:
            segment = groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber
            shown[at[0]][pixels[n] != 0] = label_of[segment]
    different = int(np.count_nonzero(shown != wanted))
    if different:
        problems.append(f"FAIL: {different} voxels differ")
    print("\n".join(problems) if problems else f"PASS: {np.count_nonzero(wanted)} voxels on {len(slices)} slices")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
