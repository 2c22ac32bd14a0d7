// swift-tools-version: 6.2
import PackageDescription

// What tests are built with: they may look at whatever they are given.
let lenient: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// A module uses what it imports and nothing that merely lies beside it.
let strict = lenient + [.enableUpcomingFeature("MemberImportVisibility")]

func library(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  of name: String, uses dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
    exclude: exclude, swiftSettings: lenient)
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

// Loops over words that gain by AVX2's companions (BMI2) and not by wider vectors.
func narrow(_ module: String) -> [Target] {
  wide(module).filter { $0.name.hasSuffix("AVX2") }
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
    .systemLibrary(name: "CThreads"),
    library("Expressions"),
    library("Threads", uses: ["CThreads"]),
    library("Raster", uses: ["Core"]),
    library("Hashing", uses: ["CLanes"] + builds(of: "Hashing")),
    library(
      "Inflating", uses: ["CLanes"] + narrow("Inflating").map { .init(stringLiteral: $0.name) }),
    library("Resampling", uses: ["CLanes", "Threads"] + builds(of: "Resampling")),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(
      name: "CLibPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .target(
      name: "CPNG", dependencies: ["CLibPNG"],
      cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CFiles"),
    library(
      "Decoding",
      uses: [
        "Core", "Raster", "Hashing", "Inflating", "CFiles", "CLanes", "CPNG", "CDeflate", "CZlib",
        "CZstd",
      ]),
    library(
      "Counting", uses: ["Core", "Expressions", "Raster", "CLanes"] + builds(of: "Counting")),
    library("Tables", uses: ["Core", "Counting"]),
    library(
      "Store",
      uses: [
        "CDeflate", "Core", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    library("Pages", uses: ["Core"]),
    library("Nights", uses: ["Resampling"]),
    library("Recipes", uses: ["Core"]),
    library("History", uses: ["Core", "Nights", "Pages", "Store"]),
    library(
      "Diagnosis", uses: ["Core", "Counting", "Tables", "Pages", "Resampling", "Threads"]),
    library(
      "Reports",
      uses: ["Core", "CDeflate", "Counting", "Tables", "Resampling", "Diagnosis", "Pages"]),
    library(
      "Explaining", uses: ["Core", "Counting", "Tables", "Resampling", "Diagnosis", "Pages"]),
    library(
      "Configuration",
      uses: [
        "Core", "Decoding", "Counting", "Expressions", "Tables", "Diagnosis", "Reports",
        .product(name: "Yams", package: "Yams"),
      ]),
    library(
      "Inspecting", uses: ["Core", "Raster", "Decoding", "Configuration", "Pages"]),
    library(
      "Pipeline",
      uses: [
        "CFiles", "CMalloc", "Core", "Raster", "Decoding", "Counting", "Tables", "Store",
        "Hashing", "History", "Resampling", "Threads",
        "Diagnosis", "Explaining", "Pages", "Reports", "Configuration",
      ]),
    .executableTarget(
      name: "unmask",
      dependencies: [
        "CMalloc", "Core", "Decoding", "Reports", "Configuration", "Explaining", "Inspecting",
        "History", "Pages", "Pipeline", "Recipes", "Store", "Threads",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The doubter's check: `make parity`.
    .executableTarget(
      name: "parity",
      dependencies: [
        "Core", "Raster", "Decoding", "Counting", "Tables", "Configuration", "Pipeline",
      ],
      swiftSettings: strict),

    // What other readers of the same files are held against: `make reliability`.
    .executableTarget(
      name: "numbers", dependencies: ["Core", "Raster", "Decoding", "TestSupport"],
      swiftSettings: strict),

    // How often the diagnosis is right: `make bench-diagnosis`.
    .executableTarget(
      name: "bench-diagnosis",
      dependencies: ["Core", "Counting", "Tables", "Diagnosis", "Resampling", "Threads"],
      swiftSettings: strict),

    // How often change points are found, and how often there is none: `make reliability`.
    .executableTarget(
      name: "simulate-nights", dependencies: ["NightSimulation"], swiftSettings: strict),
    .target(
      name: "NightSimulation", dependencies: ["Nights", "Resampling", "TestSupport"],
      path: "Tests/NightSimulation", swiftSettings: strict),

    // What several suites need: laws, numbers that look random, digests.
    .target(
      name: "TestSupport", dependencies: ["Core"], path: "Tests/Support", swiftSettings: strict),

    tests(of: "Threads"),
    tests(of: "Resampling"),
    tests(of: "Core"),
    tests(of: "Expressions"),
    tests(of: "Raster", uses: ["Core"]),
    tests(of: "Hashing", uses: ["CLanes"] + builds(of: "Hashing")),
    tests(of: "Inflating", uses: ["CDeflate", "CZlib"]),
    tests(of: "Nights", uses: ["NightSimulation"]),
    tests(of: "History", uses: ["Core", "Pages", "Store"]),
    tests(of: "Decoding", uses: ["Core", "Hashing", "Raster"], exclude: ["Resize/oracle.json"]),
    tests(of: "Counting", uses: ["Core", "Raster", "Decoding"]),
    tests(of: "Tables", uses: ["Core", "Raster", "Decoding", "Counting"]),
    tests(of: "Pages", uses: ["Core"]),
    tests(of: "Recipes", uses: ["Core", .product(name: "Yams", package: "Yams")]),
    tests(
      of: "Diagnosis",
      uses: ["Core", "Raster", "Decoding", "Counting", "Tables", "Pages", "Resampling"]),
    tests(of: "Store", uses: ["Core", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "Configuration", uses: ["Core", "Diagnosis"]),
    tests(
      of: "Pipeline",
      uses: [
        "Core", "Decoding", "Counting", "Tables", "Store", "Diagnosis", "Explaining", "Pages",
        "Reports", "Configuration", "parity",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "UnmaskTests", dependencies: ["unmask", "Decoding"], exclude: ["SoftTruth"],
      swiftSettings: lenient),
  ] + narrow("Inflating") + wide("Hashing", uses: ["CLanes"]) + wide("Counting", uses: ["CLanes"])
    + wide("Resampling")
)

// `make fuzz`: readers that are fed with what libFuzzer makes up, each a file Fuzzing/Targets/Name/Name.swift and a
// line below. Only the modules that read are watched by it, since it looks through the counters of all after
// every input.
if Context.environment["UNMASK_FUZZ"] != nil {
  let watched = [
    "Core", "Expressions", "Raster", "CPNG", "Decoding", "Configuration", "Inflating",
    "InflatingAVX2", "Store", "Pages", "Reports", "Pipeline",
  ]
  let sanitizers: [LinkerSetting] = [.unsafeFlags(["-sanitize=address,fuzzer", "-use-ld=lld"])]

  func fuzz(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(
      name: "Fuzz\(name)",
      dependencies: ["Core", "Decoding", "FuzzingSupport", "Raster"] + dependencies,
      path: "Fuzzing/Targets/\(name)", swiftSettings: lenient, linkerSettings: sanitizers)
  }

  for target in package.targets where watched.contains(target.name) {
    // Most readers are nobody's business but their module's.
    target.swiftSettings?.append(.unsafeFlags(["-sanitize=address,fuzzer", "-enable-testing"]))
    target.cSettings?.append(.unsafeFlags(["-fsanitize=address,fuzzer-no-link"]))
  }
  package.products = []
  package.targets.removeAll { [.executable, .test].contains($0.type) }
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Fuzzing/CFuzzer"),
    .target(
      name: "FuzzingSupport", dependencies: ["CDeflate", "CFuzzer", "Core", "Decoding", "Raster"],
      path: "Fuzzing/Support", swiftSettings: lenient),
    .target(
      name: "FuzzingEvidence", dependencies: ["Core", "Store"], path: "Fuzzing/EvidenceSupport",
      swiftSettings: lenient),

    fuzz("PNG"),
    fuzz("PNGRows"),
    fuzz("Inflate", uses: ["CDeflate", "Inflating"]),
    fuzz("NPY"),
    fuzz("NPZ"),
    fuzz("TIFF"),
    fuzz("Safetensors"),
    fuzz("NIfTI"),
    fuzz("NRRD"),
    fuzz("MetaImage"),
    fuzz("Segments"),
    fuzz("Runs"),
    fuzz("Template"),
    fuzz("Chain"),
    fuzz("Expression", uses: ["Expressions"]),
    fuzz("YAML", uses: ["Configuration"]),
    fuzz("Configuration", uses: ["Configuration"]),
    fuzz("Lists", uses: ["Configuration", "Pipeline"]),
    fuzz("Record", uses: ["Reports"]),
    fuzz("Baseline", uses: ["Diagnosis", "Reports"]),
    fuzz("Evidence", uses: ["FuzzingEvidence", "Store"]),
    fuzz(
      "Cells",
      uses: ["FuzzingEvidence", "Store", .product(name: "GRDB", package: "GRDB.swift")]),
  ]
}
