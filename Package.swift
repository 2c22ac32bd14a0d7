// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func library(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  of name: String, uses dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
    exclude: exclude, swiftSettings: strict)
}

// Of some modules the loops that wider vectors make faster, compiled once more for each width; which of
// them runs is decided at run time. Of its own accord LLVM would not use the widest.
#if arch(x86_64)
  let widths = [
    ("AVX2", ["-march=x86-64-v3"]),
    ("AVX512", ["-march=x86-64-v4", "-Xclang", "-target-feature", "-Xclang", "-prefer-256-bit"]),
  ]
#else
  let widths: [(String, [String])] = []
#endif

func wide(_ module: String, uses dependencies: [Target.Dependency] = []) -> [Target] {
  widths.map { width, flags in
    .target(
      name: module + width, dependencies: dependencies,
      swiftSettings: strict + [.unsafeFlags(flags.flatMap { ["-Xcc", $0] })])
  }
}

func builds(of module: String) -> [Target.Dependency] {
  widths.map { .init(stringLiteral: module + $0.0) }
}

let package = Package(
  name: "Unmask",
  platforms: [.macOS(.v26)],
  products: [.executable(name: "unmask", targets: ["unmask"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // From the bottom up: each may use what stands above it and nothing else.
    .target(name: "CLanes", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    library("Core"),
    library("Resampling", uses: ["CLanes"] + builds(of: "Resampling")),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(
      name: "CLibPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .target(
      name: "CPNG", dependencies: ["CLibPNG"],
      cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    .systemLibrary(name: "CMalloc"),
    library("Decoding", uses: ["Core", "CLanes", "CPNG", "CDeflate"]),
    library("Measures", uses: ["Core", "CLanes"] + builds(of: "Measures")),
    library(
      "Store",
      uses: [
        "Core", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    library("Pages", uses: ["Core"]),
    library("Diagnosis", uses: ["Core", "Measures", "Pages", "Resampling"]),
    library("Reports", uses: ["Core", "Measures", "Diagnosis", "Pages"]),
    library("Explaining", uses: ["Core", "Measures", "Diagnosis", "Pages"]),
    library(
      "Pipeline",
      uses: [
        "CMalloc", "Core", "Decoding", "Measures", "Store", "Diagnosis", "Explaining", "Pages",
        "Reports", .product(name: "Yams", package: "Yams"),
      ]),
    .executableTarget(
      name: "unmask",
      dependencies: [
        "Explaining", "Pages", "Pipeline", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The doubter's check: `make parity`.
    .executableTarget(
      name: "parity", dependencies: ["Core", "Decoding", "Measures", "Pipeline"],
      swiftSettings: strict),

    // How often the diagnosis is right: `make bench-diagnosis`.
    .executableTarget(
      name: "bench-diagnosis", dependencies: ["Core", "Measures", "Diagnosis", "Resampling"],
      swiftSettings: strict),

    // What several suites need: laws, numbers that look random, digests.
    .target(
      name: "TestSupport", dependencies: ["Core"], path: "Tests/Support", swiftSettings: strict),

    tests(of: "Resampling"),
    tests(of: "Core"),
    tests(of: "Decoding", uses: ["Core"]),
    tests(of: "Measures", uses: ["Core", "Decoding"]),
    tests(of: "Pages", uses: ["Core"]),
    tests(of: "Diagnosis", uses: ["Core", "Decoding", "Measures", "Pages", "Resampling"]),
    tests(of: "Store", uses: ["Core", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(
      of: "Pipeline",
      uses: [
        "Core", "Decoding", "Measures", "Store", "Diagnosis", "Explaining", "Pages", "Reports",
      ],
      exclude: ["Golden"]),
    .testTarget(name: "UnmaskTests", dependencies: ["unmask"], swiftSettings: strict),
  ] + wide("Measures", uses: ["CLanes"]) + wide("Resampling")
)
