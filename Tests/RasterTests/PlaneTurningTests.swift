import Core
import Raster
import Testing

@Suite("Turned planes")
struct PlaneTurningTests {
  @Test(
    "show the same numbers with rows and columns exchanged or reversed, and turn back",
    arguments: [
      (Turn.none, "123/456"), (.transposed, "14/25/36"), (.upsideDown, "456/123"),
      (.mirrored, "321/654"), (.rotatedLeft, "36/25/14"), (.rotatedRight, "41/52/63"),
      (.rotatedHalf, "654/321"), (.antitransposed, "63/52/41"),
    ])
  func turns(turn: Turn, expected: String) {
    let plane = Plane(packed: Bytes([1, 2, 3, 4, 5, 6]), element: .u1, width: 3, height: 2)
    let turned = plane.turned(turn)
    #expect(drawing(of: turned) == expected)
    #expect(drawing(of: turned.turned(turn.inverse)) == "123/456")
  }

  private func drawing(of plane: Plane) -> String {
    (0..<plane.height).map { row in
      plane.levels[row * plane.width..<(row + 1) * plane.width].map(String.init).joined()
    }.joined(separator: "/")
  }
}
