"""nnU-Net's resampling, for "segnode bench resampling": a line KIND ORDER CHANNELS FROM TO SEPARATE, answered with seconds."""

import sys
import time
from functools import lru_cache

import numpy as np
from nnunetv2.preprocessing.resampling.default_resampling import resample_data_or_seg_to_shape


def sizes(text):
    return tuple(int(length) for length in text.split("x"))


@lru_cache(maxsize=1)
def array(kind, channels, shape):
    if kind == "LABELS":
        return (np.arange(np.prod(shape)) // shape[2] % shape[1] // 30 % 4).reshape(1, *shape).astype(np.int16)
    values = np.random.default_rng(1).random((channels, *shape), dtype=np.float32)
    return values if kind == "IMAGE" else (values * 20 - 10).astype(np.float16)


def seconds(kind, order, channels, old, new, separate):
    spacing = [5, 1, 1] if separate == "true" else [1, 1, 1]
    data = array(kind, int(channels), sizes(old))
    start = time.perf_counter()
    resample_data_or_seg_to_shape(data, sizes(new), spacing, spacing, is_seg=kind == "LABELS", order=int(order), order_z=0)
    return time.perf_counter() - start


print("ready", flush=True)
for line in sys.stdin:
    print(seconds(*line.split()), flush=True)
