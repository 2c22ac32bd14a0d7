internal import Configuration
internal import Core
internal import Counting
internal import Decoding
internal import Diagnosis
internal import Raster
internal import Reports
internal import Tables

/// The images in which each class is worst, kept while all others go: of 100,000 images the paths alone
/// take a tenth of the memory.
struct WorstPlaces {
  /// One list a class, the worst first.
  private let files: [[Spot]]
  /// The first image, to look at where the set-up is wrong.
  private let first: ImageFiles?

  /// An image and, of a volume whose slices were counted, the one in which the class is worst.
  private struct Spot {
    var image: ImageFiles
    var slice: Int?
  }
  /// Whether there are volumes of which it is not known in which slice a class is worst.
  private let hasUncutVolumes: Bool
  private let rules: DecodeRules
  private let file: PipelineFile
  private let scheme: Scheme

  init(of plan: Plan, in evidence: Evidence) {
    rules = plan.rules
    file = plan.file
    scheme = plan.scheme
    let names = evidence.classes.names.indices.map { Report.worst(evidence.images, $0) }
    let looked = evidence.images.first?.name
    let wanted = Set(names.joined() + [looked].compactMap(\.self))
    let byName = Dictionary(
      plan.images.lazy.filter { wanted.contains($0.name) }.map { ($0.name, $0) }
    ) { first, _ in first }
    first = looked.flatMap { byName[$0] }
    let isCut = plan.scheme.tile == .slices
    hasUncutVolumes = !isCut && evidence.images.contains { $0.slices > 1 }
    let slices = isCut ? evidence.slicesWhereWorst(names) : [:]
    files = names.enumerated().map { c, names in
      names.compactMap { name in
        byName[name].map { Spot(image: $0, slice: slices[name]?[c]) }
      }
    }
  }

  /// Pictures of the classes that fail; of a wrong set-up, truth and prediction of one image.
  ///
  /// - Parameter report: says which they are.
  func pictures(for report: Report) -> (pictures: [Report.ClassPicture], notes: [String]) {
    if report.setUp.withholdVerdict {
      // Whatever it is that cannot be drawn has been said already.
      return ([try? setUpPicture()].compactMap(\.self).compactMap(\.self), [])
    }
    guard !hasUncutVolumes else {
      return (
        [],
        [
          "no picture is drawn of volumes unless their slices are counted: tile: slice, and a chain that names tile"
        ]
      )
    }
    var pictures: [Report.ClassPicture] = []
    var notes: [String] = []
    for (rank, found) in report.headline.poorClasses.prefix(Report.shownClasses).enumerated() {
      guard let c = report.headline.classes.firstIndex(where: { $0.name == found.name }) else {
        continue
      }
      for (place, spot) in files[c].enumerated() {
        let image = spot.image
        do throws(Problem) {
          guard let drawn = try picture(of: c, in: spot, report) else { continue }
          pictures.append(
            Report.ClassPicture(
              name: Report.ClassPicture.name(rank, place), className: found.name,
              image: image.name, slice: drawn.slice, bytes: drawn.bytes, width: drawn.width,
              height: drawn.height,
              rows: drawn.place.rows, columns: drawn.place.columns, white: drawn.white,
              hasIgnored: drawn.hasIgnored, isPredicted: drawn.isPredicted))
        } catch {
          notes.append("image \(image.name) could not be drawn: \(error.what)")
        }
      }
    }
    return (pictures, notes)
  }

  private func setUpPicture() throws(Problem) -> Report.ClassPicture? {
    guard let first else { return nil }
    var opened = try OpenedImage(first, by: rules)
    let slice = opened.slices / 2
    let pair = try opened.pair(slice: slice)
    var counter = Counter(for: try Needs(scheme))
    var truth = [Int?](repeating: nil, count: pair.pixels)
    var standings = [UInt8](repeating: 0, count: pair.pixels)
    for c in file.decode.classes.names.indices.reversed() {
      var span = standings.mutableSpan
      pair.truth.write(0..<pair.pixels, class: c, into: &span, at: 0)
      for pixel in standings.indices where standings[pixel] == Standing.own { truth[pixel] = c }
    }
    let canvas = SetUpDrawing(
      width: pair.width, height: pair.height, truth: truth,
      predicted: try counter.predictedClasses(on: pair)
    ).canvas
    return Report.ClassPicture(
      name: Report.ClassPicture.setUpName, className: "", image: first.name,
      slice: opened.slices > 1 ? slice : nil,
      bytes: try palettePNG(canvas, colors: SetUpDrawing.palette), width: canvas.width,
      height: canvas.height, rows: 0..<pair.height, columns: 0..<pair.width, white: nil,
      hasIgnored: false, isPredicted: true)
  }

  private struct Drawn {
    var bytes: [UInt8]
    var width: Int
    var height: Int
    var place: Place
    var white: Double?
    var hasIgnored: Bool
    var isPredicted: Bool
    var slice: Int?
  }

  private func picture(of c: Int, in spot: Spot, _ report: Report) throws(Problem) -> Drawn? {
    let image = spot.image
    var opened = try OpenedImage(image, by: rules)
    let slice = spot.slice ?? 0
    let pair = try opened.pair(slice: slice)
    let (width, height) = (pair.width, pair.height)
    var standings = [UInt8](repeating: 0, count: pair.pixels)
    var span = standings.mutableSpan
    pair.truth.write(0..<pair.pixels, class: c, into: &span, at: 0)
    let isTrue = standings.map { $0 == Standing.own }
    var counter = Counter(for: try Needs(scheme))
    let isPredicted = try counter.predicted(c, on: pair)
    let isThere = zip(isTrue, isPredicted).map { $0 || $1 }
    guard let place = Place(of: isThere, width: width, height: height) else { return nil }
    let drawing = PlaceDrawing(
      width: width, place: place, background: try background(of: pair, image.picture),
      isTrue: isTrue, isPredicted: isPredicted,
      isIgnored: standings.map { $0 == Standing.ignored },
      losses: try losses(of: c, on: pair, report))
    let canvas = drawing.canvas
    return Drawn(
      bytes: try palettePNG(canvas, colors: PlaceColors.palette), width: canvas.width,
      height: canvas.height, place: place, white: drawing.white, hasIgnored: drawing.hasIgnored,
      isPredicted: isPredicted.contains(true), slice: opened.slices > 1 ? slice : nil)
  }

  /// Of the headline's own loss, where it has a value at a pixel.
  private func losses(
    of c: Int, on pair: ImagePair, _ report: Report
  ) throws(Problem) -> [Double]? {
    let measure = report.headline.headline.leading.measure
    guard measure.isElementwise, file.decode.kind != .labels, !file.decode.hasShares else {
      return nil
    }
    let map = try LossMap(
      of: measure, over: pair, class: c, areClassesExclusive: file.decode.isExclusive)
    guard map.judgesClassesApart else {
      return try LossMap(
        of: measure, over: pair, areClassesExclusive: file.decode.isExclusive
      ).pixelLosses
    }
    return map.planes[0]
  }

  /// The picture itself, or the classes of the truth in grey.
  private func background(of pair: ImagePair, _ picture: String?) throws(Problem) -> [UInt8] {
    if let picture { return try grayLevels(ofPNG: picture, width: pair.width, height: pair.height) }
    let count = file.decode.classes.count
    var levels = [UInt8](repeating: 255, count: pair.pixels)
    var standings = [UInt8](repeating: 0, count: pair.pixels)
    for c in (0..<count).reversed() {
      var span = standings.mutableSpan
      pair.truth.write(0..<pair.pixels, class: c, into: &span, at: 0)
      let level = UInt8(count > 1 ? 40 + 200 * c / (count - 1) : 140)
      for pixel in levels.indices where standings[pixel] == Standing.own { levels[pixel] = level }
    }
    return levels
  }
}

extension Evidence {
  /// For each of these images, of each class the slice with most wrong pixels.
  fileprivate func slicesWhereWorst(_ names: [[String]]) -> [String: [Int]] {
    let wanted = Set(names.joined())
    var slices: [String: [Int]] = [:]
    for image in images where wanted.contains(image.name) && image.slices > 1 {
      slices[image.name] = names.indices.map { c in
        let wrong = image.tiles.map { tile in
          tile.classes[c].overlap.onlyTrue + tile.classes[c].overlap.onlyPredicted
        }
        // Of equal ones the first.
        return wrong.firstIndex(of: wrong.max() ?? 0) ?? 0
      }
    }
    return slices
  }
}
