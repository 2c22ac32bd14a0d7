"""MMSegmentation: tools/test.py and inference_model with a network of random weights, and a truth that is its prediction, changed
in places. mmcv-lite has no compiled operators, and a module without any stands in for them while mmseg is imported."""
import os
import runpy
import shlex
import sys
import types
from pathlib import Path

# What needs an operator is not run.
sys.modules["mmcv._ext"] = types.ModuleType("mmcv._ext")
sys.modules["mmcv._ext"].__file__ = __file__
sys.modules["mmcv._ext"].__getattr__ = lambda name: None
import mmseg
import numpy as np
import torch
from mmengine.config import Config
from mmseg.apis import inference_model, init_model
from PIL import Image
from recipe import Recipe, scene

del sys.modules["mmcv._ext"]

SHAPE = (64, 96)
PIPELINE = [dict(type="LoadImageFromFile"), dict(type="LoadAnnotations"), dict(type="PackSegInputs")]


def settings(classes, **more):
    """A configuration with the annotations of the directory."""
    pipeline = [dict(step, **more) if step["type"] == "LoadAnnotations" else step for step in PIPELINE]
    return dict(
        default_scope="mmseg",
        model=dict(
            type="EncoderDecoder", data_preprocessor=dict(type="SegDataPreProcessor", mean=[127] * 3, std=[60] * 3, size=SHAPE),
            backbone=dict(type="ResNet", depth=18, norm_cfg=dict(type="BN")),
            decode_head=dict(type="FCNHead", in_channels=512, channels=16, num_convs=1, num_classes=3, norm_cfg=dict(type="BN")),
            test_cfg=dict(mode="whole")),
        test_dataloader=dict(
            batch_size=2, num_workers=0, sampler=dict(type="DefaultSampler", shuffle=False),
            dataset=dict(
                type="BaseSegDataset", data_prefix=dict(img_path="images", seg_map_path="annotations"), img_suffix=".png",
                seg_map_suffix=".png", metainfo=dict(classes=classes), pipeline=pipeline, **more)),
        test_pipeline=PIPELINE, test_cfg=dict(type="TestLoop"), test_evaluator=dict(type="IoUMetric"), work_dir="work")


def changed(predicted, offset):
    """Writes the truth: some places of another class, and some of none."""
    truth = []
    for i, labels in enumerate(predicted):
        other = np.where(scene(9, SHAPE, 8) == 0, scene(i, SHAPE) + offset, labels)
        other = np.where(scene(5, SHAPE, 8) == 0, 0, other) if offset else other
        truth.append(np.where(scene(7, SHAPE, 8) == 0, 255, other).astype(np.uint8))
        Image.fromarray(truth[-1]).save(f"annotations/{i}.png")
    return truth


recipe = Recipe("MMSegmentation")
for folder in ["images", "annotations", "preds"]:
    os.mkdir(folder)
random = np.random.default_rng(1)
for i in range(4):
    small = Image.fromarray(random.integers(0, 255, (3, 4, 3), dtype=np.uint8))
    small.resize(SHAPE[::-1], Image.Resampling.BICUBIC).save(f"images/{i}.png")
tool = Path(mmseg.__file__).parent / ".mim/tools/test.py"
torch.manual_seed(1)
street, place = ["road", "car", "sky"], ["wall", "building", "sky"]
for stage, names, offset, more in [(0, street, 0, {}), (1, place, 1, {"reduce_zero_label": True}), (2, street, 0, {})]:
    Config(settings(names, **more)).dump("config.py")
    if stage == 0:
        model = init_model("config.py", device="cpu")
        logits = inference_model(model, "images/0.png").seg_logits.data
        model.decode_head.conv_seg.bias.data -= logits.mean((1, 2))
        torch.save({"state_dict": model.state_dict(), "meta": {"dataset_meta": {"classes": street, "palette": None}}}, "best.pth")
    changed([np.ones(SHAPE, np.uint8)] * 4, offset)
    if stage < 2:
        sys.argv = shlex.split(recipe.shell[0].replace("CONFIG", "config.py").replace("CHECKPOINT", "best.pth"))[1:]
        runpy.run_path(tool, run_name="__main__")
        predicted = [np.array(Image.open(f"preds/{i}.png")) for i in range(4)]
    else:
        config, checkpoint = "config.py", "best.pth"
        exec(recipe.code[0])
        predicted = [np.load(f"preds/{i}.npy").argmax(0) for i in range(4)]
    truth = changed(predicted, offset)
    recipe.check(stage, predicted, truth, {c + offset: name for c, name in enumerate(names)}, ignore=[255, 0] if offset else [255])
    if stage == 2:
        truth = changed([p + 1 for p in predicted], 1)
        recipe.stages.append(recipe.stages[2] + "  reduce_zero_label: true\n")
        recipe.check(3, [p + 1 for p in predicted], truth, {1: "road", 2: "car", 3: "sky"}, ignore=[255, 0])
print("ok")
