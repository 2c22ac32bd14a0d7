"""skorch: what the columns train_loss and valid_loss show."""

from skorch import NeuralNet
from skorch.helper import predefined_split
from torch import nn, optim

from trainercalls.identity import Identity, dataset
from trainercalls.sets import BATCH, IGNORED

PACKAGES = ["skorch", "torch"]


def ask(sets):
    for name, each in sets.items():
        net = NeuralNet(Identity, nn.CrossEntropyLoss, criterion__ignore_index=IGNORED, optimizer=optim.SGD, lr=0.0,
                        max_epochs=1, batch_size=BATCH, train_split=predefined_split(dataset(each)), verbose=0)
        net.fit(dataset(each), None)
        for key in ("train_loss", "valid_loss"):
            yield name, key, "NeuralNet(batch_size=16).fit(…)", net.history[-1, key]
