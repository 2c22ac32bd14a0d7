internal import Core
internal import Resampling
internal import Tables

extension ChainResampling {
  /// What a headline makes of the run in every replicate, as it is and with something imagined.
  ///
  /// All gauges of a sum see the same draws, so replicate by replicate they add up as the numbers do.
  /// Where products of gauges are added up batch by batch, the formula itself is applied to the drawn
  /// places.
  ///
  /// - Parameters:
  ///   - imagined: each possible for the tables; the first is asked for most.
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
      var drawn: [ChainResampling] = []
      for gauge in tables.gauges {
        guard
          let resampling = ChainResampling(
            gauge.table, imagined.map(gauge.change), repaired: repaired, by: gauge.whole, bootstrap)
        else { return nil }
        drawn.append(resampling)
      }
      let count = drawn.compactMap(\.replicates.first?.count).min() ?? 0
      self.init(
        replicates: imagined.indices.map { change in
          (0..<count).map { replicate in
            var values = drawn.makeIterator()
            return tables.sum { _ in values.next()?.replicates[change][replicate] }
          }
        }, estimates: estimates, left: ChainResampling.sum(of: drawn, in: tables))
    } else {
      let changed = imagined.map { imagined in
        tables.terms.map { term in term.gauges.map { $0.change(imagined)($0.table) } }
      }
      self.init(
        replicates: ChainResampling.drawn(
          layout, tables: imagined.count * tables.gauges.count, bootstrap
        ) { places in
          changed.map { terms in
            tables.value(of: terms.map { $0.map { $0?.drawing(places) } })
          }
        }, estimates: estimates,
        left: changed.first.flatMap { terms in
          ChainResampling.leftOut(layout, bootstrap) { places in
            tables.value(of: terms.map { $0.map { $0?.drawing(places) } })
          }
        })
    }
  }

  /// The formula without each cluster, in which a cluster counts as in its gauges on average.
  private static func sum(of drawn: [ChainResampling], in tables: HeadlineTables) -> LeftOut? {
    let left = drawn.compactMap(\.left)
    guard left.count == drawn.count, let first = left.first else { return nil }
    var estimates = left.makeIterator()
    return LeftOut(
      estimate: tables.sum { _ in estimates.next()?.estimate },
      others: first.others.indices.map { cluster in
        var values = left.makeIterator()
        return tables.sum { _ in values.next()?.others[cluster] }
      },
      sizes: first.sizes.indices.map { cluster in
        left.reduce(0) { $0 + $1.sizes[cluster] } / Double(left.count)
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
