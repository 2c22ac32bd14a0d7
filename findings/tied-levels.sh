#!/bin/sh
# NumPy: the arg max of probabilities saved in 8 bits is another class where levels tie, and the first class wins
#
# With many classes the largest probability is small, and 256 levels tell few of them apart. Of
# softmax outputs of 150 classes with modest certainty every tenth pixel has its two best classes on
# the same level, and `argmax` takes the first of the list. The planes lost nothing that a loss
# would show, but label maps made before and after saving differ, always in favour of the first
# classes.
#
# A mean IoU from saved planes can differ from the one printed during training for this reason
# alone.
#
# Seen with numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
print(", ".join(f"{name} {version(name)}" for name in ["numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


logits = np.random.default_rng(0).normal(size=(256, 256, 150))
exponentials = np.exp(logits - logits.max(-1, keepdims=True))
p = exponentials / exponentials.sum(-1, keepdims=True)
levels = np.rint(p * 255)
tied = (levels == levels.max(-1, keepdims=True)).sum(-1) > 1
before, after = p.argmax(-1), levels.argmax(-1)
expect("pixels whose best level is shared, %", round(100 * float(tied.mean())), 11)
expect("pixels of another class, %", round(100 * float((before != after).mean())), 6)
expect("all of them with a class nearer to the top of the list", bool((after[before != after] < before[before != after]).all()), True)
half = p.astype(np.float16).argmax(-1)
expect("the same for float16, %", round(100 * float((before != half).mean())), 0)
END
