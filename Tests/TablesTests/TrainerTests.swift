import Core
import Tables
import Testing

@Suite("Every trainer")
struct TrainerTests {
  @Test(
    "has a name of its own, and one step that makes one number of batches",
    arguments: Trainer.all.map(\.name))
  func step(name: String) throws {
    #expect(Trainer.all.count { $0.name == name } == 1)
    let step = try #require(Trainer.named(name)?.reduction)
    #expect(step.axes == [.batch])
    #expect(Preset.named(name) == nil)
  }

  @Test("logs every call of its libraries that has a number for each batch")
  func presets() throws {
    for trainer in Trainer.all {
      for preset in Preset.all
      where Trainer.family(of: preset).map(trainer.families.contains) == true {
        guard let logged = trainer.preset(of: preset) else { continue }
        let formula = try logged.formula(areClassesExclusive: false)
        #expect(formula.leavesOneNumber, "\(logged.id)")
        #expect(Preset.named(logged.id)?.id == logged.id)
      }
    }
  }
}
