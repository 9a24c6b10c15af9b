"""nnU-Net's export, for "segnode bench export": argument CLASSES; a line, answered with seconds and MB beyond the logits."""

import sys
import threading
import time

import numpy as np
import torch
from nnunetv2.inference.export_prediction import convert_predicted_logits_to_segmentation_with_correct_shape
from nnunetv2.utilities.label_handling.label_handling import LabelManager
from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

OLD, NEW = (128, 256, 256), (192, 320, 320)
resampling = {"is_seg": False, "order": 1, "order_z": 0, "force_separate_z": None}
plans = PlansManager(
    {
        "plans_name": "plans",
        "transpose_forward": [0, 1, 2],
        "transpose_backward": [0, 1, 2],
        "configurations": {
            "3d_fullres": {
                "spacing": [1.0, 1.0, 1.0],
                "patch_size": [64, 128, 128],
                "architecture": {},
                "resampling_fn_probabilities": "resample_data_or_seg_to_shape",
                "resampling_fn_probabilities_kwargs": resampling,
            }
        },
    }
)
classes = int(sys.argv[1])
labels = LabelManager({"background": 0, **{f"label {i}": i for i in range(1, classes)}}, None)
properties = {
    "spacing": [1.0, 1.0, 1.0],
    "shape_before_cropping": NEW,
    "shape_after_cropping_and_before_resampling": NEW,
    "bbox_used_for_cropping": [[0, length] for length in NEW],
}
logits = torch.from_numpy((np.random.default_rng(1).random((classes, *OLD), dtype=np.float32) * 20 - 10).astype(np.float16))
peak = 0


def watch():
    global peak
    while True:
        with open("/proc/self/smaps_rollup") as file:
            peak = max(peak, next(int(line.split()[1]) for line in file if line.startswith("Pss:")))
        time.sleep(0.05)


def once():
    global peak
    peak = 0
    start = time.perf_counter()
    convert_predicted_logits_to_segmentation_with_correct_shape(
        logits, plans, plans.get_configuration("3d_fullres"), labels, properties, num_threads_torch=2
    )
    return time.perf_counter() - start, peak * 1024 / 1e6 - logits.numel() * 2e-6


threading.Thread(target=watch, daemon=True).start()
print("ready", flush=True)
for line in sys.stdin:
    print(*once(), flush=True)
