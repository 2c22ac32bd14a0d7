import Foundation
import Testing

@Suite("For editors and shells")
struct EditorCommandTests {
  @Test("the schema of the configuration is printed as it is published")
  func schema() throws {
    let published = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/pipeline.schema.json")
    let text = try String(contentsOf: published, encoding: .utf8)
    #expect(try Folder().unmask("schema") == Ending(code: 0, out: text))
  }

  @Test(
    "a script completes commands, configurations and what can be explained",
    arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let ending = try Folder().unmask("completions", shell)
    #expect(ending.code == 0 && ending.error.isEmpty)
    for word in ["unmask", "compare", "timings", "yml", "keras.binary_crossentropy", "hidden"] {
      #expect(ending.out.contains(word), "\(word)")
    }
  }

  @Test("bash reads the script and completes by it")
  func bash() throws {
    let ending = try Folder().shell(
      """
      unmask completions bash > unmask.bash
      bash --norc -c '. ./unmask.bash && complete -p unmask'
      """)
    #expect(ending.code == 0 && ending.error.isEmpty)
    #expect(ending.out.contains("complete") && ending.out.contains("unmask"))
  }

  @Test("another shell is refused with those that there are")
  func unknown() throws {
    let ending = try Folder().unmask("completions", "csh")
    #expect(ending.code == 2)
    #expect(ending.fault.hasPrefix("Error: The value 'csh' is invalid for '<shell>'"))
  }
}
