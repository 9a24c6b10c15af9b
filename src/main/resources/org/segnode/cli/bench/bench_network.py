"""An eager PyTorch network, for "segnode bench network": arguments PLANS THREADS; a line BATCH, answered with seconds per tile."""

import json
import sys
import time

import torch
from nnunetv2.utilities.get_network_from_plans import get_network_from_plans

plans, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
with open(plans) as file:
    configuration = json.load(file)["configurations"]["3d_fullres"]
architecture = configuration["architecture"]
network = get_network_from_plans(
    architecture["network_class_name"],
    architecture["arch_kwargs"],
    architecture["_kw_requires_import"],
    1,
    3,
    allow_init=True,
    deep_supervision=False,
).eval()


def seconds(batch):
    tiles = torch.randn(batch, 1, *configuration["patch_size"])
    with torch.inference_mode():
        start = time.perf_counter()
        network(tiles)
        return (time.perf_counter() - start) / batch


print("ready", flush=True)
for line in sys.stdin:
    print(seconds(int(line)), flush=True)
