"""Round trip with the real nnU-Net: it reads what segnode writes, segnode reads what it writes, both get the same numbers.

plans        segnode measures and plans the test data with every planner; nnU-Net does the same; the files have the same bytes.
             nnU-Net resolves every configuration of segnode's plans and runs its network on torch's meta device.
checkpoints  segnode reads and rewrites checkpoints; torch.load gives the same from both; nnUNetPredictor predicts the same
             voxels with both; segnode's prediction is compared with nnU-Net's.
preparation  segnode and nnU-Net prepare data sets for training; nnU-Net's dataset class and loader read both and give equal
             batches; segnode reads nnU-Net's files.
ensembles    nnU-Net averages segnode's probabilities, segnode nnU-Net's, both a mixture; the results are compared.

Prints a table and exits with 1 on a deviation. Needs nnunetv2 2.8.1 with its torch, a built segnode, and Java for the
writers that have no command. From the root of the repository:

  python src/test/python/nnunet_round_trip.py --record src/test/resources/org/segnode/roundtrip/nnunet.json

--large also writes a checkpoint with a tensor of more than 4 GiB (5 GB on the disk) and lets torch read it.
"""

import argparse
import contextlib
import datetime
import importlib.metadata
import io
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile

import numpy as np

PLANNERS = [
    "ExperimentPlanner",
    "ResEncUNetPlanner",
    "nnUNetPlannerResEncM",
    "nnUNetPlannerResEncL",
    "nnUNetPlannerResEncXL",
    "nnUNetPlanner_torchres",
    "nnUNetPlannerResEncL_torchres",
    "nnUNetPlannerResEncL_torchres_sepz",
    "nnUNetPlannerResEncL_noResampling",
]
RESOURCES = "src/test/resources/"
DATASETS = ["Dataset701_Hippocampus", "Dataset702_Holes", "Dataset703_Odd"]
MODELS = {"2d": RESOURCES + "models/hippocampus-2d", "3d": "src/models/hippocampus-3d"}
CASES = ["hippocampus_225", "hippocampus_251"]
TRICKY = ["module_prefix", "orig_mod_prefix", "numpy2_names"]
# half-precision sums are taken in another order
PROBABILITY_TOLERANCE = 5e-3
MOST_DIFFERENT_VOXELS = 1e-4
# between NumPy's and SciPy's order of summation and ours
PREPARATION_TOLERANCE = 1e-4


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, figure, ok):
        self.rows.append({"what": what, "figure": figure, "equal": bool(ok)})
        print(f"{'ok ' if ok else 'BAD'} {what}: {figure}", flush=True)


class Segnode:
    """The program, its command line and, for what has no command, its classes."""

    def __init__(self, command, environment):
        self.command = shlex.split(command)
        self.environment = environment

    def run(self, *arguments):
        return self.output(self.command + list(arguments))

    def java(self, *arguments):
        home = os.environ.get("JAVA_HOME")
        java = os.path.join(home, "bin", "java") if home else "java"
        classes = os.pathsep.join(["target/segnode.jar", "target/lib/*"])
        source = "src/test/java/org/segnode/roundtrip/Exported.java"
        return self.output([java, "-cp", classes, source, *arguments])

    def output(self, line):
        done = subprocess.run(line, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(" ".join(line) + "\n" + done.stdout[-2000:] + done.stderr[-2000:])
        return done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--segnode", default="./segnode", help="command that runs segnode")
    parser.add_argument("--record", help="file for the result, if nothing deviates")
    parser.add_argument("--large", action="store_true", help="also a tensor of more than 4 GiB")
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(nnUNet_raw=path(folder, "raw"), nnUNet_results=path(folder, "results"))
        os.environ.update(nnUNet_preprocessed=path(folder, "theirs"), nnUNet_n_proc_DA="1")
        ours = dict(os.environ, nnUNet_preprocessed=path(folder, "ours"))
        segnode = Segnode(arguments.segnode, ours)
        plans(segnode, table, folder)
        checkpoints(segnode, table, path(folder, "checkpoints"))
        preparation(segnode, table, folder)
        ensembles(segnode, table, folder)
        if arguments.large:
            large(segnode, table, path(folder, "large.pth"))
        digests = formats(segnode, table, path(folder, "formats"))
    bad = [row for row in table.rows if not row["equal"]]
    print(f"{len(table.rows)} comparisons, {len(bad)} deviate")
    if arguments.record and not bad:
        record(arguments.record, segnode, table, digests)
    sys.exit(1 if bad else 0)


def path(*parts):
    """A path in a folder that is there."""
    joined = os.path.join(*parts)
    os.makedirs(joined if "." not in parts[-1] else os.path.dirname(joined), exist_ok=True)
    return joined


def record(file, segnode, table, digests):
    versions = {name: importlib.metadata.version(name) for name in ("nnunetv2", "torch", "numpy", "batchgenerators")}
    versions["python"] = platform.python_version()
    versions["segnode"] = segnode.run("--version").split()[-1]
    result = {
        "date": datetime.date.today().isoformat(),
        "versions": versions,
        "formats": digests,
        "comparisons": table.rows,
    }
    with open(file, "w", encoding="utf-8") as out:
        json.dump(result, out, indent=1)
        out.write("\n")


# --- plans


def plans(segnode, table, folder):
    from nnunetv2.experiment_planning.plan_and_preprocess_api import plan_experiments

    for dataset in DATASETS:
        source = RESOURCES + "org/segnode/plan/fingerprint/" + dataset
        shutil.copytree(source, path(folder, "raw", dataset), dirs_exist_ok=True)
        for name in ("dataset.json", "dataset_fingerprint.json"):
            shutil.copy(os.path.join(source, name), path(folder, "theirs", dataset))
        shutil.copy(os.path.join(source, "dataset.json"), path(folder, "ours", dataset))
    ids = [name[7:10] for name in DATASETS]
    segnode.run("extract-fingerprint", "-d", *ids)
    for planner in PLANNERS:
        segnode.run("plan-experiment", "-d", *ids, "-pl", planner)
        with contextlib.redirect_stdout(io.StringIO()):
            plan_experiments([int(each) for each in ids], planner)
    for dataset in DATASETS:
        ours, theirs = (path(folder, side, dataset) for side in ("ours", "theirs"))
        for name in sorted(name for name in os.listdir(theirs) if name.endswith(".json")):
            same = read(os.path.join(ours, name)) == read(os.path.join(theirs, name))
            figure = "same bytes" if same else "other bytes"
            if "Plans" in name:
                figure += ", network runs: " + resolved(os.path.join(ours, name))
            table.add(f"{dataset}/{name}", figure, same)


def resolved(file):
    """nnU-Net's own reader, and one pass through each network without numbers."""
    import torch
    from nnunetv2.utilities.get_network_from_plans import get_network_from_plans
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

    manager = PlansManager(file)
    for name in manager.available_configurations:
        configuration = manager.get_configuration(name)
        with torch.device("meta"):
            network = get_network_from_plans(
                configuration.network_arch_class_name,
                configuration.network_arch_init_kwargs,
                configuration.network_arch_init_kwargs_req_import,
                1,
                3,
                allow_init=False,
                deep_supervision=False,
            )
            output = network(torch.empty(1, 1, *configuration.patch_size))
        assert list(output.shape) == [1, 3, *configuration.patch_size], output.shape
    return ", ".join(manager.available_configurations)


# --- checkpoints


def checkpoints(segnode, table, folder):
    for name in TRICKY:
        source = RESOURCES + f"golden/checkpoint/tricky_{name}.pth"
        copy = os.path.join(folder, name + ".pth")
        segnode.java("checkpoint", source, copy)
        loaded(table, f"tricky_{name}.pth, rewritten", copy, source)
    for name, model in MODELS.items():
        rewritten = path(folder, name, "model")
        shutil.copytree(model, rewritten, dirs_exist_ok=True)
        file = os.path.join(rewritten, "fold_0", "checkpoint_final.pth")
        os.remove(file)
        source = os.path.join(model, "fold_0", "checkpoint_final.pth")
        segnode.java("checkpoint", source, file)
        loaded(table, f"{name} checkpoint, rewritten", file, source)
        inputs = path(folder, "inputs")
        for case in CASES:
            shutil.copy(RESOURCES + f"reference/inputs/{case}_0000.nii.gz", inputs)
        theirs = predicted(model, inputs, path(folder, name, "theirs"))
        again = predicted(rewritten, inputs, path(folder, name, "rewritten"))
        ours = path(folder, name, "ours")
        options = ["--save_probabilities", "--disable_progress_bar", "-f", "0"]
        segnode.run("predict-from-modelfolder", "-m", rewritten, "-i", inputs, "-o", ours, *options)
        for case in CASES:
            voxels(table, f"{name} {case}: nnUNetPredictor with the rewritten checkpoint", again, theirs, case, 0)
            voxels(table, f"{name} {case}: segnode and nnU-Net", ours, theirs, case, PROBABILITY_TOLERANCE)


def loaded(table, what, copy, source):
    import torch

    pair = [torch.load(file, map_location="cpu", weights_only=False) for file in (copy, source)]
    count, differences = equal_content("", *pair)
    shared = storages(pair[0]) == storages(pair[1])
    figure = f"torch.load gives {count} equal values and tensors, storages shared alike: {shared}"
    table.add(what, "; ".join(differences) or figure, shared and not differences)


def equal_content(place, ours, theirs):
    """How many values were compared, and where they differ."""
    import torch

    if isinstance(theirs, dict):
        if list(ours) != list(theirs):
            return 1, [place + ": other keys"]
        return summed(equal_content(f"{place}/{key}", ours[key], theirs[key]) for key in theirs)
    if isinstance(theirs, (list, tuple)):
        if len(ours) != len(theirs) or isinstance(ours, tuple) != isinstance(theirs, tuple):
            return 1, [place + ": another list"]
        return summed(equal_content(f"{place}/{i}", *each) for i, each in enumerate(zip(ours, theirs)))
    if isinstance(theirs, torch.Tensor):
        same = ours.dtype == theirs.dtype and ours.shape == theirs.shape and ours.stride() == theirs.stride()
        same = same and torch.equal(torch.nan_to_num(ours.double()), torch.nan_to_num(theirs.double()))
        return 1, [] if same else [place + ": another tensor"]
    if isinstance(theirs, np.ndarray):
        return 1, [] if np.array_equal(ours, theirs, equal_nan=theirs.dtype.kind == "f") else [place]
    same = ours == theirs or (ours != ours and theirs != theirs)
    return 1, [] if same else [f"{place}: {ours!r} for {theirs!r}"]


def summed(results):
    results = list(results)
    return sum(count for count, _ in results), [each for _, differences in results for each in differences]


def storages(content):
    """For each tensor the first tensor that shares its memory."""
    import torch

    seen = {}
    return [
        seen.setdefault(tensor.untyped_storage().data_ptr() or ("empty", i), i)
        for i, tensor in enumerate(value for value in content["network_weights"].values())
        if isinstance(tensor, torch.Tensor)
    ]


def predicted(model, inputs, output):
    import torch
    from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

    with contextlib.redirect_stdout(io.StringIO()):
        predictor = nnUNetPredictor(device=torch.device("cpu"), allow_tqdm=False)
        predictor.initialize_from_trained_model_folder(model, use_folds=(0,))
        predictor.predict_from_files_sequential(inputs, output, save_probabilities=True)
    return output


def voxels(table, what, ours, theirs, case, tolerance):
    """Label maps, and probabilities where both have them."""
    import SimpleITK as sitk

    maps = [sitk.GetArrayFromImage(sitk.ReadImage(os.path.join(side, case + ".nii.gz"))) for side in (ours, theirs)]
    different = int((maps[0] != maps[1]).sum())
    figure = f"{different} of {maps[0].size} voxels differ"
    ok = different <= (MOST_DIFFERENT_VOXELS * maps[0].size if tolerance else 0)
    files = [os.path.join(side, case + ".npz") for side in (ours, theirs)]
    if all(os.path.exists(file) for file in files):
        pair = [np.load(file)["probabilities"].astype(np.float32) for file in files]
        largest = float(np.abs(pair[0] - pair[1]).max())
        figure += f", probabilities by {largest:.2g} at most"
        ok = ok and largest <= tolerance
    table.add(what, figure, ok)


# --- preparation


def preparation(segnode, table, folder):
    for dataset, configurations in ((DATASETS[0], ("3d_fullres", "2d")), (DATASETS[2], ("3d_fullres", "2d"))):
        raw = path(folder, "raw", dataset)
        plans_file = os.path.join(folder, "ours", dataset, "nnUNetPlans.json")
        for configuration in configurations:
            ours = path(folder, "prepared", dataset, "ours_" + configuration)
            theirs = path(folder, "prepared", dataset, "theirs_" + configuration)
            segnode.java("prepare", raw, plans_file, configuration, ours)
            prepared(raw, plans_file, configuration, theirs)
            what = f"{dataset} {configuration}"
            same_cases(table, what, ours, theirs)
            same_batches(table, what, plans_file, configuration, raw, ours, theirs)
            summaries = [segnode.java("read", side) for side in (theirs, ours)]
            ok = summaries[0] == summaries[1]
            table.add(f"{what}: segnode reads nnU-Net's cases", f"{len(summaries[0].splitlines())} cases", ok)


def prepared(raw, plans_file, configuration, output):
    from nnunetv2.training.dataloading.nnunet_dataset import nnUNetDatasetNumpy
    from nnunetv2.utilities.utils import get_filenames_of_train_images_and_targets
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

    manager = PlansManager(plans_file)
    dataset_json = os.path.join(raw, "dataset.json")
    preprocessor = manager.get_configuration(configuration).preprocessor_class(verbose=False)
    with open(dataset_json, encoding="utf-8") as file:
        cases = get_filenames_of_train_images_and_targets(raw, json.load(file))
    for name, case in cases.items():
        data, labels, properties = preprocessor.run_case(
            case["images"], case["label"], manager, manager.get_configuration(configuration), dataset_json
        )
        nnUNetDatasetNumpy.save_case(data.astype(np.float32), labels, properties, os.path.join(output, name))


def same_cases(table, what, ours, theirs):
    from nnunetv2.training.dataloading.nnunet_dataset import nnUNetDatasetNumpy

    sets = [nnUNetDatasetNumpy(side) for side in (ours, theirs)]
    ok = sorted(sets[0].identifiers) == sorted(sets[1].identifiers)
    largest, labels, drawn = 0.0, 0, 0
    for name in sets[1].identifiers:
        (data, seg, _, properties), (data2, seg2, _, properties2) = (each.load_case(name) for each in sets)
        ok = ok and data.shape == data2.shape and data.dtype == data2.dtype
        largest = max(largest, float(np.abs(data - data2).max()))
        labels += int((seg != seg2).sum())
        for key, value in properties2.items():
            if key == "class_locations":
                ok = ok and list(properties[key]) == list(value)
                drawn += sum(not np.array_equal(properties[key][each], value[each]) for each in value)
            else:
                ok = ok and comparable(properties[key]) == comparable(value)
    figure = f"{len(sets[1].identifiers)} cases, images differ by {largest:.2g} at most, {labels} label voxels,"
    figure += f" {drawn} lists of class locations"
    table.add(f"{what}: prepared as by nnU-Net", figure, ok and largest <= PREPARATION_TOLERANCE and not labels + drawn)


def comparable(value):
    """Lists for tuples and arrays, numbers rounded to what the files' headers hold."""
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [comparable(each) for each in value]
    return round(float(value), 5)


def same_batches(table, what, plans_file, configuration, raw, ours, theirs):
    from nnunetv2.training.dataloading.data_loader import nnUNetDataLoader
    from nnunetv2.training.dataloading.nnunet_dataset import nnUNetDatasetNumpy
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

    manager = PlansManager(plans_file)
    with open(os.path.join(raw, "dataset.json"), encoding="utf-8") as file:
        labels = manager.get_label_manager(json.load(file))
    patch = manager.get_configuration(configuration).patch_size
    batches = []
    for side in (ours, theirs):
        dataset = nnUNetDatasetNumpy(side)
        dataset.identifiers = sorted(dataset.identifiers)
        np.random.seed(1)
        batches.append(next(nnUNetDataLoader(dataset, 4, patch, patch, labels, oversample_foreground_percent=0.5)))
    largest = float((batches[0]["data"] - batches[1]["data"]).abs().max())
    different = int((batches[0]["target"] != batches[1]["target"]).sum())
    figure = f"{list(batches[0]['data'].shape)}, differ by {largest:.2g} at most, {different} labels"
    ok = list(batches[0]["keys"]) == list(batches[1]["keys"]) and not different
    table.add(f"{what}: a batch of nnU-Net's loader", figure, ok and largest <= PREPARATION_TOLERANCE)


# --- ensembles


def ensembles(segnode, table, folder):
    from nnunetv2.ensembling.ensemble import ensemble_folders

    def side(model, who):
        return os.path.join(folder, "checkpoints", model, who)

    pairs = {
        "segnode's 2d and 3d": (side("2d", "ours"), side("3d", "ours")),
        "nnU-Net's 2d and 3d": (side("2d", "theirs"), side("3d", "theirs")),
        "segnode's 2d and nnU-Net's 3d": (side("2d", "ours"), side("3d", "theirs")),
    }
    for number, (what, members) in enumerate(pairs.items()):
        ours = path(folder, "ensembles", f"{number}_ours")
        theirs = path(folder, "ensembles", f"{number}_theirs")
        segnode.run("ensemble", "-i", *members, "-o", ours, "--save_npz")
        ensemble_folders(list(members), theirs, save_merged_probabilities=True, num_processes=1)
        for case in CASES:
            voxels(table, f"ensemble of {what}, {case}: segnode and nnU-Net", ours, theirs, case, 1e-6)


# --- formats


def formats(segnode, table, folder):
    """The small files whose digests are recorded: values without arithmetic, so that a digest tells about the format."""
    from nnunetv2.ensembling.ensemble import average_probabilities
    from nnunetv2.training.dataloading.nnunet_dataset import nnUNetDatasetNumpy
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

    digests = dict(line.split() for line in segnode.java("formats", folder).splitlines())
    source = RESOURCES + "golden/checkpoint/tricky_module_prefix.pth"
    loaded(table, "format of checkpoints", os.path.join(folder, "checkpoint.pth"), source)
    data, labels, _, properties = nnUNetDatasetNumpy(folder, ["prepared"]).load_case("prepared")
    ok = np.array_equal(data, np.tile(np.arange(24) * 0.25 - 2, (2, 1)).reshape(2, 2, 3, 4))
    ok = ok and labels.ravel().tolist() == [-1] * 4 + [i % 3 for i in range(4, 24)]
    places = properties["class_locations"]
    ok = ok and places[1].tolist() == [[0, 0, 1, 0], [0, 0, 1, 3], [0, 0, 2, 2]] and list(places) == [1, (1, 2), 3]
    table.add("format of prepared cases", f"{data.shape}, classes {list(places)}", ok)
    npz = os.path.join(folder, "probabilities.npz")
    mean = average_probabilities([npz, npz])
    ok = np.array_equal(mean[0].ravel(), np.arange(24) / 32) and np.array_equal(mean[1], 1 - mean[0])
    table.add("format of probabilities", f"{mean.shape}", ok)
    names = PlansManager(os.path.join(folder, "plans.json")).available_configurations
    table.add("format of plans", ", ".join(names), "3d_fullres" in names)
    return digests


# --- large


def large(segnode, table, file):
    import torch

    segnode.java("large", file)
    weights = torch.load(file, map_location="cpu", weights_only=True, mmap=True)["network_weights"]
    ends = {name: tensor[-2:].tolist() for name, tensor in weights.items()}
    sizes = ", ".join(f"{tensor.numel() * 4 / 2**30:.1f} GiB" for tensor in weights.values())
    table.add("tensors beyond 2 and 4 GiB", f"torch.load: {sizes}", all(end == [1.5, -2.5] for end in ends.values()))


def read(file):
    if not os.path.exists(file):
        return None
    with open(file, "rb") as opened:
        return opened.read()


if __name__ == "__main__":
    main()
