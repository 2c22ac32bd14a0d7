"""Poutyne: loss and val_loss of fit_generator, and a function as a batch metric."""

from poutyne import Model

from trainercalls.identity import Identity, loader, loss_function, still

PACKAGES = ["poutyne", "torch"]


def ask(sets):
    for name, each in sets.items():
        network, entropy = Identity(), loss_function()

        def own(prediction, truth):
            return entropy(prediction, truth)

        model = Model(network, still(network), entropy, batch_metrics=[own])
        log = model.fit_generator(loader(each), loader(each), epochs=1, verbose=False)[0]
        for key in ("loss", "val_loss", "val_own"):
            yield name, key, "fit_generator(…)" if key != "val_own" else "batch_metrics=[a function]", log[key]
