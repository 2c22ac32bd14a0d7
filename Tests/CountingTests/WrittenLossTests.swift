import Core
import Counting
import Foundation
import TestSupport
import Testing

@Suite("Losses that a configuration writes down")
struct WrittenLossTests {
  private func loss(
    _ text: String, _ parameters: [String: Double] = [:], clip: Double? = nil,
    weights: [Double]? = nil, classes: Int = 1
  ) throws -> any SeparableLoss {
    let measure = try Measure(
      written: WrittenFormula(text, clip: clip, weights: weights, classes: classes),
      called: "written", parameters: parameters)
    guard case .separable(let loss) = measure.form else { throw Missing() }
    return loss
  }

  private struct Missing: Error {}

  @Test(
    "have the values that are written",
    arguments: [
      ("1 + 2*3", 7.0), ("(1 + 2)*3", 9), ("-2^2", -4), ("2^3^2", 512), ("2^-1", 0.5),
      ("1 - 2 - 3", -4), ("8/4/2", 1), ("--3", 3), ("1e-2*100", 1), ("abs(-3)", 3),
      ("min(3, 1, 2)", 1), ("max(3, 7, 2)", 7), ("clip(5, 0, 1)", 1), ("if(1 < 2, 3, 4)", 3),
      ("if(2 <= 1, 3, 4)", 4), ("1 == 1", 1), ("1 != 1", 0), ("3 > 2", 1), ("2**3*1", 8),
      ("sqrt(16)", 4), ("log(1)", 0), ("exp(0)", 1), ("sigmoid(0)", 0.5), ("pow(2, 10)", 1024),
      ("pow(-2, 3)", -8), ("softplus(-1000)", 0), ("softplus(1000)", 1000), ("g*2", 3),
    ])
  func values(text: String, value: Double) throws {
    let found = try self.value(of: text, at: 0.25, .one)
    #expect(abs(found - value) <= max(1e-14 * abs(value), 1e-300))
  }

  @Test("have none where mathematics has none")
  func undefined() throws {
    #expect(try value(of: "log(p - 0.5)", at: 0.5, .one) == -.infinity)
    #expect(try value(of: "log(p - 1)", at: 0.5, .one).isNaN)
    #expect(try value(of: "sqrt(p - 1)", at: 0.5, .one).isNaN)
    #expect(try value(of: "(p - 1)^0.3", at: 0.5, .one).isNaN)
    #expect(try value(of: "exp(p*2000)", at: 0.5, .one) == .infinity)
    // What is multiplied by t is not there where t is 0.
    #expect(try value(of: "-t*log(p)", at: 0, .zero) == 0)
  }

  private func value(of text: String, at p: Double, _ t: Lanes) throws -> Double {
    let written = try loss(text, ["g": 1.5])
    return written(Probability(Lanes(repeating: p)), t)[0]
  }

  /// 10,000 formulas that nobody would write, at eight pixels each, with both truths.
  @Test("are what a second, plain reader makes of them", arguments: 0..<10)
  func random(part: Int) throws {
    var writer = FormulaWriter(generator: SeededGenerator(seed: UInt64(part)))
    var compared = 0
    for _ in 0..<1000 {
      let text = writer.formula(depth: 5)
      guard text.count <= 3000 else { continue }
      let weight = 2.5
      let loss = try loss(text, ["gamma": 1.5], weights: [weight])
      var z = Lanes.zero
      for lane in 0..<8 { z[lane] = Double.random(in: -6...6, using: &writer.generator) }
      let x = Probability(sigmoidOf: z, precision: .double)
      let found = loss(logit: z, x, .one)
      for lane in 0..<8 {
        let names = ["p": x.p[lane], "x": z[lane], "w": weight, "t": 1, "gamma": 1.5]
        let expected = PlainReader.value(of: text, names)
        guard expected.isFinite, abs(expected) < 1e12 else { continue }
        compared += 1
        #expect(
          abs(found[lane] - expected) <= 1e-9 * max(1, abs(expected)),
          "\(text) at p = \(x.p[lane]): \(found[lane]) for \(expected)")
      }
    }
    #expect(compared > 5000)
  }

  /// Where differences from the left and from the right agree, which at kinks they do not.
  @Test("have the slopes that differences show", arguments: 0..<10)
  func derivatives(part: Int) throws {
    var writer = FormulaWriter(generator: SeededGenerator(seed: UInt64(100 + part)))
    var compared = 0
    for _ in 0..<1000 {
      let text = writer.formula(depth: 4)
      // The slope takes the logit of p, which is the one that was drawn.
      guard text.count <= 2000, let loss = try? loss(text, ["gamma": 1.5], weights: [2.5]) else {
        continue
      }
      let z = Double.random(in: -4...4, using: &writer.generator)
      func value(_ z: Double) -> Double {
        let p = 1 / (1 + exp(-z))
        return PlainReader.value(of: text, ["p": p, "x": z, "w": 2.5, "t": 1, "gamma": 1.5])
      }
      let step = 1e-5
      let (left, right) = ((value(z) - value(z - step)) / step, (value(z + step) - value(z)) / step)
      let size = max(1, abs(left), abs(value(z)))
      guard left.isFinite, right.isFinite, size < 1e4, abs(left - right) < 1e-3 * size else {
        continue
      }
      compared += 1
      let x = Probability(sigmoidOf: Lanes(repeating: z), precision: .double)
      let found = loss.slope(x, .one)[0]
      let central = (value(z + step) - value(z - step)) / (2 * step)
      #expect(
        abs(found - central) <= 1e-4 * size, "\(text) at z = \(z): \(found) for \(central)")
    }
    #expect(compared > 500)
  }

  struct Twin: Sendable {
    var name: String
    var given: [String: Double] = [:]
    var text: String
    var clip: Double?
    var parameters: [String: Double] = [:]
  }

  static let twins = [
    Twin(name: "bce", text: "-(t*log(p) + (1-t)*log(1-p))", clip: 1e-7),
    Twin(
      name: "bce", given: ["label_smoothing": 0.1],
      text: "-((t*(1-s) + s/2)*log(p) + (1 - t*(1-s) - s/2)*log(1-p))", clip: 1e-7,
      parameters: ["s": 0.1]),
    Twin(
      name: "focal",
      text: "-(t*(1-p)^2*log(clip(p, 1e-7, 1)) + (1-t)*p^2*log(max(1-p, 1.1920929e-7)))"),
    Twin(
      name: "focal", given: ["gamma": 3, "alpha": 0.25],
      text: "-(a*t*(1-p)^g*log(max(p, 1e-7)) + (1-a)*(1-t)*p^g*log(max(1-p, 1.1920929e-7)))",
      parameters: ["a": 0.25, "g": 3]),
    Twin(name: "mse", text: "(t - p)^2"),
    Twin(name: "mae", text: "abs(t - p)"),
    Twin(
      name: "torch-bce",
      text: "-(t*max(log(max(p, 1e-300)), -100) + (1-t)*max(log(max(-p + 1, 1e-300)), -100))"),
  ]

  /// The losses of the catalogue, written down, over a block of floats and at the levels of planes.
  @Test("are the kernels of the same losses", arguments: twins)
  func kernels(twin: Twin) throws {
    let measure = try #require(Catalogue.definition(named: twin.name))
      .measure(given: twin.given, areClassesExclusive: false)
    guard case .separable(let kernel) = measure.form else { throw Missing() }
    let written = try loss(twin.text, twin.parameters, clip: twin.clip)
    for top in [255, 65535] {
      let (own, other) = kernel.levels(top: top)
      let (ownWritten, otherWritten) = written.levels(top: top)
      for level in stride(from: 0, through: top, by: top == 255 ? 1 : 17) {
        #expect(isNear(ownWritten[level], own[level]), "t = 1, level \(level) of \(top)")
        #expect(isNear(otherWritten[level], other[level]), "t = 0, level \(level) of \(top)")
      }
    }
    // Slopes are of what is not clipped by the key; those that the text clips have other limits.
    guard twin.clip != nil || twin.name == "mse" else { return }
    for level in stride(from: 1, through: 254, by: 11) {
      let x = Probability(Lanes(repeating: Double(level) / 255))
      for t in [Lanes.zero, .one] {
        #expect(isNear(written.slope(x, t)[0], kernel.slope(x, t)[0]))
      }
    }
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-6 * max(abs(b), 1e-6) }

  @Test(
    "slopes at p of 0 and 1 are limits, of whatever form; what the formula clips, and what has none, is 0",
    arguments: [
      ("-(t*log(p) + (1-t)*log(1-p))", 1.0, 1.0), ("-log(1-abs(t-p))", 1, 1),
      ("-log(1-(t-p)^2)", 1, 1), ("-log(1-max(t-p,p-t))", 1, 1), ("-t*log(1-(1-p))", 1, 0),
      ("-(1-t)*log(2-(p+1))", 0, 1), ("-(1-t)*log(1-sqrt(p))", 0, 1),
      ("t*min(-log(p), 100) + (1-t)*min(-log(1-p), 100)", 0, 0), ("-t*log(max(p, 1e-7))", 0, 0),
      ("t*log(p)^2", 0, 0), ("t*(1/p - 1)", 0, 0), ("(t-p)^2", 0, 0),
    ])
  func limits(text: String, own: Double, other: Double) throws {
    let slope = try loss(text).slopeOfSaturated
    #expect(abs(slope.own - own) < 1e-8)
    #expect(abs(slope.other - other) < 1e-8)
  }

  @Test("weights and the class's place make a loss of each class")
  func classes() throws {
    let loss = try loss("-w*(c+1)*log(p)", weights: [1, 10, 100], classes: 3)
    let x = Probability(Lanes(repeating: 0.5))
    for c in 0..<3 {
      #expect(
        abs(loss.ofClass(c)(x, .one)[0] - pow(10, Double(c)) * Double(c + 1) * log(2)) < 1e-9)
    }
  }

  @Test("the best constant of several valleys is the lowest")
  func valleys() throws {
    // Valleys at 0.2 and 0.9, the second deeper.
    let loss = try loss("min((p - 0.2)^2, (p - 0.9)^2 - 0.1)")
    #expect(!loss.hasOneValley)
    #expect(abs(loss.bestConstant(own: 1, other: 1) - 0.9) < 1e-6)
    #expect(try self.loss("(t - p)^2").hasOneValley)
  }

  @Test("that are of the true class alone have no terms elsewhere")
  func trueClass() throws {
    let loss = try loss("-log(q)")
    #expect(loss.terms == .ownPixels)
    let x = Probability(Lanes(repeating: 0.25))
    #expect(abs(loss(x, .one)[0] - log(4)) < 1e-12)
    #expect(loss(x, .zero)[0] == 0)
  }
}
