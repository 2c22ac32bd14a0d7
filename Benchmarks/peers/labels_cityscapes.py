"""W1 with the program of the benchmark itself, instance scores off."""

import glob
import os
import sys

from cityscapesscripts.evaluation import evalPixelLevelSemanticLabeling as evaluation

import results
import started


def main(data, out):
    args = evaluation.args
    args.evalInstLevelScore = False
    args.quiet = True
    args.JSONOutput = True
    args.exportFile = os.path.join(out, "cityscapes.json")
    truths = sorted(glob.glob(f"{data}/truth/*_gtFine_labelIds.png"))
    predictions = [
        path.replace("/truth/", "/predictions/").replace("_gtFine_labelIds", "_labelIds")
        for path in truths
    ]
    scores = evaluation.evaluateImgLists(predictions, truths, args)
    results.write_agreed(out, {"iou global": scores["averageScoreClasses"]})


started.imported()
main(*sys.argv[1:])
