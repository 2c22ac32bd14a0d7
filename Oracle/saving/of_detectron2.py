"""detectron2: what SemSegEvaluator writes, by images' names and by a data set's names and ids, and the objects of COCOEvaluator."""
import json
import os

import numpy as np
import pycocotools.mask
import torch
from detectron2.data import DatasetCatalog, MetadataCatalog
from detectron2.evaluation import COCOEvaluator, SemSegEvaluator, inference_on_dataset
from detectron2.structures import Boxes, Instances
from PIL import Image
from recipe import Recipe, blurred, scene

recipe = Recipe("detectron2")
names = [f"street_{i}" for i in range(6)]
truth = [scene(i, (40, 48)) for i in range(6)]
logits = [torch.from_numpy(blurred(t, i)) for i, t in enumerate(truth)]
labels = [l.argmax(0).numpy() for l in logits]
street = {0: "road", 1: "car", 2: "sky"}
os.mkdir("annotations")
for name, t in zip(names, truth):
    t[:3] = 255
    Image.fromarray(t).save(f"annotations/{name}.png")


class Model(torch.nn.Module):
    def forward(self, inputs):
        return [{"sem_seg": logits[i["place"]]} for i in inputs]


def register(form):
    """A data set whose pictures are called so."""
    records = [
        {"file_name": form.format(n), "sem_seg_file_name": f"annotations/{n}.png", "height": 40, "width": 48, "place": i}
        for i, n in enumerate(names)]
    DatasetCatalog.pop("my_val", None)
    DatasetCatalog.register("my_val", lambda: records)
    MetadataCatalog.pop("my_val", None)
    MetadataCatalog.get("my_val").set(stuff_classes=list(street.values()), ignore_label=255)
    return [[r] for r in records]


model = Model()
loader = register("images/val/{}.jpg")
exec(recipe.code[0])
recipe.check(0, labels, truth, street, ignore=255)

loader = register("leftImg8bit/val/bonn/{}_leftImg8bit.png")
MetadataCatalog.get("my_val").set(stuff_dataset_id_to_contiguous_id={7: 0, 8: 1, 23: 2})
exec(recipe.code[0])
ids = [f"{{name: {n}, value: {{truth: {c}, predictions: {i}}}}}" for (c, n), i in zip(street.items(), [7, 8, 23])]
recipe.stages.append(recipe.stages[0].replace(".json", ".json#{image}_leftImg8bit.png").replace("[road, car, sky]", f"[{', '.join(ids)}]"))
recipe.check(1, labels, truth, street, ignore=255)

# Objects of 480 x 640, the size that the page names.
recipe = Recipe("Files that are not read")
for folder in ["preds", "masks"]:
    os.mkdir(folder)
truth = [scene(i, (480, 640)) for i in range(3)]
labels = [blurred(t, i).argmax(0) for i, t in enumerate(truth)]
coco = {"images": [{"id": i, "height": 480, "width": 640, "file_name": f"{i}.jpg"} for i in range(3)],
        "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "person"}],
        "annotations": [{"id": i + 1, "image_id": i, "category_id": 1, "bbox": [0, 0, 9, 9], "area": 81, "iscrowd": 0,
                         "segmentation": [[0, 0, 9, 0, 9, 9, 0, 9]]} for i in range(3)]}
with open("objects.json", "w") as file:
    json.dump({"info": {}, **coco}, file)
MetadataCatalog.get("objects").set(
    json_file="objects.json", thing_classes=["car", "person"], thing_dataset_id_to_contiguous_id={1: 0, 2: 1})
evaluator = COCOEvaluator("objects", tasks=("segm",), distributed=False, output_dir="inference", use_fast_impl=False)
evaluator.reset()
for i, l in enumerate(labels):
    Image.fromarray(truth[i]).save(f"masks/{i}.png")
    found = Instances((480, 640))
    # A sure one, one below it that covers part of it, and one that is not sure.
    found.pred_masks = torch.from_numpy(np.stack([l == 1, l > 0, l >= 0]))
    found.scores = torch.tensor([0.9, 0.6, 0.3])
    found.pred_classes = torch.tensor([0, 1, 1])
    found.pred_boxes = Boxes(torch.tensor([[0.0, 0, 640, 480]] * 3))
    evaluator.process([{"image_id": i}], [{"instances": found}])
evaluator.evaluate()
exec(recipe.code[4])
recipe.check(3, labels, truth, {1: "car", 2: "person"})
print("ok")
