/// How a real number is kept in one or two bytes, beside IEEE 754's half: by the names of ml_dtypes.
///
/// Each of their values is a `Float` too, so that widening changes none.
package enum NarrowFloat: String, CaseIterable, Codable, Sendable {
  case bfloat16
  case float8E4M3FN = "float8_e4m3fn"
  case float8E5M2 = "float8_e5m2"
  case float8E4M3FNUZ = "float8_e4m3fnuz"
  case float8E5M2FNUZ = "float8_e5m2fnuz"
  case float8E4M3B11FNUZ = "float8_e4m3b11fnuz"
  case float8E4M3 = "float8_e4m3"
  case float8E3M4 = "float8_e3m4"

  /// In bytes.
  package var size: Int { self == .bfloat16 ? 2 : 1 }

  /// Of a float8, what each byte is.
  package var values: [Float] { (0..<256).map { value(of: UInt8($0)) } }

  /// The upper half of a `Float` is a bfloat16.
  @inline(__always)
  package static func bfloat16(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }
}

extension NarrowFloat {
  /// The parts of a float8: README of ml_dtypes, "Specifications of implemented floating point formats";
  /// E4M3FN and E5M2 also in P. Micikevicius et al., "FP8 formats for deep learning" (2022), table 1.
  private struct Parts {
    var mantissaBits: Int
    var bias: Int
    var special = Special.infinityAndNaN
  }

  /// What the bit patterns that are no number stand for.
  private enum Special {
    /// As IEEE 754 has it: the largest exponent is infinity, or NaN where the mantissa is not 0.
    case infinityAndNaN
    /// FN, finite: NaN has all bits but the sign, and there is no infinity.
    case allOnes
    /// FNUZ, with an unsigned zero: NaN has the bits that would be -0, and there is no infinity.
    case negativeZero
  }

  private var parts: Parts {
    switch self {
    case .bfloat16: preconditionFailure("two bytes")
    case .float8E4M3FN: Parts(mantissaBits: 3, bias: 7, special: .allOnes)
    case .float8E5M2: Parts(mantissaBits: 2, bias: 15)
    case .float8E4M3FNUZ: Parts(mantissaBits: 3, bias: 8, special: .negativeZero)
    case .float8E5M2FNUZ: Parts(mantissaBits: 2, bias: 16, special: .negativeZero)
    case .float8E4M3B11FNUZ: Parts(mantissaBits: 3, bias: 11, special: .negativeZero)
    case .float8E4M3: Parts(mantissaBits: 3, bias: 7)
    case .float8E3M4: Parts(mantissaBits: 4, bias: 3)
    }
  }

  private func value(of byte: UInt8) -> Float {
    let parts = parts
    let magnitude = Int(byte & 0x7f)
    let exponent = magnitude >> parts.mantissaBits
    let mantissa = magnitude & (1 << parts.mantissaBits - 1)
    let isLast = exponent == 0x7f >> parts.mantissaBits
    switch parts.special {
    case .infinityAndNaN where isLast && mantissa != 0: return .nan
    case .infinityAndNaN where isLast: return byte < 0x80 ? .infinity : -.infinity
    case .allOnes where magnitude == 0x7f: return .nan
    case .negativeZero where byte == 0x80: return .nan
    default: break
    }
    // Below the least exponent there is no leading 1.
    let digits = exponent == 0 ? mantissa : mantissa | 1 << parts.mantissaBits
    let power = max(1, exponent) - parts.bias - parts.mantissaBits
    let value = Float(sign: .plus, exponent: power, significand: Float(digits))
    return byte < 0x80 ? value : -value
  }
}
