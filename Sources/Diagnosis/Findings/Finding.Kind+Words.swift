internal import Pages

/// One by one, so that none is forgotten.
extension Finding.Kind {
  package var words: Words {
    switch self {
    case .unlistedLabels: .unlistedLabels
    case .unclassedPixels: .unclassedPixels
    case .negativeLoss: .negativeLoss
    case .undividedWeights: .undividedWeights
    case .cancellingWeights: .cancellingWeights
    case .pooledClasses: .pooledClasses
    case .emptyClasses: .emptyClasses
    case .oneSided: .oneSided
    case .revealing: .revealing
    case .smallestEdit: .smallestEdit
    case .audibility: .audibility
    case .slices: .slices
    case .sequences: .sequences
    case .pulledDown: .pulledDown
    case .unheard: .unheard
    case .polarity: .polarity
    case .takenFor: .takenFor
    case .missedImages: .missedImages
    case .concentration: .concentration
    case .size: .size
    case .border: .border
    case .threshold: .threshold
    }
  }
}

// MARK: - Faults of the input

extension Words {
  fileprivate static let unlistedLabels = Words(
    meaning: "Pixels are predicted as a label that the class list lacks; each is a miss.",
    test: "There is one such pixel.",
    remedy:
      "Look at the labels of one file: the model may have another class list, or count from 1.")

  fileprivate static let unclassedPixels = Words(
    meaning:
      "Counted pixels that truly are no class of the list move the headline. In a categorical loss they cost nothing and are divided by; in a score whatever is predicted there is wrong.",
    test: "Without them the headline differs by more than ε.",
    remedy:
      "Add `ignore: unlisted` to decode, or divide by the pixels that have a class (the chain is given)."
  )
}

// MARK: - Faults of the headline

extension Words {
  fileprivate static let negativeLoss = Words(
    meaning:
      "The loss is below 0, or a perfect model would bring it there: it has no 0 to be compared with.",
    test: "Its value, or that of the truth itself, is below −1e-6.",
    remedy: "Look for a weight below 0, or for a score that is subtracted instead of 1 − score.")

  fileprivate static let undividedWeights = Words(
    meaning:
      "Weights are multiplied in and not divided out, so the headline is as many times as large as their mean and compares with no other weighting.",
    test:
      "The chain has `times:`, and makes of a loss that is 1 everywhere less than ½ or more than 2 times what it makes without weights.",
    remedy: "Write `by:` instead of `times:`, or scale the weights to a mean of 1.")

  fileprivate static let cancellingWeights = Words(
    meaning:
      "Weights were given and have no effect, or have none in some of the batches or images.",
    test:
      "The headline is the same without them to 12 digits; or a step that divides by the weights has groups in which one class only is true, and there divides out that class's.",
    remedy:
      "Weigh in the step that takes the pixels, over all images at once; or look at what was given, if all weights are alike."
  )

  fileprivate static let pooledClasses = Words(
    meaning:
      "The classes' pixels are added up before the score, in which large classes are all that is seen.",
    test:
      "The chain pools `class`, the smallest class has less than half of an even share of the truth, and averaging over classes moves the score by more than ε.",
    remedy: "Take the score class by class and average then (the chain is given).")

  fileprivate static let emptyClasses = Words(
    meaning:
      "Scores that do not exist, because a class is not there, move the headline by how they are counted.",
    test:
      "Left out, counted as 0 and counted as 1 they make headlines more than ε apart; of a loss, what `else` counts moves it by more than ε.",
    remedy: "Say the rule wherever the number is quoted, or leave them out.")

  fileprivate static let oneSided = Words(
    meaning:
      "Images in which only the truth or only the prediction has a class have no distance between boundaries, and a mean leaves them out: a class that is missed can look better than one that is found.",
    test:
      "There is such an image, and a distance was asked for that does not say what it counts (`one_empty`).",
    remedy:
      "Give it a number, as the length of the image's diagonal, or look at `nsd`, which is 0 there."
  )
}

// MARK: - What the headline hides

extension Words {
  fileprivate static let revealing = Words(
    meaning: "Other reductions that do show a class which the headline hides or mutes.",
    test:
      "The verdict is made again for a fixed family. Of a loss: own and other pixels alike, classes last, by inverse prevalence, the sum over classes, the worst class, the worst 5 % of images. Of the IoU: all images together (mIoU^D), by image (mIoU^I), by class over its images (mIoU^C), the worst class, the worst 5 % of images. Those by which the class is EXPOSED are named, the first with its chain.",
    remedy: "Add that chain under reduce and watch it.")

  fileprivate static let smallestEdit = Words(
    meaning:
      "The smallest change of the headline's own chain that shows a class which it hides or mutes.",
    test:
      "All chains one step away are tried: neighbouring steps swapped, another weight, another operation, the score or the classes taken elsewhere; then all that are two away. The first by which the class is EXPOSED is given.",
    remedy: "Take the chain that is given as the headline.")

  fileprivate static let audibility = Words(
    meaning:
      "The most that the headline could ever add for a class, known from the truth alone, before any training.",
    test:
      "A = W⁺ · M: the weight of the class's own pixels times what a loss charges for missing one at full confidence (16.118 in Keras, 15.42 where ε is added once more, 100 in PyTorch). A < ε: inaudible by construction. Of a class that is hidden or muted with A ≥ ε it is said how many of its pixels can be missed so: ε / A.",
    remedy:
      "Give a class's own pixels the same weight as all others (`by: balanced`, or classes last).")
}

// MARK: - How much the images say

extension Words {
  fileprivate static let sequences = Words(
    meaning:
      "Images are frames of one sequence, or are alike for another reason, and no group says so: they say less than as many independent images, and all intervals are too narrow.",
    test:
      "In the order of the names (numbers as numbers) the ranks of the images' IoU, on average over the classes or of one class, correlate from one image to the next, by more than chance has in 1 of 1,000 runs, and one image in 1.3 or fewer is independent. Needs 20 images and no `group:`.",
    remedy:
      "Let the paths name the sequence, and write `group: sequence` under decode. The intervals with groups by name, where those explain it, or else with long stretches of neighbours, are given."
  )
}

// MARK: - Inside a class

extension Words {
  fileprivate static let pulledDown = Words(
    meaning:
      "A failing class is missed, and the gradient of the headline pulls its logit down all the same: its own pixels are too few for all the others.",
    test:
      "At least half of its pixels are missed, and Σ ∂L/∂z over all pixels is above 0, L being the headline and z the class's logit.",
    remedy:
      "Give its own pixels more weight in training; the finding says how many times. A model that was trained with a weight stays near that weight, so compare it with yours, and look at the threshold."
  )

  fileprivate static let unheard = Words(
    meaning: "The headline hides or mutes a failing class, and its gradient does too.",
    test:
      "Added up over all pixels, the size of ∂L/∂z of the class is less than half of an even share among the classes, L being the headline and z the logits.",
    remedy: "Give the class more weight in training; the finding says how many times.")

  fileprivate static let polarity = Words(
    meaning: "Whether a failing class is missed, or invented where it is not.",
    test:
      "Of a loss, one of its means on own pixels and on all others is at least 3 times the other; of a score, whichever is larger, the share of its pixels that is missed or of what is predicted as it that is wrong.",
    remedy:
      "Missed: give its own pixels more weight in training. Invented: look at where it is predicted."
  )

  fileprivate static let slices = Words(
    meaning:
      "The mean of a score over the slices of volumes is another number than its mean over the volumes.",
    test:
      "Slices were counted (`tile: slice`), and the first score of `measure` differs by more than 0.02 for a class.",
    remedy:
      "Say of a number which of the two it is before it is compared: frameworks and papers print either."
  )

  fileprivate static let takenFor = Words(
    meaning: "Which other class a failing class is taken for.",
    test:
      "Classes exclude each other, and more than half of the class's true pixels are predicted as one other class.",
    remedy:
      "Look whether the two are one thing, or exchanged in the labels; if not, they are what the model cannot tell apart."
  )

  fileprivate static let missedImages = Words(
    meaning: "In how many of its images a failing class was found at all.",
    test: "In one image or more, of at least two that have it, none of its pixels is found.",
    remedy: "Look at the images that are named: there most is missed.")

  fileprivate static let concentration = Words(
    meaning:
      "A failing class is missed in a few groups, tiles or images, and not everywhere alike.",
    test:
      "Half of the missed pixels lie in at most a quarter of the places that have the class (4 at least), and these hold at least 1¼ times as large a part of the missed pixels as of the class.",
    remedy: "Look at those before the model as a whole.")

  fileprivate static let border = Words(
    meaning: "Whether what is wrong of a failing class is its outline, or whole parts of it.",
    test:
      "Of its missed pixels and of those taken for it, at least 80 % lie within the border's band, or at most 20 %; the band has at most half of the class's own pixels. Needs `border:`, the width of the band to either side in pixels.",
    remedy:
      "At the border: look at the resolution and at how outlines are labelled. Elsewhere: look at what is missed as a whole."
  )

  fileprivate static let size = Words(
    meaning:
      "Whether a failing class is missed where there is little of it, or where there is much.",
    test:
      "The images that have it, at least 9, are cut into thirds by its area; the shares of its pixels that are found differ by 0.15 or more.",
    remedy:
      "Little is missed more: a higher resolution, or crops around it, in training. Much is missed more: look at the largest ones, which may be labelled otherwise."
  )

  fileprivate static let threshold = Words(
    meaning: "The threshold at which a class's IoU would be best, or that none would help.",
    test:
      "Over all levels of the plane the best IoU is above the run's own by more than 0.02, of any class; of a failing class also where it is not. Needs 8-bit planes or `curves: true`.",
    remedy:
      "Cut its probability there when masks are made, and check the threshold on other images; where none helps it has to be learnt better."
  )
}
