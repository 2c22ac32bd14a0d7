internal import CFuzzer
package import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A reader that is fed with bytes which libFuzzer makes up. Its program takes libFuzzer's arguments.
package protocol Fuzzing {
  /// Reads `input` and claims what must hold of any input.
  static func read(_ input: [UInt8])

  /// The longest input, in bytes: the shorter, the more of them.
  static var longest: Int { get }
}

extension Fuzzing {
  package static func main() {
    unsafe reading = read
    let arguments = CommandLine.arguments + ["-max_len=\(longest)"]
    var count = CInt(arguments.count)
    // libFuzzer keeps them as long as it runs.
    var texts = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let code = unsafe texts.withUnsafeMutableBufferPointer { texts in
      var start = texts.baseAddress
      return unsafe LLVMFuzzerRunDriver(&count, &start) { start, count in
        unsafe reading([UInt8](UnsafeBufferPointer(start: start, count: count)))
        return 0
      }
    }
    exit(code)
  }
}

/// A function of C carries nothing with it, so what it calls stands here. Set once, before all reading.
nonisolated(unsafe) private var reading: ([UInt8]) -> Void = { _ in }

/// Ends the process where `holds` is false; libFuzzer then keeps the input. Unlike a precondition it says
/// what was wrong in an optimised build, too.
package func claim(
  _ holds: Bool, _ otherwise: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !holds { fatalError(otherwise(), file: file, line: line) }
}

/// What `body` returns, or the problem it throws, which must be fit to be shown.
package func attempt<Value>(_ body: () throws(Problem) -> Value) -> Result<Value, Problem> {
  do throws(Problem) {
    return .success(try body())
  } catch {
    claimIsFit(error)
    return .failure(error)
  }
}

/// That a problem says something, says it in the lines that are its own, and does not blame the program.
private func claimIsFit(_ problem: Problem) {
  let text = problem.description
  claim(!problem.what.isEmpty, "a problem that says nothing")
  claim(!problem.remedy.isEmpty, "no remedy: \(text)")
  claim(!text.contains("fault of the program"), text)
  claim(text.utf8.count < 1 << 16, "a message of \(text.utf8.count) bytes")
  let breaks = text.unicodeScalars.filter { $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) }
  claim(
    breaks.count == 1 + 2 * problem.others.count && breaks.allSatisfy { $0 == "\n" },
    "control characters: \(printable(text))")
}

extension Result {
  package var value: Success? { if case .success(let value) = self { value } else { nil } }
}
