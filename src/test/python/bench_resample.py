"""Resampling beside scikit-image, in the same run and on the same machine.

    mvn -q package -DskipTests
    python src/test/python/bench_resample.py

Needs a Python with numpy, scipy, scikit-image and batchgenerators. Prints one line per case: seconds here, seconds there, ratio.
Both are timed as the shortest of three runs (labels there: one run).
"""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from batchgenerators.augmentations.utils import resize_segmentation
from scipy.ndimage import map_coordinates
from skimage.transform import resize

ROOT = Path(__file__).resolve().parents[3]


def shortest(work, runs=3):
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def cubes(values, shape, order):
    return lambda: resize(values, shape, order, mode="edge", anti_aliasing=False)


def slices(values, shape, order):
    """As nnU-Net does: each slice in its plane, then the nearest slice by map_coordinates."""

    def work():
        planes = np.stack([resize(plane, shape[1:], order, mode="edge", anti_aliasing=False) for plane in values])
        places = np.array(np.mgrid[: shape[0], : shape[1], : shape[2]], dtype=float)
        places[0] = len(values) / shape[0] * (places[0] + 0.5) - 0.5
        map_coordinates(planes, places, order=0, mode="nearest")

    return work


def peer(name, old, new):
    values = np.random.default_rng(1).random(old)
    if name == "labels":
        labels = (np.arange(np.prod(old)) // old[2] % old[1] // 30 % 4).reshape(old).astype(float)
        return shortest(lambda: resize_segmentation(labels, new, 1), runs=1)
    order = 1 if "linear" in name else 3
    return shortest((slices if name.endswith("_slices") else cubes)(values, new, order))


def main():
    classes = [str(ROOT / "target" / "classes"), str(ROOT / "target" / "lib" / "*")]
    command = ["java", "-cp", ":".join(classes), "org.segnode.preprocess.ResamplingBench"]
    figures = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"{'case':24} {'from':>14} {'to':>14} {'here s':>8} {'there s':>8} {'ratio':>6}")
    for line in figures.splitlines():
        name, old, new, here = line.split()
        there = peer(name, tuple(map(int, old.split("x"))), tuple(map(int, new.split("x"))))
        print(f"{name:24} {old:>14} {new:>14} {float(here):8.3f} {there:8.3f} {there / float(here):6.1f}")


if __name__ == "__main__":
    sys.exit(main())
