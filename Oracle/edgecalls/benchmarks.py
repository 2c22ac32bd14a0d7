"""The evaluators of data sets and tool boxes, of one class a pixel. Those of which no package has the
file are read from the folder EDGE_SOURCES: mean_iou.py (huggingface/evaluate, metrics/mean_iou),
sem_seg_evaluation.py (facebookresearch/detectron2, detectron2/evaluation), accuracy_metric.py
(zifuwanggg/JDTLosses, metrics). Files are stood for by arrays."""

import contextlib
import importlib.metadata
import os
import sys
import tempfile
import types
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from edgecalls import bare

SOURCES = Path(os.environ.get("EDGE_SOURCES", "."))
VERSIONS = [f"torch {torch.__version__.split('+')[0]}"]
LOADED: dict = {}


def load(name: str):
    """Registers what a function loads, or says why it is left out."""
    def decorator(f):
        try:
            LOADED[name] = f()
        except Exception as error:
            print(f"{name}: left out: {type(error).__name__}: {error}", file=sys.stderr)
        return f
    return decorator


@load("huggingface")
def _():
    bare.stub("datasets", Features=dict, Image=object)
    metric = types.SimpleNamespace(file_utils=types.SimpleNamespace(
        add_start_docstrings=lambda *_: lambda each: each))
    bare.stub("evaluate", Metric=object, MetricInfo=dict, utils=metric)
    return bare.file(SOURCES / "mean_iou.py", "mean_iou").mean_iou


@load("detectron2")
def _():
    records: dict = {}
    catalog = types.SimpleNamespace(get=lambda name: records[name])
    for name in ("detectron2", "detectron2.utils", "detectron2.evaluation", "pycocotools"):
        bare.stub(name, __path__=[])
    bare.stub("pycocotools.mask", encode=None)
    sys.modules["pycocotools"].mask = sys.modules["pycocotools.mask"]
    bare.stub("detectron2.data", DatasetCatalog=catalog, MetadataCatalog=types.SimpleNamespace(
        get=lambda name: types.SimpleNamespace(stuff_classes=name[1], ignore_label=255)))
    bare.stub("detectron2.utils.comm", all_gather=None, is_main_process=None, synchronize=None)
    bare.stub("detectron2.utils.file_io", PathManager=None)
    bare.stub("detectron2.evaluation.evaluator", DatasetEvaluator=object)
    module = bare.file(
        SOURCES / "sem_seg_evaluation.py", "detectron2.evaluation.sem_seg_evaluation")

    def evaluated(am, y, classes):
        name = ("set", tuple(classes))
        records[name] = [
            {"file_name": str(k), "sem_seg_file_name": k} for k in range(len(y))]
        evaluator = module.SemSegEvaluator(
            name, distributed=False, sem_seg_loading_fn=lambda k, dtype: y[k].copy())
        evaluator._compute_boundary_iou = False
        evaluator.encode_json_sem_seg = lambda *_: []
        evaluator.reset()
        scores = torch.nn.functional.one_hot(am, len(classes)).permute(0, 3, 1, 2)
        for k, one in enumerate(scores):
            evaluator.process([{"file_name": str(k)}], [{"sem_seg": one}])
        return evaluator.evaluate()["sem_seg"]

    return evaluated


@load("cityscapes")
def _():
    bare.package("cityscapesscripts")
    sys.argv, kept = sys.argv[:1], sys.argv
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("CITYSCAPES_DATASET", folder)
        import cityscapesscripts.evaluation.evalPixelLevelSemanticLabeling as script
    sys.argv = kept
    VERSIONS.append(f"cityscapesScripts {importlib.metadata.version('cityscapesScripts')}")
    evaluated_ids = [7, 8, 11, 12, 13]

    def average(am, y, classes):
        """What no class has is unlabelled."""
        ids = np.array(evaluated_ids[:classes] + [0] * 256, "u1")
        script.args.evalInstLevelScore, script.args.quiet = False, True
        script.args.JSONOutput = False
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for side, maps in (("pred", am), ("truth", y)):
                names.append([f"{folder}/{side}{k}.png" for k in range(len(maps))])
                for name, labels in zip(names[-1], maps):
                    Image.fromarray(ids[labels]).save(name)
            result = script.evaluateImgLists(*names, script.args)
        return result["averageScoreClasses"]

    return average


@load("nnunet")
def _():
    for name in ("nnunetv2", "nnunetv2.evaluation"):
        bare.package(name)
    for name in ("batchgenerators", "batchgenerators.utilities", "nnunetv2.imageio"):
        bare.stub(name, __path__=[])
    bare.stub(
        "batchgenerators.utilities.file_and_folder_operations", save_json=None, load_json=None,
        isfile=lambda _: True, join=lambda a, b: (a, b), subfiles=lambda folder, **_: range(folder))
    bare.stub("nnunetv2.configuration", default_num_processes=1)
    bare.stub("nnunetv2.imageio.base_reader_writer", BaseReaderWriter=None)
    bare.stub(
        "nnunetv2.imageio.reader_writer_registry",
        determine_reader_writer_from_dataset_json=None,
        determine_reader_writer_from_file_ending=None)
    bare.stub("nnunetv2.imageio.simpleitk_reader_writer", SimpleITKIO=None)
    bare.stub("nnunetv2.utilities.json_export", recursive_fix_for_json_export=lambda _: None)
    bare.stub("nnunetv2.utilities.plans_handling.plans_handler", PlansManager=None)
    bare.package("nnunetv2.utilities")
    import nnunetv2.evaluation.evaluate_predictions as module

    pool = types.SimpleNamespace(starmap=lambda f, arguments: [f(*each) for each in arguments])
    context = types.SimpleNamespace(Pool=lambda _: contextlib.nullcontext(pool))
    module.multiprocessing = types.SimpleNamespace(get_context=lambda _: context)
    VERSIONS.append(f"nnunetv2 {importlib.metadata.version('nnunetv2')}")

    def folder(am, y, classes):
        """Every class is in the foreground: label 0, the background, is nowhere."""
        maps = {"pred": am + 1, "truth": np.where(y == 255, 255, y + 1)}
        # Files are named by side and number; the folders are the number of files.
        reader = types.SimpleNamespace(read_seg=lambda file: (maps[file[0]][file[1]], {}))
        sides = iter(["truth"] * len(y) + ["pred"] * len(y))
        module.join = lambda _, k: (next(sides), k)
        labels = list(range(1, classes + 1))
        return module.compute_metrics_on_folder(
            len(y), len(y), None, reader, "", labels, 255, 1)["foreground_mean"]

    return folder


@load("nnunet.loss")
def _():
    from nnunetv2.training.loss.compound_losses import DC_and_CE_loss
    from nnunetv2.training.loss.dice import MemoryEfficientSoftDiceLoss

    def loss(batch_dice, do_bg, ignore):
        dice = {"batch_dice": batch_dice, "smooth": 1e-5, "do_bg": do_bg, "ddp": False}
        return DC_and_CE_loss(
            dice, {}, ignore_label=ignore, dice_class=MemoryEfficientSoftDiceLoss)

    return loss


@load("ultralytics")
def _():
    known = importlib.metadata.version
    importlib.metadata.version = lambda name: "0.0" if name == "torchvision" else known(name)
    from ultralytics.utils.loss import SemanticSegmentationLoss
    from ultralytics.utils.metrics import SemanticMetrics

    importlib.metadata.version = known
    VERSIONS.append(f"ultralytics {known('ultralytics')}")

    def loss(w):
        head = torch.nn.Linear(1, 1)
        head.nc = len(w)
        model = types.SimpleNamespace(
            model=[head], args=None, parameters=head.parameters,
            class_weights=None if (w == 1).all() else w.float())
        return SemanticSegmentationLoss(model)

    def miou(batches, am, y, classes):
        metrics = SemanticMetrics(dict(enumerate(classes)))
        for b in batches:
            metrics.update_stats(am[b], y[b])
        metrics.process()
        return metrics.miou

    return loss, miou


@load("fine-grained")
def _():
    bare.stub("metrics", __path__=[])
    bare.stub("metrics.metric", Metric=object)
    return bare.file(SOURCES / "accuracy_metric.py", "accuracy_metric").AccuracyMetric


def symbols(edge, names):
    def jdt(q=1):
        metric = LOADED["fine-grained"](num_classes=names["C"], ignore_index=255, q=q)
        metric.add(names["am"], names["y"])
        return metric.value()

    more = {"jdt": jdt, "UL": None, "yolo_miou": None, "classes": edge.classes}
    if "ultralytics" in LOADED:
        more |= {"UL": LOADED["ultralytics"][0], "yolo_miou": LOADED["ultralytics"][1]}
    return names | more | {
        "mean_iou": LOADED.get("huggingface"), "d2": LOADED.get("detectron2"),
        "cityscapes": LOADED.get("cityscapes"), "folder": LOADED.get("nnunet"),
        "nnunet": LOADED.get("nnunet.loss"),
    }


def rows(edge):
    if not edge.is_exclusive:
        return
    if "huggingface" in LOADED:
        for name in ("mean_iou", "mean_accuracy", "overall_accuracy"):
            yield f"huggingface.{name}", f"mean_iou(am.numpy(), Y, C, 255)['{name}']"
    # It takes scores, of which no class can be missing.
    if "detectron2" in LOADED and edge.kind != "labels":
        for name in ("mIoU", "fwIoU", "mACC", "pACC"):
            yield f"detectron2.{name}", f"d2(am, Y, classes)['{name}'] / 100"
    if "cityscapes" in LOADED:
        yield "cityscapes.mean_iou", "cityscapes(am.numpy(), Y, C)"
    if "nnunet" in LOADED:
        for name in ("Dice", "IoU"):
            yield f"nnunet.foreground_mean_{name.lower()}", f"folder(am.numpy(), Y, C)['{name}']"
    if "fine-grained" in LOADED:
        for side in "DIC":
            yield f"fine-grained.mIoU-{side}", f"jdt()['mIoU{side}'] / 100"
        for q in (1, 5, 10):
            for side in "IC":
                yield f"fine-grained.mIoU-{side}-worst{q}%", f"jdt({q})['mIoU{side}{q}'] / 100"
    if "ultralytics" in LOADED:
        yield "ultralytics.mIoU", "yolo_miou(B, am, y, classes)"
    if edge.kind == "logits":
        yield from losses(edge)


def losses(edge):
    if "ultralytics" in LOADED:
        for name in ("ce_loss", "dice_loss"):
            call = "UL(w)(x[b].float(), {'semantic_mask': y[b]})[1]"
            yield f"ultralytics.{name}", f"loop(lambda b: {call}['{name}'])"
    background = bool(edge.weights) and edge.weights[0] == 0 and set(edge.weights[1:]) == {1}
    if "nnunet.loss" in LOADED and (background or not edge.weights):
        ignore = 255 if edge.ignores else None
        for suffix, batch in (("", False), (".batch_dice", True)):
            loss = f"nnunet({batch}, {not background}, {ignore})"
            yield f"nnunet.loss{suffix}", f"loop(lambda b: {loss}(x[b], y[b][:, None]))"
