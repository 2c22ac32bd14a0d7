internal import Core
internal import Counting
internal import Diagnosis
package import Pages
internal import Tables

/// What training hears of each class: what a gradient is here, and a finished run's.
package struct GradientAccount {
  private let run: FinishedRun?

  package init(of run: FinishedRun?) { self.run = run }

  /// - Throws: Problem: why the run's headline has no gradient that is known.
  package var page: Page {
    get throws(Problem) {
      guard let run else { return [.title("What training hears of each class")] + what }
      let diagnosis = run.diagnosis
      let gradient = try Gradient(of: diagnosis.headline, on: run.measurements)
      let sentences = diagnosis.classes.indices.compactMap {
        diagnosis.gradientSentence(of: $0, in: gradient)
      }
      return [
        .title("What training by \(diagnosis.headline.code) hears of each class"),
        .table(diagnosis.gradientTable(gradient)),
      ] + sentences.map(Block.paragraph) + curves(of: diagnosis, gradient)
        + [.section("What that is", what)]
    }
  }

  private var what: [Block] {
    [
      .paragraph(
        "L is the one number that the headline's chain leaves, z the logit of a class at a pixel, and ∂L/∂z how L changes with it. A step of gradient descent moves z against it. It follows from the saved probabilities and the truth: p − t for binary cross-entropy, weighted as the chain weighs the pixel."
      ),
      .paragraph(
        "Own pixels pull a class's logit up, and all others pull it down. `net` is their sum, in the last layer's bias: above 0 the next step lowers the class on the whole. Near 0 a model is where this loss wants it, whether it finds the class or not: the pull says where the mean of p goes, not whether the class can be told apart."
      ),
      .list([
        "TensorFlow: where a sigmoid or softmax is the last operation, Keras takes the logits, and nothing is clipped. With an operation or a cast after it (Reshape, mixed_float16) p is clipped first, and the gradient is 0 at a p within 1e-7 of 0 or 1 (Keras 3.15.1).",
        "PyTorch: BCEWithLogitsLoss and cross_entropy are of logits. BCELoss behind a sigmoid, and Keras on PyTorch, have no gradient where p is exactly 0 or 1 (2.x, and 3.15.1).",
        "Softmax: at a pixel of no class TensorFlow's kernel still pulls all classes down; PyTorch does not (Keras 3.15.1 on both). Here such a pixel is not heard.",
      ]),
    ]
  }

  /// From weight to weight, of each class that the headline does not show.
  private func curves(of diagnosis: Diagnosis, _ gradient: Gradient) -> [Block] {
    let unseen = diagnosis.classes.indices.filter {
      diagnosis.classes[$0].verdict == .hidden || diagnosis.classes[$0].verdict == .muted
    }
    return unseen.prefix(5).map { c in
      var table = Table([
        "its weight times", "verdict", "share of what the headline could gain",
        "reach ÷ scale", "share of the gradient",
      ])
      for point in gradient.hearingWeight(of: c, in: diagnosis).curve {
        table.add([
          "\(exact: point.factor)", "\(text: point.verdict?.rawValue ?? "–")",
          "\(percent: point.headroomShare)", "\(percent: point.reachShare)",
          "\(percent: point.gradientShare)",
        ])
      }
      return .section("The weight of \(name: diagnosis.classes[c].name)", [.table(table)])
    }
  }
}
