import Core
import Raster

/// How safetensors names a kind of number: its README, "Format", and `Dtype` of its reader's `tensor.rs`,
/// versions 0.4 to 0.8.
struct SafetensorsType: Hashable {
  var name: String
  /// Of one number; some kinds have less than a byte.
  var bits: Int
  /// What it is read as; `nil` for a kind that is not read.
  private var kind: Kind?

  struct Kind: Hashable {
    var element: Plane.Element
    var narrow: NarrowFloat?
  }

  /// - Returns: `nil` for a name that the format does not have.
  init?(_ name: String) {
    switch name {
    case "BOOL": self.init(name, .b1)
    case "U8": self.init(name, .u1)
    case "I8": self.init(name, .i1)
    case "U16": self.init(name, .u2)
    case "I16": self.init(name, .i2)
    case "U32": self.init(name, .u4)
    case "I32": self.init(name, .i4)
    case "U64": self.init(name, .u8)
    case "I64": self.init(name, .i8)
    case "F16": self.init(name, .f2)
    case "F32": self.init(name, .f4)
    case "F64": self.init(name, .f8)
    case "BF16": self.init(name, .u2, .bfloat16)
    case "F8_E4M3": self.init(name, .u1, .float8E4M3FN)
    case "F8_E5M2": self.init(name, .u1, .float8E5M2)
    case "F8_E4M3FNUZ": self.init(name, .u1, .float8E4M3FNUZ)
    case "F8_E5M2FNUZ": self.init(name, .u1, .float8E5M2FNUZ)
    case "F4": self.init(name, bits: 4)
    case "F6_E2M3", "F6_E3M2": self.init(name, bits: 6)
    case "F8_E8M0": self.init(name, bits: 8)
    case "C64": self.init(name, bits: 64)
    default: return nil
    }
  }

  private init(_ name: String, _ element: Plane.Element, _ narrow: NarrowFloat? = nil) {
    self.name = name
    bits = element.size * 8
    kind = Kind(element: element, narrow: narrow)
  }

  private init(_ name: String, bits: Int) {
    self.name = name
    self.bits = bits
  }

  /// - Throws: Problem: it is not read.
  func read() throws(Problem) -> Kind {
    guard let kind else {
      throw Problem(
        "holds numbers of the type \(name), which is not read",
        remedy: name == "C64"
          ? "save their real part, x.real"
          : "save it as float32, for example with x.to(torch.float32)")
    }
    return kind
  }
}
