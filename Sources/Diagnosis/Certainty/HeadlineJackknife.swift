internal import Core
internal import Resampling
internal import Tables

extension ChainJackknife {
  /// What a headline makes of the run without each image, as it is and with something imagined.
  ///
  /// All gauges of a sum miss the same images, so they add up as the numbers do. Where products of gauges
  /// are added up batch by batch, the formula itself is applied to the places that are left.
  ///
  /// - Parameters:
  ///   - imagined: each possible for the tables.
  ///   - repaired: the classes that are imagined repaired.
  init?(
    _ tables: HeadlineTables, _ imagined: [Imagined], repaired: [Int] = [], _ bootstrap: Bootstrap
  ) {
    if let single = tables.single {
      self.init(
        single.table, imagined.map(single.change), repaired: repaired, by: single.chain, bootstrap)
      return
    }
    guard let layout = tables.leading?.table.layout, !bootstrap.clusters.isEmpty,
      layout.places.count == bootstrap.clusters.count
    else { return nil }
    let estimates = imagined.map { tables.value(imagining: $0) }
    if tables.addsUpAtLast {
      var gauges: [ChainJackknife] = []
      for gauge in tables.gauges {
        guard
          let jackknife = ChainJackknife(
            gauge.table, imagined.map(gauge.change), repaired: repaired, by: gauge.whole, bootstrap)
        else { return nil }
        gauges.append(jackknife)
      }
      self.init(
        estimates: estimates,
        left: imagined.indices.map { change in
          ChainJackknife.sum(of: gauges.map { $0.left[change] }, in: tables)
        })
    } else {
      let changed = imagined.map { imagined in
        tables.terms.map { term in term.gauges.map { $0.change(imagined)($0.table) } }
      }
      self.init(
        estimates: estimates,
        left: bootstrap.leavingOut { places in
          changed.map { terms in
            tables.value(of: terms.map { $0.map { $0?.choosing(places) } })
          }
        })
    }
  }

  /// The formula without each cluster, in which a cluster counts as in its gauges on average.
  private static func sum(of gauges: [LeftOut], in tables: HeadlineTables) -> LeftOut {
    guard let first = gauges.first else { return LeftOut(estimate: nil, others: [], sizes: []) }
    var estimates = gauges.makeIterator()
    return LeftOut(
      estimate: tables.sum { _ in estimates.next()?.estimate },
      others: first.others.indices.map { cluster in
        var values = gauges.makeIterator()
        return tables.sum { _ in values.next()?.others[cluster] }
      },
      sizes: first.sizes.indices.map { cluster in
        gauges.reduce(0) { $0 + $1.sizes[cluster] } / Double(gauges.count)
      })
  }
}

extension HeadlineTables {
  /// Whether the formula adds up one number of each gauge, so that what is done to the sum of the
  /// terms can be done to each of them.
  fileprivate var addsUpAtLast: Bool {
    rest.isEmpty
      || rest.allSatisfy { $0.operation == .mean } && terms.allSatisfy { $0.gauges.count < 2 }
  }
}
