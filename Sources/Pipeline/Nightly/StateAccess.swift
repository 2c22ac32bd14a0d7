internal import Core
package import Store

/// What a state holds.
package func account(ofStateIn directory: String) throws(Failure) -> StateAccount {
  try failing(.incomplete) { () throws(Problem) in
    let store = try StateStore(reading: directory)
    defer { store.close() }
    return try store.account
  }
}

/// Lets go of the evidence of all but the last runs; no run works with the state meanwhile.
package func prune(stateIn directory: String, keeping runs: Int) throws(Failure) {
  // It must be there: nothing is made here.
  try failing(.incomplete) { () throws(Problem) in try StateStore(reading: directory).close() }
  let lock = try failing(.cannotWrite) { () throws(Problem) in
    try StateLock(on: directory, patience: 0)
  }
  defer { withExtendedLifetime(lock) {} }
  let (store, _) = try openedState(in: directory)
  defer { store.close() }
  try failing(.cannotWrite) { () throws(Problem) in
    try store.prune(keeping: runs)
    try store.shrink()
  }
}
