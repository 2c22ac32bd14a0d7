import Core
import Decoding

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Says what the readers make of files, so that other readers can be asked the same: a line of JSON an array.
///
///     numbers [--dtype bfloat16] [--size 640x480] FILE…
///
/// `sha256` is of all numbers in C order, each with its lowest byte first. `--dtype` and `--size` are what a
/// configuration and the other side would say. Ends with 1 where a file is refused, whose line has `error`.
@main
struct Numbers {
  static func main() {
    guard let request = Request(CommandLine.arguments.dropFirst()) else {
      print("usage: numbers [--dtype bfloat16] [--size 640x480] FILE…")
      exit(2)
    }
    var isRefused = false
    for path in request.paths {
      do throws(Problem) {
        try request.read(path) { array in print((["file": .text(path)] + array.json).line) }
      } catch {
        isRefused = true
        print((["file": .text(path), "error": .text(error.description)] as JSON).line)
      }
    }
    exit(isRefused ? 1 : 0)
  }
}

/// The words of the command line.
struct Request {
  var paths: [String] = []
  var dtype: NarrowFloat?
  var size: (width: Int, height: Int)?

  /// `nil` where they mean nothing.
  init?(_ arguments: some Sequence<String>) {
    var words = arguments.makeIterator()
    while let word = words.next() {
      switch word {
      case "--dtype":
        guard let dtype = words.next().flatMap(NarrowFloat.init) else { return nil }
        self.dtype = dtype
      case "--size":
        let lengths = words.next()?.split(separator: "x").compactMap { Int($0) } ?? []
        guard lengths.count == 2 else { return nil }
        size = (lengths[0], lengths[1])
      default: paths.append(word)
      }
    }
    if paths.isEmpty { return nil }
  }
}
