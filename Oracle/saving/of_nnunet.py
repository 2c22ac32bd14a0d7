"""nnU-Net: nnUNetv2_predict with a network of random weights, and a truth that is its prediction, changed in places."""
import json
import os
import shlex
import sys
from pathlib import Path

root = os.environ.setdefault("nnUNet_results", "results")
os.environ.setdefault("nnUNet_raw", "raw")
os.environ.setdefault("nnUNet_preprocessed", "preprocessed")
import numpy as np
import SimpleITK as sitk
import torch
from nnunetv2.inference.predict_from_raw_data import predict_entry_point
from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer
from nnunetv2.utilities.plans_handling.plans_handler import PlansManager
from recipe import Recipe, scene

resampled = {"is_seg": False, "order": 1, "order_z": 0, "force_separate_z": None}
PLANS = {
    "dataset_name": "Dataset001_Liver", "plans_name": "nnUNetPlans", "image_reader_writer": "SimpleITKIO",
    "transpose_forward": [1, 0, 2], "transpose_backward": [1, 0, 2], "label_manager": "LabelManager",
    "original_median_spacing_after_transp": [1, 1, 1], "original_median_shape_after_transp": [24, 16, 32],
    "foreground_intensity_properties_per_channel": {"0": {}},
    "configurations": {"3d_fullres": {
        "data_identifier": "x", "preprocessor_name": "DefaultPreprocessor", "batch_size": 2, "patch_size": [16, 16, 16],
        "spacing": [1.0, 2.0, 1.2], "median_image_size_in_voxels": [24, 16, 32], "batch_dice": False,
        "normalization_schemes": ["ZScoreNormalization"], "use_mask_for_norm": [False],
        **{f"resampling_fn_{n}": "resample_data_or_seg_to_shape" for n in ["data", "seg", "probabilities"]},
        **{f"resampling_fn_{n}_kwargs": {**resampled, "is_seg": n == "seg"} for n in ["data", "seg", "probabilities"]},
        "architecture": {
            "network_class_name": "dynamic_network_architectures.architectures.unet.PlainConvUNet",
            "arch_kwargs": {
                "n_stages": 2, "features_per_stage": [8, 16], "conv_op": "torch.nn.modules.conv.Conv3d",
                "kernel_sizes": [[3] * 3] * 2, "strides": [[1] * 3, [2] * 3], "n_conv_per_stage": [1, 1],
                "n_conv_per_stage_decoder": [1], "conv_bias": True, "norm_op": None, "norm_op_kwargs": None,
                "dropout_op": None, "dropout_op_kwargs": None, "nonlin": "torch.nn.LeakyReLU", "nonlin_kwargs": {}},
            "_kw_requires_import": ["conv_op", "norm_op", "dropout_op", "nonlin"]}}}}
DATASETS = [
    {"channel_names": {"0": "CT"}, "file_ending": ".nii.gz", "labels": {"background": 0, "liver": 1, "tumour": 2}},
    {"channel_names": {"0": "CT"}, "file_ending": ".nii.gz", "labels": {"background": 0, "whole": [1, 2], "core": 2},
     "regions_class_order": [1, 2]}]


def save_images():
    """Pictures with a border of zeros, which is cropped, and with axes that point elsewhere."""
    for i in range(2):
        image = np.zeros((20, 28, 36), np.float32)
        image[2:, 3:, :-4] = 1 + scene(i, (18, 25, 32))
        image = sitk.GetImageFromArray(image)
        image.SetSpacing((1.2, 0.9, 2.5))
        image.SetOrigin((-30, 12, 5))
        image.SetDirection((-1, 0, 0, 0, 1, 0, 0, 0, -1))
        sitk.WriteImage(image, f"imagesTs/case_{i}_0000.nii.gz")


def save_model(folder, dataset):
    """Random weights, of which the last ones give each output a mean of 0."""
    (folder / "plans.json").write_text(json.dumps(PLANS))
    (folder / "dataset.json").write_text(json.dumps(dataset))
    torch.manual_seed(1)
    manager = PlansManager(PLANS)
    heads = manager.get_label_manager(dataset).num_segmentation_heads
    network = nnUNetTrainer.build_network_architecture(manager, manager.get_configuration("3d_fullres"), 1, heads, False)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    with torch.no_grad():
        mean = network(torch.randn(1, 1, 32, 32, 32)).mean((0, 2, 3, 4))
        network.decoder.seg_layers[-1].bias -= mean
    torch.save({"trainer_name": "nnUNetTrainer", "init_args": {"configuration": "3d_fullres"},
                "network_weights": network.state_dict()}, folder / "fold_0/checkpoint_final.pth")


def predicted_and_truth():
    predicted, truth = [], []
    for i in range(2):
        image = sitk.ReadImage(f"preds/case_{i}.nii.gz")
        predicted.append(sitk.GetArrayFromImage(image))
        shape = predicted[-1].shape
        truth.append(np.where(scene(9, shape, 8) == 0, scene(i, shape), predicted[-1]))
        changed = sitk.GetImageFromArray(truth[-1])
        changed.CopyInformation(image)
        sitk.WriteImage(changed, f"labelsTs/case_{i}.nii.gz")
    return predicted, truth


# Its processes import this file.
if __name__ == "__main__":
    recipe = Recipe("nnU-Net v2")
    model = Path(root, "Dataset001_Liver/nnUNetTrainer__nnUNetPlans__3d_fullres")
    for folder in [model / "fold_0", "imagesTs", "labelsTs"]:
        os.makedirs(folder)
    save_images()
    for dataset in DATASETS:
        save_model(model, dataset)
        sys.argv = shlex.split(recipe.shell[0]) + "-device cpu --disable_tta -npp 1 -nps 1".split()
        predict_entry_point()
        predicted, truth = predicted_and_truth()
        if "regions_class_order" not in dataset:
            for stage in [0, 1]:
                recipe.check(stage, predicted, truth, {1: "liver", 2: "tumour"})
        else:
            planes = np.stack([np.load(f"preds/case_{i}.npz")["probabilities"] > 0.5 for i in range(2)], 1)
            for region, name, labels in [(0, "whole", [1, 2]), (1, "core", [2])]:
                recipe.check(2, planes[region].astype(int), np.isin(truth, labels).astype(int), {1: name})
    print("ok")
