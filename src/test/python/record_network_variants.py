"""Records what nnU-Net's network classes compute for settings that its planners do not use.

Writes below src/test/resources/golden/network one folder per variant: plans.json, dataset.json, checkpoint_final.pth with
network_weights only, input.npy, and the outputs of every resolution. Weights, shifts and running statistics are drawn
from a fixed seed, so that nothing is 0 or 1 by default. The networks are in evaluation mode.

Needs nnunetv2 2.8.1 with dynamic_network_architectures 0.4.4. Usage, from the root of the repository:
  python src/test/python/record_network_variants.py
"""

import copy
import json
import os

import numpy
import torch
from nnunetv2.utilities.get_network_from_plans import get_network_from_plans

GOLDEN = "src/test/resources/golden/network"
FAMILIES = "dynamic_network_architectures.architectures.unet."
BLOCKS = "dynamic_network_architectures.building_blocks.residual."
HEADS = 3
CHANNELS = 2


def plain(**more):
    return "PlainConvUNet", dict({"n_conv_per_stage": [1, 2, 1]}, **more)


def residual(**more):
    return "ResidualEncoderUNet", dict({"n_blocks_per_stage": [1, 2, 1]}, **more)


def batch(axes):
    return {"norm_op": "torch.nn.modules.batchnorm.BatchNorm%dd" % axes, "norm_op_kwargs": {"eps": 1e-3, "affine": True}}


def dropout(axes):
    return {"dropout_op": "torch.nn.modules.dropout.Dropout%dd" % axes, "dropout_op_kwargs": {"p": 0.3}}


BOTTLENECK = {"block": BLOCKS + "BottleneckD", "bottleneck_channels": [3, 4, 6]}
RELU = {"nonlin": "torch.nn.ReLU", "nonlin_kwargs": {"inplace": True}}
NO_NORM = {"norm_op": None, "norm_op_kwargs": None}
VARIANTS = {
    "variant2d_plain_batch_norm": (2, plain(**batch(2))),
    "variant3d_plain_batch_norm_dropout": (3, plain(**batch(3), **dropout(3))),
    "variant2d_res_batch_norm_dropout": (2, residual(**batch(2), **dropout(2))),
    "variant3d_res_batch_norm": (3, residual(**batch(3))),
    "variant2d_bottleneck": (2, residual(**BOTTLENECK)),
    "variant3d_bottleneck_stem_batch_norm": (3, residual(stem_channels=5, **BOTTLENECK, **batch(3))),
    "variant2d_nonlin_first": (2, plain(nonlin_first=True)),
    "variant3d_nonlin_first_dropout": (3, plain(nonlin_first=True, **dropout(3))),
    "variant2d_stem_channels": (2, residual(stem_channels=7)),
    "variant3d_stem_channels_no_bias": (3, residual(stem_channels=3, conv_bias=False)),
    "variant2d_no_norm_relu": (2, plain(**NO_NORM, **RELU)),
    "variant3d_no_norm_nonlin_first": (3, plain(nonlin_first=True, **NO_NORM)),
}


def arguments(axes, more):
    strides = [[1, 1], [2, 2], [2, 1]] if axes == 2 else [[1, 1, 1], [1, 2, 2], [2, 2, 2]]
    kernels = [[3, 3], [3, 3], [3, 3]] if axes == 2 else [[1, 3, 3], [3, 3, 3], [3, 3, 3]]
    usual = {
        "n_stages": 3,
        "features_per_stage": [4, 6, 10],
        "conv_op": "torch.nn.modules.conv.Conv%dd" % axes,
        "kernel_sizes": kernels,
        "strides": strides,
        "n_conv_per_stage_decoder": [1, 2],
        "conv_bias": True,
        "norm_op": "torch.nn.modules.instancenorm.InstanceNorm%dd" % axes,
        "norm_op_kwargs": {"eps": 1e-5, "affine": True},
        "dropout_op": None,
        "dropout_op_kwargs": None,
        "nonlin": "torch.nn.LeakyReLU",
        "nonlin_kwargs": {"inplace": True},
    }
    return dict(usual, **more)


def randomise(network):
    for name, value in network.state_dict().items():
        if name.endswith("running_var"):
            value.copy_(0.5 + torch.rand_like(value))
        elif name.endswith("running_mean"):
            value.copy_(0.3 * torch.randn_like(value))
        elif ".norm." in name and name.endswith("weight"):
            value.copy_(0.7 + 0.6 * torch.rand_like(value))
        elif name.endswith("bias"):
            value.copy_(0.2 * torch.randn_like(value))


def record(name, axes, family, more, template):
    class_name = FAMILIES + family
    kwargs = arguments(axes, more)
    imports = ["conv_op", "norm_op", "dropout_op", "nonlin"] + (["block"] if "block" in kwargs else [])
    torch.manual_seed(20260704)
    network = get_network_from_plans(class_name, kwargs, imports, CHANNELS, HEADS, deep_supervision=True).eval()
    randomise(network)
    patch = [12, 10] if axes == 2 else [6, 12, 8]
    given = torch.randn(2, CHANNELS, *patch)
    with torch.no_grad():
        outputs = network(given)
    folder = os.path.join(GOLDEN, name)
    os.makedirs(folder, exist_ok=True)
    torch.save({"network_weights": network.state_dict()}, os.path.join(folder, "checkpoint_final.pth"))
    numpy.save(os.path.join(folder, "input.npy"), given.numpy())
    for i, output in enumerate(outputs):
        numpy.save(os.path.join(folder, "output_%d.npy" % i), output.numpy())
    plans = copy.deepcopy(template)
    configuration = plans["configurations"].pop("2d")
    configuration.update(patch_size=patch, spacing=[1.0] * axes, median_image_size_in_voxels=[float(p) for p in patch])
    configuration.update(normalization_schemes=["ZScoreNormalization"] * CHANNELS, use_mask_for_norm=[False] * CHANNELS)
    configuration["architecture"] = {
        "network_class_name": class_name, "arch_kwargs": kwargs, "_kw_requires_import": imports}
    plans["configurations"]["2d" if axes == 2 else "3d_fullres"] = configuration
    plans["dataset_name"] = "Dataset400_" + name
    dataset = {
        "channel_names": {"0": "a", "1": "b"}, "labels": {"background": 0, "x": 1, "y": 2},
        "numTraining": 1, "file_ending": ".nii.gz"}
    for file, content in (("plans.json", plans), ("dataset.json", dataset)):
        with open(os.path.join(folder, file), "w") as out:
            json.dump(content, out, indent=1)
    print(name, float(outputs[0].abs().max()))


def main():
    torch.set_num_threads(1)
    with open(os.path.join(GOLDEN, "plain2d", "plans.json")) as file:
        template = json.load(file)
    for name, (axes, (family, more)) in VARIANTS.items():
        record(name, axes, family, more, template)


if __name__ == "__main__":
    main()
