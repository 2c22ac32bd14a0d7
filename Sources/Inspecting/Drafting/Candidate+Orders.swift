internal import Core

extension Candidate {
  /// The same with each order that its axes may have, where equal lengths leave a choice.
  var eachOrder: [Candidate] {
    guard form.grid == nil, let member = looks[0].probable, member.meaning.axes.isEmpty,
      member.shape.count(where: { $0 == 1 }) == 0
    else { return [self] }
    let orders =
      switch member.shape.count {
      case 3: ["CHW", "HWC"]
      case 4: ["NCHW", "NHWC"]
      default: [String]()
      }
    return orders.isEmpty ? [self] : orders.map(ordered)
  }

  private func ordered(_ axes: String) -> Candidate {
    var told = self
    for index in told.looks.indices {
      guard let name = told.looks[index].probable?.name,
        let place = told.looks[index].members.firstIndex(where: { $0.name == name }),
        told.looks[index].members[place].shape.count == axes.count
      else { continue }
      told.looks[index].members[place].meaning.axes = axes
      guard let axis = told.looks[index].members[place].meaning.classAxis else { continue }
      told.looks[index].members[place].sums = Look.sums(
        in: told.looks[index].path, name, along: axis)
    }
    return told
  }
}
