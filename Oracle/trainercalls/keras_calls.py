"""What Keras prints, for the three backends and tf.keras alike: `keras` is the package."""

import numpy as np

from trainercalls.sets import BATCH, BATCHES, IGNORED


def ask(keras, sets, tensorflow: bool, several_steps: bool = True):
    yield from one_output(keras, sets["plain"])
    if several_steps:
        yield from at_once(keras, sets["plain"])
    yield from ignored(keras, sets)
    yield from two_outputs(keras, sets["plain"])
    if tensorflow:
        for each, key, call, value in two_outputs(keras, sets["plain"], run_eagerly=True):
            yield each, key, call + ", run_eagerly=True", value
    yield from in_a_loop(keras, sets["plain"])


def identity(keras, *names):
    class One(keras.layers.Layer):
        """Times a weight that is 1."""

        def build(self, shape):
            self.one = self.add_weight(shape=(), initializer="ones", name="one")

        def call(self, x):
            return x * self.one

    x = keras.Input((8, 8, 3))
    outputs = {}
    for name in names or ("a",):
        y = One()(x)
        # Half the logits, which single precision has exactly.
        outputs[name] = keras.layers.Rescaling(0.5, name="b")(y) if name == "b" else keras.layers.Rescaling(1.0, name=name)(y)
    return keras.Model(x, outputs if names else outputs["a"])


def compiled(keras, loss, *names, **options):
    model = identity(keras, *names)
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=loss, **options)
    return model


def fitted(model, x, y, weights=None):
    """The log of the one epoch of fit() with the same data as validation."""
    validation = (x, y) if weights is None else (x, y, weights)
    return model.fit(x, y, sample_weight=weights, validation_data=validation, batch_size=BATCH, shuffle=False,
                     verbose=0).history


def entropy(keras, **options):
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True, **options)


def at_once(keras, each):
    """Two batches in one call of the compiled function."""
    log = fitted(compiled(keras, entropy(keras), steps_per_execution=2), each.logits, each.labels)
    for key in ("loss", "val_loss"):
        yield "plain", key, "compile(steps_per_execution=2)", log[key][0]


def one_output(keras, each):
    x, y = each.logits, each.labels
    mean = keras.ops.mean if hasattr(keras, "ops") else keras.backend.mean

    def own(truth, prediction):
        """One number a batch, as own losses often are."""
        return mean(keras.losses.sparse_categorical_crossentropy(truth, prediction, from_logits=True))

    loss = entropy(keras)
    metric = keras.metrics.SparseCategoricalCrossentropy(from_logits=True, name="entropy")
    log = fitted(compiled(keras, loss, metrics=[metric, own]), x, y)
    call = "fit(batch_size=16, shuffle=False, validation_data=…), loss=SparseCategoricalCrossentropy(from_logits=True)"
    yield "plain", "loss", call, log["loss"][0]
    yield "plain", "val_loss", call, log["val_loss"][0]
    yield "plain", "val_entropy", "metrics=[keras.metrics.SparseCategoricalCrossentropy(from_logits=True)]", log["val_entropy"][0]
    yield "plain", "val_own", "metrics=[a function that returns the mean of a batch]", log["val_own"][0]
    log = fitted(compiled(keras, own), x, y)
    yield "plain", "val_loss", "loss=a function that returns the mean of a batch", log["val_loss"][0]
    log = fitted(compiled(keras, entropy(keras, reduction="sum")), x, y)
    yield "plain", "val_loss", 'loss=SparseCategoricalCrossentropy(from_logits=True, reduction="sum")', log["val_loss"][0]


def ignored(keras, sets):
    for name in ("partly-ignored", "ignored-batch"):
        each = sets[name]
        call = f"loss=SparseCategoricalCrossentropy(from_logits=True, ignore_class={IGNORED})"
        log = fitted(compiled(keras, entropy(keras, ignore_class=IGNORED)), each.logits, each.labels)
        yield name, "loss", call, log["loss"][0]
        yield name, "val_loss", call, log["val_loss"][0]
        counted = (each.labels != IGNORED).astype(np.float32)
        y = np.where(each.labels == IGNORED, 0, each.labels)
        log = fitted(compiled(keras, entropy(keras), weighted_metrics=[
            keras.metrics.SparseCategoricalCrossentropy(from_logits=True, name="entropy")]), each.logits, y, counted)
        yield name, "val_loss", "sample_weight 0 where ignored, 1 elsewhere", log["val_loss"][0]
        yield name, "val_entropy", ("weighted_metrics=[keras.metrics.SparseCategoricalCrossentropy(from_logits=True)], "
                                    "the same sample_weight"), log["val_entropy"][0]
        if hasattr(keras, "ops"):
            log = fitted(compiled(keras, entropy(keras, reduction="mean_with_sample_weight")), each.logits, y, counted)
            yield name, "val_loss", 'the same sample_weight, reduction="mean_with_sample_weight"', log["val_loss"][0]
    each = sets["plain"]
    weights = np.ones(each.labels.shape, np.float32)
    weights[BATCHES[1]] = np.nan
    log = fitted(compiled(keras, entropy(keras)), each.logits, each.labels, weights)
    yield "plain", "val_loss", "sample_weight NaN in the second batch, 1 elsewhere", log["val_loss"][0]


def two_outputs(keras, each, **options):
    x, y = each.logits, each.labels
    losses = {"a": entropy(keras), "b": entropy(keras)}
    model = compiled(keras, losses, "a", "b", loss_weights={"a": 1.0, "b": 4.0}, **options)
    log = fitted(model, x, {"a": y, "b": y})
    for key in ("loss", "a_loss", "b_loss"):
        for kind in ("", "val_"):
            yield "plain", kind + key, "outputs a: the logits, b: half of them; loss_weights a 1, b 4", log[kind + key][0]


def in_a_loop(keras, each):
    def looped(step):
        model = compiled(keras, entropy(keras))
        return [getattr(model, step)(each.logits[part], each.labels[part]) for part in BATCHES]

    for step in ("train_on_batch", "test_on_batch"):
        yield "plain", "loss", f"{step} for each batch in turn, a number each", looped(step)
