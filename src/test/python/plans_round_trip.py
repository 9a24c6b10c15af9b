"""Round trip of fingerprints and plans with the real nnU-Net.

segnode extracts the fingerprints of the test data and plans them with every planner. The fingerprints are compared with
those that nnU-Net wrote, the plans with those that it writes now, byte for byte. Then nnU-Net reads segnode's plans: every configuration is resolved and its network is
built and run once on torch's meta device. Exit code 0 if all is equal.

Needs nnunetv2 2.8.1 (with its torch). Usage, from the root of the repository:
  python src/test/python/plans_round_trip.py --segnode ./segnode
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
RESOURCES = "src/test/resources/org/segnode/plan/fingerprint"
DATASETS = ["Dataset701_Hippocampus", "Dataset702_Holes", "Dataset703_Odd"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--segnode", default="./segnode", help="command that runs segnode")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        failures = run(shlex.split(arguments.segnode), folder)
    print("all equal" if not failures else "\n".join(failures))
    sys.exit(1 if failures else 0)


def run(segnode, folder):
    raw, ours, theirs = (os.path.join(folder, name) for name in ("raw", "ours", "theirs"))
    for dataset in DATASETS:
        shutil.copytree(os.path.join(RESOURCES, dataset), os.path.join(raw, dataset))
        os.makedirs(os.path.join(theirs, dataset))
        shutil.copy(os.path.join(RESOURCES, dataset, "dataset_fingerprint.json"), os.path.join(theirs, dataset))
    os.environ.update(nnUNet_raw=raw, nnUNet_results=os.path.join(folder, "results"), nnUNet_preprocessed=theirs)
    ids = [dataset[7:10] for dataset in DATASETS]
    environment = dict(os.environ, nnUNet_preprocessed=ours)
    command(segnode + ["extract-fingerprint", "-d", *ids, "-np", "2"], environment)
    from nnunetv2.experiment_planning.plan_and_preprocess_api import plan_experiments

    for planner in PLANNERS:
        command(segnode + ["plan-experiment", "-d", *ids, "-pl", planner], environment)
        with contextlib.redirect_stdout(io.StringIO()):
            plan_experiments([int(each) for each in ids], planner)
    failures = []
    for dataset in DATASETS:
        failures += compare(os.path.join(ours, dataset), os.path.join(theirs, dataset))
    return failures


def command(line, environment):
    done = subprocess.run(line, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(" ".join(line) + "\n" + done.stdout[-2000:] + done.stderr[-2000:])


def compare(ours, theirs):
    names = sorted(name for name in os.listdir(theirs) if name.endswith(".json"))
    failures = [ours + ": lacks " + name for name in names if not os.path.exists(os.path.join(ours, name))]
    for name in names:
        if os.path.exists(os.path.join(ours, name)):
            same = read(os.path.join(ours, name)) == read(os.path.join(theirs, name))
            loaded = load(os.path.join(ours, name)) if "Plans" in name else ""
            print(os.path.basename(ours), name, "same bytes" if same else "DIFFERENT", loaded)
            if not same:
                failures.append(os.path.basename(ours) + "/" + name + " differs")
    return failures


def load(path):
    """nnU-Net's own reader, and one pass through each network without numbers."""
    import torch
    from nnunetv2.utilities.get_network_from_plans import get_network_from_plans
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

    manager = PlansManager(path)
    passed = []
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
        passed.append(name)
    return "network runs: " + ", ".join(passed)


def read(path):
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    main()
