/// What a run saw: each image's integers, and the problems met.
///
/// Everything after decoding and counting is a pure function of this value.
package struct Evidence: Sendable {
  /// How it was counted.
  package var scheme: Scheme
  /// In the order of the run: by name, or as the arrays have them.
  package var images: [ImageEvidence]
  /// Images that could not be used, in the same order.
  package var problems: [ImageProblem]
  /// Images of the run, used or not; the batches are cut from these.
  package var listed: Int
  /// How often each probability occurs, where that was counted.
  package var levels: RunLevels?

  package init(
    scheme: Scheme, images: [ImageEvidence], problems: [ImageProblem], listed: Int,
    levels: RunLevels? = nil
  ) {
    self.scheme = scheme
    self.images = images
    self.problems = problems
    self.listed = listed
    self.levels = levels
  }

  package var classes: ClassList { scheme.classes }

  package var isComplete: Bool { problems.isEmpty }

  /// Why this evidence does not answer what `asked` would count; `nil` where it does.
  package func obstacle(to asked: Scheme) -> Problem? {
    var asked = asked
    // 8-bit planes have their levels counted anyway.
    if levels != nil { asked.levels = false }
    return scheme.obstacle(to: asked)
  }
}

/// One image's contribution.
package struct ImageEvidence: Sendable, Hashable {
  package var name: String
  /// Its place in the run's list, from 0.
  package var index: Int
  /// What the path's `group` captured.
  package var group: String?
  package var width: Int
  package var height: Int
  /// Of a volume, each of width × height; 1 of a picture.
  package var slices: Int
  package var ignored: Int
  /// Pixels predicted as a label that the class list lacks.
  package var unlistedPredictions: Int
  package var tally: Tally
  /// The same for each tile, slice by slice and there row by row, where a chain keeps tiles.
  package var tiles: [Tally]
  /// For 8-bit planes, one histogram a class.
  package var levels: [LevelHistogram]
  /// At most one; none where it would say nothing. A run has up to 100,000 images, and few have any.
  private var seldom: [Seldom] = []

  private struct Seldom: Hashable {
    var remarks = Remarks.zero
    var glance: Glance?
  }

  package init(
    name: String, index: Int, group: String? = nil, width: Int, height: Int, slices: Int = 1,
    ignored: Int = 0,
    unlistedPredictions: Int = 0, remarks: Remarks = Remarks(), tally: Tally, tiles: [Tally] = [],
    levels: [LevelHistogram] = [], glance: Glance? = nil
  ) {
    self.name = name
    self.index = index
    self.group = group
    self.width = width
    self.height = height
    self.slices = slices
    self.ignored = ignored
    self.unlistedPredictions = unlistedPredictions
    self.tally = tally
    self.tiles = tiles
    self.levels = levels
    change {
      $0.remarks = remarks
      $0.glance = glance
    }
  }
}

extension ImageEvidence {
  package var remarks: Remarks {
    get { seldom.first?.remarks ?? .zero }
    set { change { $0.remarks = newValue } }
  }

  /// How its files look, of a few images of the run.
  package var glance: Glance? {
    get { seldom.first?.glance }
    set { change { $0.glance = newValue } }
  }

  private mutating func change(_ body: (inout Seldom) -> Void) {
    var changed = seldom.first ?? Seldom()
    body(&changed)
    seldom = changed == Seldom() ? [] : [changed]
  }
}

/// An image that could not be used, and why.
package struct ImageProblem: Hashable, Codable, Sendable {
  package var image: String
  package var problem: Problem

  package init(image: String, problem: Problem) {
    self.image = image
    self.problem = problem
  }
}
