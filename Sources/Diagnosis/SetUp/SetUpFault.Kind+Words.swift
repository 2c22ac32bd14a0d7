internal import Pages

/// One by one, so that none is forgotten.
extension SetUpFault.Kind {
  package var words: Words {
    switch self {
    case .wrongKind:
      Words(
        meaning: "The predictions are not what `kind` says.",
        test:
          "Error: every logit that was looked at lies in 0…1; or 8-bit planes hold only 0 and 1. Warning: the same of logits of which more than 1 % are exactly 0 while fewer than 1 % of the pixels reach 0.99, as behind a ReLU, unless those of a pixel sum to 1; or every probability is 0 or 1.",

        remedy: "Write the kind that is given under `decode`.")
    case .wrongActivation:
      Words(
        meaning: "The probabilities are those of another activation.",
        test:
          "Error: with `sigmoid`, those of 99 % of the pixels without a value of 0.99 or more sum to 1 and no truth overlaps; with `softmax`, fewer than half of the pixels sum to 1 and the mean sum is above 1 by more than 0.01 (on 8-bit planes 0.01 + C/255); logits called `sigmoid` of which 99 % are the logarithms of numbers that sum to 1. Warning: the mean sum is below 1 by as much; or 99 % of the pixels sum to 1 but for values that were cut off at a least one.",

        remedy: "Write the activation that is given, or list the class that is missing.")
    case .mispaired:
      Words(
        meaning: "The predictions lie on the truth of other images.",
        test:
          "On 16 × 16 places, the mean IoU with the truth of the next image (or the previous one, or, in a run of at most 16 images, of the one that fits best) is better than with their own by more than 0.25, in at least 4 images of 16 places or more, and by 0.1 in three quarters of them one by one. It must be better by 0.25 also than what the same search finds in truths that are moved by thirds of their sides, which fit by chance alone.",
        remedy: "Save both sides in one order, or give predictions the names of their images.")
    case .inverted:
      Words(
        meaning: "The predictions say where a class is not.",
        test:
          "Only for classes that may overlap. Of more than half of the classes that are predicted and true somewhere, the IoU of what is not predicted is above that of what is predicted by more than 0.25, and nearer to 1 than to that of the class everywhere.",
        remedy: "Save the probability, or the mask, of the class and not of its absence.")
    case .turned:
      Words(
        meaning:
          "The predictions lie otherwise than the truth: rows and columns exchanged or reversed.",
        test:
          "Turned back in one of seven ways, the mean IoU on a lattice of up to 48 × 48 pixels (32 × 32 of planes) is better by more than 0.25, in at least 4 images, and by 0.1 in three quarters of them one by one. Or it is better by 0.25 and above 0.5 in some images one by one, in at least 4 and a tenth of them; then these are named.",
        remedy: "Save the predictions as the truth lies, or say `orientation`.")
    case .instanceIDs:
      Words(
        meaning:
          "The truth numbers objects (a class times 1000 or 256, plus a number), and `ignore: unlisted` drops them.",
        test:
          "Such numbers make at least 0.2 % of the truth that was looked at, and there are several.",
        remedy: "Say under `decode` how the truth is numbered: `encoding`.")
    case .shuffledLabels:
      Words(
        meaning:
          "Truth and predictions number the classes differently: off by one, by another list, or permuted.",
        test:
          "By the best one-to-one assignment of the numbers of both sides the mean IoU is better by more than 0.25 (error), or by more than 0.1 (warning). At least two numbers must move. Or some numbers are exchanged among each other: each has an IoU above 0.3 with the other's class and below 0.05 with its own. In fewer than 4 images the same numbers in another order are a warning. Of classes that may overlap, planes are compared in the same way, on the places that were looked at.",
        remedy:
          "Give the classes the number of each side, or put them in the order of the model's channels."
      )
    case .numbersByFile:
      Words(
        meaning:
          "Labels mean another class from file to file, as where a tool numbers the classes of one file.",
        test:
          "In at least two images and a tenth of them, each image's own best renaming makes its mean IoU better by more than 0.25, and no renaming is that of more than two thirds of them, or each is one that no model makes: all numbers are moved by as many, or three or more, and the mean IoU is then above 0.6. Of fewer images that is a warning.",
        remedy: "Export the labels again with one class list for all files.")
    case .shortList:
      Words(
        meaning:
          "The class list is one short, or begins at another number than the labels, and each name may stand at its neighbour's number.",
        test:
          "With `ignore: unlisted`, both sides have the label that equals the number of classes, with an IoU above 0.1, and the classes have the values 0, 1, 2, …. Or the only class is 0, and both sides have an ignored label with an IoU above 0.1. Or the classes have the values 0, 1, 2, …, and of at least four images none has a 0 on either side, and all other classes are true somewhere: a warning, and an error where images could not be used.",
        remedy:
          "Write the name that is missing, the background at the front or the last class; or the labels from 1."
      )
    case .unlistedPredictions:
      Words(
        meaning: "Most predictions are labels that no class has.",
        test: "More than half of the counted pixels.",
        remedy: "Write the numbers of the predictions into the class list.")
    case .mostlyIgnored:
      Words(
        meaning: "Most of the truth does not count.",
        test: "More than half of all pixels are ignored.",
        remedy: "Look whether the ignored labels really are void.")
    case .absentFromTruth:
      Words(
        meaning: "A listed class is in no truth, so its score says nothing of the model.",
        test:
          "No counted pixel is truly of the class. An ignored label of which more than half is predicted as the class is named; where the truth has one listed class beside it, it is the mask of one class: an error.",
        remedy: "Look whether the class list has the truth's numbers.")
    case .predictedWhereIgnored:
      Words(
        meaning: "A class is predicted on ignored pixels, where no false alarm counts.",
        test:
          "There are more such pixels than the class has of its own, and they are more than 0.5 % of all.",
        remedy:
          "If the ignored label is a background and not void, list it as a class and name it in `not_averaged`."
      )
    case .mergedClasses:
      Words(
        meaning:
          "A class that is true somewhere is predicted nowhere, and taken for one other class.",
        test: "In label maps, more than 80 % of its true pixels are predicted as that other class.",
        remedy:
          "Look at the labels of a prediction file; if the model has one class for both, give it both truth labels."
      )
    case .unusedLevels:
      Words(
        meaning:
          "The planes use a small part of their levels, so they were saved on another scale.",
        test: "No 16-bit level is above 255; or no 8-bit level is above a tenth of 255.",
        remedy: "Save p · 255 in 8 bits, or p · 65535 in 16.")
    case .stretched:
      Words(
        meaning: "Each plane was scaled from its least to its greatest value when it was saved.",
        test:
          "All of at least five 8-bit planes reach 0 and 255, and 255 in at most 2 pixels or 0.2 % of them.",
        remedy: "Save the probabilities as they are.")
    case .neverPredicted:
      Words(
        meaning: "A class that is true somewhere is predicted nowhere.",
        test:
          "No counted pixel of the run is predicted as the class, by probabilities or logits. In label maps: nor is it where the class is more than half of the truth (an error from four images on), or has the label 255.",
        remedy:
          "Look at its planes: another channel, another scale, or a model that has not learnt it. A label that most of a truth has may be void: `ignore`."
      )
    }
  }
}
