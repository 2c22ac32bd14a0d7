"""MONAI: SaveImage of labels and of probabilities, also of turned volumes."""
import os
import shutil

import monai.transforms as transforms
import nibabel
import numpy as np
import torch
from monai.data import DataLoader, Dataset
from monai.transforms import SaveImage
from recipe import Recipe, blurred, scene

recipe = Recipe("MONAI")
classes = {1: "liver", 2: "tumour"}
os.mkdir("labels")
os.mkdir("images")
truth, planes = [], []
for i in range(4):
    truth.append(scene(i, (20, 24, 16)))
    planes.append(blurred(truth[i], i))
    affine = np.diag([-1.5, -1.5, 3, 1])
    nibabel.save(nibabel.Nifti1Image(truth[i], affine), f"labels/case_{i}.nii.gz")
    nibabel.save(nibabel.Nifti1Image(np.moveaxis(planes[i], 0, -1), affine), f"images/case_{i}.nii.gz")
for turn in [[], [transforms.Orientation(axcodes="PLS", labels=None)]]:
    load = transforms.Compose([transforms.LoadImage(), transforms.EnsureChannelFirst(channel_dim=-1), *turn])
    loader = DataLoader(Dataset([f"images/case_{i}.nii.gz" for i in range(4)], lambda p: {"image": load(p)}), batch_size=2)
    model = torch.nn.Identity()
    for stage, code in enumerate(recipe.code):
        shutil.rmtree("preds", ignore_errors=True)
        exec(code)
        recipe.check(stage, [p.argmax(0) for p in planes], truth, classes)
print("ok")
