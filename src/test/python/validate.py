#!/usr/bin/env python3
"""Do pydicom, dciodvfy and dcentvfy find anything wrong with this object of any class? Exit 0: no, 1: findings."""

import argparse

import dicomcheck as dc

SEGMENTATIONS = {"1.2.840.10008.5.1.4.1.1.66.7"}


def main(arguments=None):
    o = argparse.ArgumentParser(description=__doc__)
    o.add_argument("object")
    o.add_argument("source", help="folder of the source series")
    args = o.parse_args(arguments)
    d = dc.read_object(args.object)
    source = dc.read_series(args.source, None)
    report = dc.Report("validate", args.object)
    dc.check_common(report, d, source, (d.SOPClassUID,), d.Modality)
    if "PixelData" in d:
        report.figures["pixels"] = str(d.pixel_array.shape)
    dc.check_dciodvfy(report, args.object, source, unknown_class=d.SOPClassUID in SEGMENTATIONS)
    if d.SOPClassUID not in SEGMENTATIONS:
        dc.check_dcentvfy(report, [args.object], source)
    report.show(False)
    return report.code()


if __name__ == "__main__":
    dc.run_tool(main)
