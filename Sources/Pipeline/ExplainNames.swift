internal import Explaining
internal import Tables

/// Every name that `unmask explain` takes, for shells to complete.
package var explainableNames: [String] {
  Preset.all.map(\.id) + Topic.names + ["gradient", "upgrade"]
}
