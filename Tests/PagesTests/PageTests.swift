import Core
import Pages
import Testing

/// One page with everything that a page can have, in each of its forms.
@Suite("A page")
struct PageTests {
  @Test("is Markdown whose names are escaped and whose code is between backticks")
  func markdown() {
    #expect(
      page.markdown == """
        # `bce` hides **a\\_b**

        > [!WARNING]
        > **Incomplete:** 2 of 3 images.
        >
        > * `x.png`: broken
        >
        > and 1 more

        A sentence with 12.5 % and 1,234 pixels.

        first line  
        second line

        ## Classes

        | class | IoU |
        |---|--:|
        | a\\_b | 0.220 |
        | \\<c\\|d\\> | – |

        * one
          * below

        1. first
        2. second

        ### Within

        ```
        k: "v"
        ```

        <details><summary>More</summary>

        *Folded*

        </details>

        """)
  }

  @Test("is text for a terminal whose columns are aligned, without one in which nothing stands")
  func terminal() {
    #expect(
      page.terminal == """
        bce hides a_b

        Incomplete: 2 of 3 images.
          `x.png`: broken
          and 1 more

        A sentence with 12.5 % and 1,234 pixels.

        first line
        second line

        Classes
          class    IoU
          a_b    0.220
          <c|d>      –
          one
            below
          1. first
          2. second

        Within
            k: "v"

        More
          Folded

        """)
    var table = Table(["class", "empty", "x"])
    table.add(["a", nil, "1"])
    table.add(["long name", nil, "22"])
    #expect([Block.table(table)].terminal == "  class       x\n  a           1\n  long name  22\n")
    table.hasHeading = false
    #expect([Block.table(table)].terminal == "  a           1\n  long name  22\n")
  }

  @Test("is one HTML document without a script, in which every character of a name is text")
  func html() {
    let html = page.html()
    for part in [
      "<title>bce hides a_b</title>", "<h1><code>bce</code> hides <strong>a_b</strong></h1>",
      "<aside class=\"warning\" role=\"note\">", "<th scope=\"col\" class=\"short\">class</th>",
      "<th scope=\"col\" class=\"number\">IoU</th>",
      "<th scope=\"row\" class=\"short\">&lt;c|d&gt;</th>",
      "<td class=\"number\"><data value=\"0.2197\" title=\"0.2197\">0.220</data></td>",
      "<ul>\n<li>one\n<ul>\n<li>below</li>\n</ul>\n</li>\n</ul>", "<ol>\n<li>first</li>",
      "<h3>Within</h3>", "<pre><code>k: &quot;v&quot;</code></pre>",
      "<details>\n<summary>More</summary>\n<p><em>Folded</em></p>\n</details>",
    ] { #expect(html.contains(part), "\(part)") }
    let evil = [Block.title(.name("<script>\"'&\u{1b}")), .paragraph(.code("</code><b>"))].html()
    #expect(evil.contains("<h1>&lt;script&gt;&quot;&#39;&amp;\\u{1b}</h1>"))
    #expect(evil.contains("<code>&lt;/code&gt;&lt;b&gt;</code>"))
    for document in [html, evil] { #expect(!document.contains("<script")) }
  }

  private var page: Page {
    var table = Table(["class", "IoU"])
    table.add([.name("a_b"), "\(0.2197)"])
    table.add([.name("<c|d>"), "\(nil as Double?)"])
    return [
      .title("`bce` hides \(strong: .name("a_b"))"),
      .warning(
        "\(strong: "Incomplete:") 2 of \(count: 3, "image").",
        points: ["\(code: "x.png"): broken"], rest: "and 1 more"),
      .paragraph("A sentence with \(percent: 0.125) and \(count: 1234, "pixel")."),
      .lines(["first line", "second line"]),
      .section(
        "Classes",
        [
          .table(table), .list([Item("one", [Item("below")])]), .steps(["first", "second"]),
          .section("Within", [.code("k: \"v\"")]),
        ]),
      .details("More", [.paragraph("\(emphasis: "Folded")")]),
    ]
  }
}

@Suite("A line")
struct LineTests {
  @Test("is code between backticks, of a literal only")
  func literals() {
    let user = "`x`"
    #expect(("say `by: a` here" as Line).spans == [.text("say "), .code("by: a"), .text(" here")])
    #expect(("\(name: user)" as Line).spans == [.name("`x`")])
    #expect(("`a` and \(code: "b")" as Line).plain == "`a` and `b`")
  }

  @Test("keeps its numbers, and shows them as people read them")
  func numbers() {
    let line: Line = "\(0.0101961), \(percent: 0.5), \(signed: 0.1), \(exact: 0.5), \(7)"
    #expect(line.spans[0] == .number(0.0101961, .figure))
    #expect(line.plain == "0.0102, 50.0 %, +0.100, 0.5, 7")
  }

  @Test("lists words as people do, and never says that there is one more")
  func lists() {
    func list(_ count: Int, most: Int = .max) -> String {
      Line(listing: (0..<count).map { "\($0)" }, most: most).plain
    }
    #expect((0...3).map { list($0) } == ["", "0", "0 and 1", "0, 1 and 2"])
    #expect(list(4, most: 2) == "0, 1 and 2 more")
    #expect(list(3, most: 2) == "0, 1 and 2")
  }

  @Test("gets a capital where it begins with words of our own")
  func capitals() {
    #expect(("found in 2" as Line).capitalised.plain == "Found in 2")
    #expect(("\(name: "pole") is" as Line).capitalised.plain == "pole is")
    #expect(Line().capitalised.isEmpty)
  }
}

@Suite("A step, in words")
struct StepTextTests {
  @Test("says what a mean divides by, and from where to where that goes")
  func divisors() throws {
    func text(_ divisor: Divisor) -> String { divisor.text }
    let (two, some) = (Divisor.Amount(least: 2, most: 2), Divisor.Amount(least: 1.5, most: 6))
    #expect(text(.terms(two, of: [.class])) == "2 classes")
    #expect(text(.terms(some, of: [.pixel, .image])) == "1.5 to 6 pixels")
    #expect(text(.terms(two, of: [.pixel, .class])) == "2 terms (pixels x classes)")
    #expect(text(.ownPixels(some)) == "1.5 to 6 own pixels")
    #expect(text(.weights(.classWeights, two)) == "sum of class-weights = 2")
    #expect(text(.halves) == "2 halves: own pixels, other pixels")
    #expect(text(.classesOfPixel) == "the classes that the pixel has")
  }
}
