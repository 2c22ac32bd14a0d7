internal import Workloads

/// What Python users have today, given the same files and the same questions.
struct Peers {
  var python: String
  /// The folder of the scripts.
  var scripts: String
  var tool: Tool

  func measure(rounds: Int) throws(Failure) {
    var table = Table()
    for peer in Peer.all {
      try measure(peer, rounds: rounds, into: &table)
    }
    table.close()
  }

  private func measure(_ peer: Peer, rounds: Int, into table: inout Table) throws(Failure) {
    let name = "\(peer.workload.rawValue)/\(peer.name)"
    guard isInstalled(peer.module) else {
      say("left out: \(name), because Python finds no \(peer.module)")
      table.add(Row(name: "ratio \(name) cpu", value: nil, bound: .atLeast(peer.cpu)))
      return
    }
    try expectAgreement(peer, name)
    let pair = try Pair(
      { () throws(Failure) in
        try tool.run(peer.workload.rawValue, jobs: peer.jobs, with: peer.settings)
      },
      { () throws(Failure) in try run(peer) }, rounds: rounds)
    // What a peer imports is not its work: CPU seconds are counted from then on.
    table.add(
      pair.row("\(name) cpu", { $0.cpu - ($0.stages["import"] ?? 0) }, atLeast: peer.cpu))
    table.add(pair.row("\(name) cpu with imports", \.cpu))
    table.add(pair.row("\(name) wall", \.wall, atLeast: peer.wall))
  }

  private func isInstalled(_ module: String) -> Bool {
    let child = Child(
      command: [python, "-c", "import \(module)"], folder: "\(tool.scratch)/import")
    return (try? child.run()) != nil
  }

  private func run(_ peer: Peer) throws(Failure) -> Cost {
    try Child(
      command: [python, "-B", "\(scripts)/\(peer.script)"]
        + ["\(tool.data)/\(peer.workload.rawValue)", "\(tool.scratch)/peer"] + peer.arguments,
      folder: "\(tool.scratch)/peer"
    ).run()
  }

  /// A race between programs that compute different numbers says nothing.
  private func expectAgreement(_ peer: Peer, _ name: String) throws(Failure) {
    _ = try tool.run(peer.workload.rawValue, with: peer.settings)
    _ = try run(peer)
    for line in try Files.text("\(tool.scratch)/peer/result").split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 3, let theirs = Double(words[2]),
        let ours = try Reports.value(of: words[0], by: words[1], in: "\(tool.scratch)/out")
      else { throw Failure("\(name) says '\(line)', of which we have nothing") }
      guard (ours - theirs).magnitude <= 1e-5 * ours.magnitude else {
        throw Failure("\(name): \(words[0]) by \(words[1]) is \(theirs) there and \(ours) here")
      }
      say("agrees \(name): \(words[0]) by \(words[1]) is \(theirs) there and \(ours) here")
    }
  }
}

/// One script, what it needs, and how much more of the machine it is expected to take.
struct Peer {
  var workload: Workload
  var name: String
  var script: String
  var module: String
  /// Ours, for the same number of threads where the row says so.
  var jobs = 2
  var cpu: Double
  var wall: Double?
  /// What the configuration says otherwise.
  var settings: [String] = []
  /// What the script is told beside where the files are.
  var arguments: [String] = []

  /// A loss that is written down.
  private static let ownLoss = [
    #"measure=[{name: own, loss: "-(t*log(p) + (1-t)*log(1-p))", clip: 1e-7}, iou, dice]"#,
    "diagnose.headline.measure=own",
  ]

  /// PNG decoders, the fastest first, each with compiled loops behind it (numba) and one thread.
  private static func compiled(
    _ workload: Workload, _ script: String, bits: String? = nil, cpu: Double
  ) -> [Peer] {
    [("kornia", "kornia_rs"), ("imagecodecs", "imagecodecs"), ("opencv", "cv2")].map {
      name, module in
      Peer(
        workload: workload, name: "\(name)-numba", script: script, module: "numba, \(module)",
        jobs: 1, cpu: cpu, arguments: [name] + (bits.map { [$0] } ?? []))
    }
  }

  static let all =
    compiled(.labels, "labels_compiled.py", cpu: 4.5)
    + compiled(.planes, "planes_compiled.py", bits: "8", cpu: 1.5)
    + compiled(.deepPlanes, "planes_compiled.py", bits: "16", cpu: 1.8)
    + compiled(.frayedLabels, "labels_compiled.py", cpu: 4.5)
    + [
      Peer(
        workload: .array, name: "numba", script: "array_numba.py", module: "numba", jobs: 1,
        cpu: 2.2),
      Peer(
        workload: .labels, name: "pillow-numpy", script: "labels_numpy.py", module: "PIL, numpy",
        cpu: 7),
      Peer(
        workload: .labels, name: "cityscapesscripts", script: "labels_cityscapes.py",
        module: "cityscapesscripts", cpu: 8, wall: 15),
      Peer(
        workload: .planes, name: "pillow-numpy", script: "planes_numpy.py", module: "PIL, numpy",
        cpu: 6),
      Peer(
        workload: .array, name: "numpy", script: "array_numpy.py", module: "numpy", jobs: 1, cpu: 12
      ),
      Peer(
        workload: .array, name: "pytorch", script: "array_torch.py", module: "torch", jobs: 1,
        cpu: 20),
      // The formula alone there, and the whole diagnosis here.
      Peer(
        workload: .array, name: "formula-numba", script: "formula_numba.py", module: "numba",
        jobs: 1,
        cpu: 1.4, settings: ownLoss),
      Peer(
        workload: .array, name: "formula-numpy", script: "formula_numpy.py", module: "numpy",
        jobs: 1,
        cpu: 8, settings: ownLoss),
    ]
}
