#!/bin/sh
# Keras: one function as loss and as metric, and one output's loss in a graph and eagerly, are two numbers of the same epoch
#
# The loss of an epoch weighs the batches by their images. A function of one's own that returns the mean
# of a batch is weighed so as a loss, and as a metric every batch counts alike: 0.68 and 0.83 where a
# last batch of 8 is worse than two of 16. Of a model with two outputs, a_loss and b_loss count batches alike on
# TensorFlow, which compiles with an unknown size of batch, and weigh by images with run_eagerly=True and on PyTorch,
# so that there loss = a_loss + b_loss and here it is not.
#
# An epoch's loss beside the metric of the same name, or the parts of a loss beside their sum, look like
# different things were measured; the cause is a last batch that is not full.
#
# Seen with keras 3.15.1, tensorflow-cpu 2.21.0, torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" keras==3.15.1 tensorflow-cpu==2.21.0 torch==2.13.0 numpy==2.4.6
cd "$place"
export TF_CPP_MIN_LOG_LEVEL=3 CUDA_VISIBLE_DEVICES=
cat > ask.py <<'END'
import json
import sys
import keras
import numpy as np

# Two batches that are good and one that is not, of 16, 16 and 8 images.
truth = np.zeros((40, 4), np.float32)
p = np.repeat(np.array([0.2, 0.7, 1.6], np.float32), [16, 16, 8])[:, None] * np.ones(4, np.float32)


def distance(truth, p):
    return keras.ops.mean(keras.ops.abs(truth - p))


def run(names, loss, **options):
    x = keras.Input((4,))
    outputs = {name: keras.layers.Activation("linear", name=name)(x) for name in names}
    model = keras.Model(x, outputs if len(names) > 1 else outputs[names[0]])
    model.compile(loss=loss, **options)
    log = model.evaluate(p, {name: truth for name in names} if len(names) > 1 else truth, batch_size=16, verbose=0, return_dict=True)
    return {key: round(value, 4) for key, value in sorted(log.items())}


print(json.dumps([run(["a"], distance, metrics=[distance]), run(["a"], "mae", metrics=["mae"]),
                  run(["a", "b"], {"a": "mae", "b": "mae"}),
                  run(["a", "b"], {"a": "mae", "b": "mae"}, run_eagerly=True)]))
END
cat > all.py <<'END'
import json
import os
import subprocess
import sys
from importlib.metadata import version
print(", ".join(f"{name} {version(name)}" for name in ["keras", "tensorflow-cpu", "torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


for backend in ("tensorflow", "torch"):
    text = subprocess.run([sys.executable, "-W", "ignore", "ask.py"], env=os.environ | {"KERAS_BACKEND": backend},
                          check=True, capture_output=True, text=True).stdout
    own, named, two, eager = json.loads(text.splitlines()[-1])
    by_images, alike = 0.68, 0.8333
    expect(f"{backend}: own function as loss and metric", own, {"distance": alike, "loss": by_images})
    expect(f"{backend}: mae as loss and metric", named, {"loss": by_images, "mae": by_images})
    part = alike if backend == "tensorflow" else by_images
    expect(f"{backend}: two outputs", two, {"a_loss": part, "b_loss": part, "loss": 1.36})
    expect(f"{backend}: two outputs, run_eagerly=True", eager, {"a_loss": by_images, "b_loss": by_images, "loss": 1.36})
END
PYTHONPATH=packages python3 -W ignore all.py
