// swift-tools-version: 6.2
import PackageDescription

// A package of its own: neither building nor testing the tool pays for it, and what is measured is
// the program that ships, from outside.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  targets: [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .target(name: "Workloads", dependencies: ["CZlib"], swiftSettings: strict),
    .executableTarget(
      name: "bench", dependencies: ["Workloads", "CDeflate"], swiftSettings: strict),
  ]
)
