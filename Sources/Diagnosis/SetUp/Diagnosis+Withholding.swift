internal import Core

extension Diagnosis {
  /// The same numbers without any verdict, where the set-up is wrong.
  package var withoutVerdicts: Diagnosis {
    var diagnosis = self
    for c in classes.indices {
      diagnosis.classes[c].verdict = nil
      diagnosis.classes[c].tendency = nil
      if classes[c].overlap.truth > 0 { diagnosis.classes[c].state = .wrongSetUp }
    }
    return diagnosis
  }
}
