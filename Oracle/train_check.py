"""Does a weight on a rare class's own pixels do what the gradient says it does?

The script loads the saved network of the street sample and first checks that it still predicts the saved masks.
Then it trains on from that state, each time with a fresh Adam and with the same batches in the same order:
once with the plain mean binary cross-entropy (BCE), as train.py has it, and once for each --weight, where the
pixels annotated as pole count that many times in the pole channel (as PyTorch's pos_weight does).
Before and after, it measures the 40 validation scenes (and the pulls on the 400 training scenes too).

The pull.  The gradient of the mean BCE at a logit is (p - t) / N; p is the prediction, t the truth, N the number
of all elements (images * height * width * classes).  A class's own pixels pull its logits up, in all by
own = sum of (1 - p) / N over t = 1; all others pull them down, by others = sum of p / N over t = 0.
net = others - own.  If net > 0, descent lowers the class's logits on the whole.  Weighted: others - weight * own.
The sum of a class's logit gradients is the gradient of its last bias, so training ends near (weighted) net = 0
on what it was trained on.

As in train.py: training scenes 1001 to 1400, whole scenes with learning rate 1e-3, or with --crops two random 64x64
crops a scene, flipped at random, with 2e-3; batches of 16.  The learning rate stays as it is to the end.
"""
# With the packages of requirements-train.txt, under Python 3.11.
import argparse, hashlib, json, os, sys, time
os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="2", CUDA_VISIBLE_DEVICES="")

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--model", required=True, help="folder of model.py and run-a.weights.h5")
arguments.add_argument("--samples", help="folder of scenes.py and street/run-a; if left out, MODEL/../samples")
arguments.add_argument("--steps", type=int, default=200, help="batches to train on")
arguments.add_argument("--every", type=int, help="measure after each so many steps too, not just at the end")
arguments.add_argument("--seed", type=int, nargs="+", default=[1], help="the order of the batches; several: one run each")
arguments.add_argument("--weight", type=float, nargs="+", default=[9.283], help="what pole's own pixels count")
arguments.add_argument("--crops", action="store_true", help="train on 64x64 crops, not on whole scenes")
arguments.add_argument("--out", default="results.json")
options = arguments.parse_args()
options.samples = options.samples or os.path.join(options.model, "..", "samples")
sys.dont_write_bytecode = True                                      # leave no __pycache__ in those folders
sys.path[:0] = [options.model, options.samples]

import keras, numpy as np, tensorflow as tf
from PIL import Image
from model import build
from scenes import scenes, CLASSES, POLE, SIZE

BATCH = 16
LEARNING_RATE = 2e-3 if options.crops else 1e-3
VALIDATION_SHA256 = "4c59e04dc6230372e6aafa49e54676e873a589597b09197d570d4880900d1312"     # of the sample's README
for set_threads in (tf.config.threading.set_intra_op_parallelism_threads, tf.config.threading.set_inter_op_parallelism_threads):
    set_threads(1)
tf.config.experimental.enable_op_determinism()


def saved_network():
    """The network in its saved state."""
    network = build()
    network.load_weights(os.path.join(options.model, "run-a.weights.h5"))
    return network


def predict(network, images):
    return network.predict(images, batch_size=BATCH, verbose=0)


def pulls(p, t, weight):
    """Pole's own and others' pull at its logits, plain and weighted, summed in float64."""
    pole, truth = p[..., POLE].astype("float64"), t[..., POLE] > 0
    own, others = float((1 - pole)[truth].sum() / p.size), float(pole[~truth].sum() / p.size)
    return dict(own=own, others=others, net=others - own, weighted_net=others - weight * own, balance=others / own)


def measure(network, images, truth, weight):
    """Everything that is asked of a state: headline, IoU, pole's recall and precision, the pulls."""
    p = predict(network, images)
    found, there = p > 0.5, truth > 0
    over = (0, 1, 2)
    both, either = (found & there).sum(over), (found | there).sum(over)
    return dict(
        bce=float(keras.losses.BinaryCrossentropy()(truth, p)),
        iou=dict(zip(CLASSES, (both / either).tolist())),
        recall=float(both[POLE] / there[..., POLE].sum()),
        precision=float(both[POLE] / max(found[..., POLE].sum(), 1)),
        **pulls(p, truth, weight))


def compare_with_saved_masks(p):
    """The largest distance of p from the saved 8-bit masks, and how many elements would be rounded otherwise today."""
    saved = np.stack([np.stack([
        np.asarray(Image.open(os.path.join(options.samples, "street", "run-a", f"street_{i + 1:04}", f"{name}.png")))
        for name in CLASSES], axis=-1) for i in range(len(p))])
    return dict(largest_difference_times_255=float(np.abs(p.astype("float64") * 255 - saved).max()),
                rounded_otherwise=int((np.round(p * 255) != saved).sum()), elements=int(saved.size))


def batches(images, truth, seed):
    """The batches of the run, the same for the same seed: whole scenes in a new order each epoch, or crops of them."""
    random = np.random.default_rng(seed)
    while True:
        order = random.permutation(np.repeat(np.arange(len(images)), 2 if options.crops else 1))
        for start in range(0, len(order), BATCH):
            rows = order[start:start + BATCH]
            if not options.crops:
                yield images[rows], truth[rows]
                continue
            cut = []
            for row in rows:
                y, x = random.integers(0, SIZE - 64 + 1, 2)
                flip = slice(None, None, int(random.choice([-1, 1])))
                cut.append([v[row, y:y + 64, x:x + 64][:, flip] for v in (images, truth)])
            yield tuple(np.stack(v) for v in zip(*cut))


def weighted_bce(weight):
    """BCE in which the pixels annotated as pole count `weight` times in the pole channel; the divisor stays N."""
    extra = np.array([(weight - 1) * (name == "pole") for name in CLASSES], "float32")

    def loss(truth, p):
        return keras.ops.mean(keras.ops.binary_crossentropy(truth, p) * (1 + extra * truth), axis=-1)
    return loss


def train_on(seed, weight, data, validation):
    """Trains on from the saved state; weight None is plain BCE. Returns the measures by step and those on the training scenes."""
    keras.utils.set_random_seed(seed)
    network, began = saved_network(), time.time()
    loss = "binary_crossentropy" if weight is None else weighted_bce(weight)
    network.compile(optimizer=keras.optimizers.Adam(LEARNING_RATE), loss=loss, jit_compile=False)
    at_step, source = {}, batches(*data, seed)
    for step in range(1, options.steps + 1):
        network.train_on_batch(*next(source))
        if step == options.steps or options.every and step % options.every == 0:
            at_step[step] = measure(network, *validation, weight or 1)
    trained = pulls(predict(network, data[0]), data[1], weight or 1)
    return dict(seed=seed, weight=weight, steps=at_step, training=trained, seconds=round(time.time() - began, 1))


def row(seed, loss, step, m):
    print(f"{seed:>4} {loss:>9} {step:>5} {m['recall']:7.4f} {m['precision']:9.4f} " +
          " ".join(f"{m['iou'][name]:10.4f}" for name in CLASSES) + f" {m['bce']:9.6f}" +
          "".join(f" {m[k]:+12.3e}" for k in ("own", "others", "net", "weighted_net")) + f" {m['balance']:8.3f}", flush=True)


def main():
    began, raw = time.time(), scenes(1, 40)
    same_data = hashlib.sha256(b"".join(v.tobytes() for v in raw)).hexdigest() == VALIDATION_SHA256
    validation, data = [v.astype("float32") for v in raw], [v.astype("float32") for v in scenes(1001, 400)]
    versions = dict(python=sys.version.split()[0], keras=keras.__version__, tensorflow=tf.__version__, numpy=np.__version__)
    network = saved_network()
    check = dict(same_data=same_data, **compare_with_saved_masks(predict(network, validation[0])))
    before = measure(network, *validation, 1)
    training = pulls(predict(network, data[0]), data[1], 1)
    print("versions", versions, "\nsaved masks", check, "\npulls on the training scenes", training)
    print("seed      loss  step  recall precision " + " ".join(f"{'IoU ' + n[:6]:>10}" for n in CLASSES) +
          "       bce" + "".join(f" {k:>12}" for k in ("own", "others", "net", "weighted net")) + "  balance")
    row("-", "before", 0, before)
    for weight in options.weight:
        row("-", f"at {weight:g}", 0, dict(before, weighted_net=before["others"] - weight * before["own"]))
    runs = []
    for seed in options.seed:
        for weight in [None, *options.weight]:
            runs.append(train_on(seed, weight, data, validation))
            for step, measured in runs[-1]["steps"].items():
                row(seed, "plain" if weight is None else f"{weight:g}", step, measured)
            print(f"     training scenes after: {runs[-1]['training']}  {runs[-1]['seconds']} s", flush=True)
    with open(options.out, "w") as file:
        options.model = options.samples = None                      # no paths of this machine in the results
        json.dump(dict(options=vars(options), versions=versions, saved_masks=check, before=before,
                       training_before=training, runs=runs, seconds=round(time.time() - began, 1)), file, indent=1)


main()
