import tf_keras

from trainercalls import keras_calls

PACKAGES = ["tf_keras", "tensorflow-cpu", "numpy"]


def ask(sets):
    return keras_calls.ask(tf_keras, sets, tensorflow=True)
