internal import Core
internal import Decoding
package import Pages

extension Tree {
  /// What `unmask inspect` says of a directory: the forms of its files, and a few looked into.
  package var page: Page {
    guard !forms.isEmpty else {
      return [
        .section(
          "\(name: root)",
          [.paragraph("no \(text: FileFormat.listing) file lies here\(others.listing)")])
      ]
    }
    var table = Table(["path", "files", "images", "what is in a few"], textColumns: 1)
    table.columns[3].alignment = .left
    for form in largestForms {
      let images: Line = form.single == nil ? "\(count: form.images.count)" : ""
      table.add([
        .code(form.single ?? form.pattern), "\(count: form.files.count)", images, form.summary,
      ])
    }
    return [
      .section(
        "\(name: root)",
        [.table(table)] + (others.isEmpty ? [] : [.paragraph("besides\(others.listing)")])),
      .paragraph(
        "`unmask inspect FILE` says more of one file, and `unmask init` writes a pipeline.yml."),
    ]
  }
}

extension Tree {
  /// Those whose files are not all part of a form before.
  private var largestForms: [FileForm] {
    var seen: Set<String> = []
    return forms.filter { form in
      let paths = form.files.map(\.path)
      defer { seen.formUnion(paths) }
      return !seen.isSuperset(of: paths)
    }
  }
}

extension [String] {
  /// `: 12 .jpg, 1 .txt`
  fileprivate var listing: Line {
    let counts = Dictionary(grouping: self) { FileName($0).ending }.mapValues(\.count)
    guard !counts.isEmpty else { return "" }
    let most = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return
      ": \(Line(listing: most.map { "\(count: $0.value) \(name: $0.key.isEmpty ? "without ending" : $0.key)" }, most: 6))"
  }
}

extension FileForm {
  /// In a few words, what a few of the files hold.
  fileprivate var summary: Line {
    let looks = samples(4).map { file in Result { () throws(Problem) in try Look(at: file.path) } }
    if case .failure(let problem)? = looks.first(where: { (try? $0.get()) == nil }) {
      return "\(name: problem.what)"
    }
    let members = looks.compactMap { try? $0.get().members.first }
    guard let first = members.first else { return "" }
    let census = members.dropFirst().reduce(first.census) { $0 + $1.census }
    let axes = first.meaning.axes
    let shape: Line =
      axes == "HW"
      ? "" : ", \(text: axes) (\(text: first.shape.map(String.init).joined(separator: ", ")))"
    switch first.meaning.kind {
    case .picture: return "pictures"
    case .colors: return "label maps in colours"
    case .levels: return "probabilities as levels\(shape)"
    case .probabilities, .logits:
      let sum = first.meaning.addsUpToOne ? " that add up to 1" : ""
      let kind = census.areShares ? "probabilities" : "logits"
      return "\(text: kind)\(text: sum)\(shape), \(text: first.type)"
    case .labels, .mask, .masks:
      return
        "\(text: first.type)\(shape): \(census.labels.map { Line(labels: $0) } ?? "many numbers")"
    case .unknown: return "\(text: first.type)\(shape)"
    }
  }
}
