#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `2026-12-01T02:30:00Z`
///
/// - Parameter seconds: since 1970.
package func timeText(_ seconds: Double) -> String {
  Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
}
