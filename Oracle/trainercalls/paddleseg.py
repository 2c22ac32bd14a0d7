"""PaddleSeg: the loss in the lines of core.train, with Paddle's cross-entropy.

The release's own cross-entropy cannot be computed with Paddle 3, so the model brings Paddle's, as models may.
"""

import re
import sys
import tempfile

import paddle
import paddleseg.core
from paddle.nn.functional import cross_entropy

from trainercalls.sets import BATCH, IGNORED

PACKAGES = ["paddleseg", "paddlepaddle", "numpy"]
# The module, whose name in the package is that of its function.
core = sys.modules["paddleseg.core.train"]


class Images(paddle.io.Dataset):
    def __init__(self, each):
        super().__init__()
        self.each, self.planes = each, each.planes
        self.num_classes, self.ignore_index = self.planes.shape[1], IGNORED

    def __len__(self):
        return len(self.planes)

    def __getitem__(self, at):
        return {"img": self.planes[at], "label": self.each.labels[at]}


class Model(paddle.nn.Layer):
    def __init__(self):
        super().__init__()
        self.one = self.create_parameter([1], default_initializer=paddle.nn.initializer.Constant(1.0))

    def forward(self, x):
        return [x * self.one]

    def loss_computation(self, logits, losses, data):
        # One number in an array: the release does not know those of Paddle 3, which have no dimension.
        planes = logits[0].transpose([0, 2, 3, 1])
        return [cross_entropy(planes, data["label"].astype("int64"), ignore_index=IGNORED).reshape([1])]


class InOrder(paddle.io.DistributedBatchSampler):
    """The images in the order of the files; the trainer shuffles them and drops a last batch that is not full."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options | {"shuffle": False})


def ask(sets):
    paddle.io.DistributedBatchSampler = InOrder
    for name, each in sets.items():
        for every in (1, 2, 3):
            call = f"train(batch_size=16, log_iters={every}, iters=6), a number a line, four digits; the last 8 images are dropped"
            yield name, "loss", call, printed(each, every)


def printed(each, every):
    model, lines = Model(), []
    core.logger.info = lines.append
    core.train(model, Images(each), optimizer=paddle.optimizer.SGD(0.0, model.parameters()), save_dir=tempfile.mkdtemp(), iters=6,
               batch_size=BATCH, log_iters=every, losses={"types": [None], "coef": [1]})
    return [float(found[1]) for line in lines if (found := re.search(r"loss: ([^,\s]+)", line))]
