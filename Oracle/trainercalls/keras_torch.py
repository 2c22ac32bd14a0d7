import keras

from trainercalls import keras_calls

PACKAGES = ["keras", "torch", "numpy"]


def ask(sets):
    return keras_calls.ask(keras, sets, tensorflow=False, several_steps=False)
