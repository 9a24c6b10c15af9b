"""Does nnU-Net train from the folder that segnode prepared, and is it what nnU-Net would have prepared?

segnode measures, plans and prepares the test data in one call. nnU-Net prepares the same data with segnode's plans. Arrays,
labels, class locations and properties are compared case by case. Then nnU-Net's own trainer opens segnode's folder, unpacks
it, draws a batch and takes one training step for 2d and for 3d_fullres. Exit code 0 if all is as it should be.

Needs nnunetv2 2.8.1 (with its torch). Usage, from the root of the repository:
  python src/test/python/preprocess_round_trip.py --segnode ./segnode [--data FOLDER-WITH-DATASETS]
"""

import argparse
import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

RESOURCES = "src/test/resources/org/segnode/plan/fingerprint"
CONFIGURATIONS = ["2d", "3d_fullres"]
SPACING = ["1.3", "0.8", "0.9"]  # of no case: all are resampled
TOLERANCE = 1e-4  # of normalised intensities: single precision, sums taken in another order


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--segnode", default="./segnode", help="command that runs segnode")
    parser.add_argument("--data", default=RESOURCES, help="folder with data sets as below nnUNet_raw")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        failures = run(shlex.split(arguments.segnode), arguments.data, folder)
    print("all as it should be" if not failures else "\n".join(failures))
    sys.exit(1 if failures else 0)


def run(segnode, data, folder):
    raw, ours, theirs = (os.path.join(folder, name) for name in ("raw", "ours", "theirs"))
    datasets = sorted(name for name in os.listdir(data) if name.startswith("Dataset"))
    for dataset in datasets:
        shutil.copytree(os.path.join(data, dataset), os.path.join(raw, dataset))
    os.environ.update(nnUNet_raw=raw, nnUNet_results=os.path.join(folder, "results"), nnUNet_preprocessed=ours)
    os.environ.update(nnUNet_n_proc_DA="0", nnUNet_compile="false")
    line = segnode + ["plan-and-preprocess", "-d", *(name[7:10] for name in datasets), "-np", "2", "-npfp", "2"]
    line += ["-overwrite_target_spacing", *SPACING, "-c", *CONFIGURATIONS]
    done = subprocess.run(line, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(" ".join(line) + "\n" + done.stdout[-2000:] + done.stderr[-2000:])
    failures = []
    for dataset in datasets:
        prepare(dataset, ours, theirs)
        failures += compare(os.path.join(ours, dataset), os.path.join(theirs, dataset))
        for configuration in CONFIGURATIONS:
            failures += train(dataset, os.path.join(ours, dataset), configuration)
    return failures


def prepare(dataset, ours, theirs):
    """With nnU-Net itself, and segnode's plans, as compressed NumPy files."""
    from nnunetv2.preprocessing.preprocessors.default_preprocessor import DefaultPreprocessor
    from nnunetv2.training.dataloading.nnunet_dataset import nnUNetDatasetNumpy
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager
    from nnunetv2.utilities.utils import get_filenames_of_train_images_and_targets
    from batchgenerators.utilities.file_and_folder_operations import load_json

    manager = PlansManager(os.path.join(ours, dataset, "nnUNetPlans.json"))
    description = load_json(os.path.join(ours, dataset, "dataset.json"))
    files = get_filenames_of_train_images_and_targets(os.path.join(os.environ["nnUNet_raw"], dataset), description)
    for name in CONFIGURATIONS:
        configuration = manager.get_configuration(name)
        folder = os.path.join(theirs, dataset, configuration.data_identifier)
        os.makedirs(folder)
        for case, given in files.items():
            prepared = DefaultPreprocessor(verbose=False).run_case(
                given["images"], given["label"], manager, configuration, description)
            nnUNetDatasetNumpy.save_case(*prepared, os.path.join(folder, case))


def compare(ours, theirs):
    from nnunetv2.training.dataloading.nnunet_dataset import infer_dataset_class
    import numpy

    failures = []
    for identifier in sorted(os.listdir(theirs)):
        folder = os.path.join(ours, identifier)
        kind = infer_dataset_class(folder)
        mine, expected = kind(folder), kind(os.path.join(theirs, identifier))
        if mine.identifiers != expected.identifiers:
            failures.append(folder + ": other cases")
        largest = 0
        for case in expected.identifiers:
            data, seg, _, properties = mine.load_case(case)
            data_there, seg_there, _, properties_there = expected.load_case(case)
            if data.shape != data_there.shape or data.dtype != numpy.float32:
                failures.append("%s/%s: shape %s %s" % (folder, case, data.shape, data.dtype))
                continue
            largest = max(largest, float(numpy.abs(data - data_there).max()))
            if seg.dtype != numpy.int16 or not numpy.array_equal(seg, seg_there):
                failures.append("%s/%s: labels differ" % (folder, case))
            failures += ["%s/%s: %s" % (folder, case, each) for each in differences(properties, properties_there)]
        if largest > TOLERANCE:
            failures.append("%s: intensities differ by %g" % (folder, largest))
        print(os.path.basename(ours), identifier, kind.__name__, len(expected.identifiers), "cases, intensities within %.1e" % largest)
    return failures


def differences(given, expected):
    import numpy

    for key, value in expected.items():
        if key == "class_locations":
            for label, places in value.items():
                if not numpy.array_equal(numpy.array(given[key][label]), numpy.array(places)):
                    yield "class_locations of " + str(label)
        elif key == "sitk_stuff":
            for name, numbers in value.items():
                if not numpy.allclose(given[key][name], numbers):
                    yield key + "/" + name
        elif not numpy.allclose(numpy.array(given[key], dtype=float), numpy.array(value, dtype=float)):
            yield key


def train(dataset, folder, configuration):
    import torch
    from batchgenerators.utilities.file_and_folder_operations import load_json
    from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer

    torch.manual_seed(1)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        plans = load_json(os.path.join(folder, "nnUNetPlans.json"))
        plans["configurations"][configuration]["batch_size"] = 2
        plans["continue_training"] = False
        description = load_json(os.path.join(folder, "dataset.json"))
        trainer = nnUNetTrainer(plans, configuration, "all", description, device=torch.device("cpu"))
        trainer.enable_deep_supervision = False  # of two stages nnU-Net weights the only output with 0 / 0
        trainer.on_train_start()
        trainer.on_train_epoch_start()
        batch = next(trainer.dataloader_train)
        step = trainer.train_step(batch)
        kind = type(trainer.dataloader_train).__name__
    loss = float(step["loss"])
    print(dataset, configuration, "batch", list(batch["data"].shape), "from", kind, "loss %.4f" % loss)
    return [] if loss == loss else [dataset + " " + configuration + ": loss is not a number"]


if __name__ == "__main__":
    main()
