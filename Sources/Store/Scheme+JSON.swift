import Core
import Foundation

extension Scheme {
  /// The same scheme is the same text.
  var json: String {
    get throws(Problem) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      do {
        return String(decoding: try encoder.encode(self), as: UTF8.self)
      } catch {
        throw Problem(
          "cannot keep how it was counted: \(error)", remedy: "this is a fault of the program")
      }
    }
  }

  /// - Throws: that the text is no scheme, or one that no run can have.
  init(json: String) throws(Problem) {
    do {
      self = try JSONDecoder().decode(Scheme.self, from: Data(json.utf8))
    } catch {
      throw .damaged("how it was counted cannot be read")
    }
    guard classes.count <= ClassList.most else { throw .damaged("too many classes") }
  }
}
