extension Preset {
  /// What kornia's losses printed otherwise before 0.9.
  static let korniaMoves: [Move] = (korniaFocalMoves + korniaRatioMoves).compactMap(\.self)

  private static let korniaFocalMoves: [Move?] =
    [
      .withheld(
        "kornia.focal_loss.alpha-0.5",
        "kornia.losses.focal_loss(x, y, alpha=0.5, reduction=\"mean\")", since: Version(0, 7),
        millionth,
        why:
          "Each pixel's loss was a sum over the classes, and all classes counted alpha; since 0.7 the mean is over classes too, and so as many times smaller as there are classes.",
        source: focalRun("0.6.12 and 0.7.0"))
    ]
    + ["kornia.focal_loss", "kornia.focal_loss.alpha-0.5"].map { id in
      .withheld(
        id, "kornia.losses.focal_loss(x, y, …, reduction=\"mean\")", since: Version(0, 9),
        millionth,
        why: "The classes that a pixel is not had a millionth of their loss added.",
        source: focalRun("0.8.2 and 0.9.0"))
    }

  private static let millionth =
    "a millionth of the loss of every class that a pixel is not is added, which no chain says"

  private static func focalRun(_ versions: String) -> String {
    "kornia \(versions): kornia/losses/focal.py, kornia/losses/one_hot.py; both were run"
  }

  private static let korniaRatioMoves: [Move?] =
    [
      .row(
        "kornia.dice_loss.macro", since: Version(0, 9), last: "0.8",
        held: "kornia 0.8 and before (0.6.12 to 0.8.2 were run)",
        why:
          "A class that an image lacks had a loss of 1 for any trace of it; since 0.9 it is left out.",
        source: "kornia 0.8.2 and 0.9.0: kornia/losses/dice.py; both were run"
      ) { $0.replaceChain("pool(pixel) > score > mean(image, class, batch)") }
    ]
    + ["kornia.tversky_loss", "kornia.tversky_loss.alpha-0.7"].map { id in
      .row(
        id, since: Version(0, 9), last: "0.8",
        held: "kornia 0.8 and before (0.6.12 to 0.8.2 were run)",
        why:
          "One ratio an image, of all its classes, in which false positives and misses are the same pixels: only alpha + beta mattered. Since 0.9 it is one of each class that is true.",
        source: "kornia 0.8.2 and 0.9.0: kornia/losses/tversky.py; both were run"
      ) { $0.replaceChain("pool(pixel, class) > score > mean(image, batch)") }
    }
}
