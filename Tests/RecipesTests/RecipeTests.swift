import Core
import Recipes
import Testing
import Yams

@Suite("Recipes for nightly and CI jobs")
struct RecipeTests {
  static let names = Recipe.all.map(\.name)

  @Test("each has a name of its own, a line of help, and a text that ends with a line")
  func all() throws {
    #expect(Self.names == ["cron", "systemd", "github", "gitlab", "jenkins"])
    for recipe in Recipe.all {
      #expect(!recipe.summary.isEmpty)
      let text = try recipe.text(for: .usual)
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"), "\(recipe.name)")
      #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") }, "\(recipe.name)")
      #expect(
        text.contains("check eval/pipeline.yml --cron --state .unmask --out eval/out"),
        "\(recipe.name)")
      // Later is no failure.
      #expect(text.contains("75"), "\(recipe.name)")
    }
  }

  @Test("cron: the mail, the environment, the time and the command, and nothing else but comments")
  func cron() throws {
    let job = Job(
      program: "/usr/bin/unmask", configuration: "/data/a b/pipeline.yml", state: "/data/50%",
      out: "/data/it's", time: try #require(TimeOfDay("4:05")), mail: "a@example.org")
    let lines = try Recipe.cron.text(for: job).split(separator: "\n").filter { $0.first != "#" }
    #expect(
      lines == [
        "MAILTO=a@example.org", "SWIFT_BACKTRACE=enable=no",
        #"5 4 * * * /usr/bin/unmask check '/data/a b/pipeline.yml' --cron --state '/data/50\%' --out '/data/it'\''s'"#,
      ])
    #expect(try Recipe.cron.text(for: .usual).contains("\n# MAILTO="))
    var nobody = Job.usual
    nobody.mail = ""
    #expect(try Recipe.cron.text(for: nobody).contains("\nMAILTO=\"\"\n"))
  }

  @Test("cron: a backslash before a percent sign stays one, whichever cron reads it")
  func cronBackslashes() throws {
    var job = Job.usual
    job.out = #"a\%b\\c"#
    #expect(try Recipe.cron.text(for: job).contains(#" --out 'a\''\%b\''\c'"#))
  }

  @Test("systemd: what it would fill in is doubled")
  func systemd() throws {
    let job = Job(
      program: "/opt/100% \"$new\"/unmask", configuration: "/data/runs a/nightly.yml",
      state: "/data/$x", out: "/data/%h\\n")
    let text = try Recipe.systemd.text(for: job)
    #expect(
      text.contains(
        #"""
        ExecStart="/opt/100%% \"$new\"/unmask" check "/data/runs a/nightly.yml" --cron --state "/data/$$x" --out "/data/%%h\\n"
        """#))
    for line in [
      "Type=oneshot", "SuccessExitStatus=75", "Nice=10", "Environment=SWIFT_BACKTRACE=enable=no",
      "OnCalendar=*-*-* 02:30:00", "Persistent=true", "RandomizedDelaySec=10min",
      "WantedBy=timers.target", "cat > \"$units/unmask-runs-a-nightly.timer\" <<'UNIT'",
    ] {
      #expect(text.split(separator: "\n").contains { $0 == line }, "\(line)")
    }
  }

  @Test("GitHub: the state is kept after a failure too, and what was written is uploaded")
  func github() throws {
    let steps = try steps(of: .usual)
    #expect(
      steps.map { $0["uses"] as? String ?? "" } == [
        "actions/checkout@v4", "", "actions/cache/restore@v4", "", "actions/cache/save@v4",
        "actions/upload-artifact@v4",
      ])
    #expect(steps[4]["if"] as? String == "always()")
    #expect(steps[5]["if"] as? String == "always()")
    let got = try #require(steps[2]["with"] as? [String: String])
    let kept = try #require(steps[4]["with"] as? [String: String])
    #expect(got["path"] == ".unmask" && kept["path"] == ".unmask")
    #expect(got["key"] == kept["key"])
    let (key, start) = (try #require(got["key"]), try #require(got["restore-keys"]))
    #expect(key.hasPrefix(start))
    #expect((steps[5]["with"] as? [String: String])?["path"] == "eval/out")
  }

  @Test("GitHub: no path is taken for an expression or a pattern")
  func githubWords() throws {
    var job = Job.usual
    job.configuration = "${{ secrets.A }}/it's: #1.yml"
    job.out = "a*[b]"
    let steps = try steps(of: job)
    let script = try #require(steps[3]["run"] as? String)
    #expect(script.contains(#"unmask check '$''{{ secrets.A }}/it'\''s: #1.yml' --cron "#))
    #expect((steps[5]["with"] as? [String: String])?["path"] == "a??b?")
  }

  @Test("GitLab: the reports of the job, and 75 that fails nothing")
  func gitlab() throws {
    var job = Job.usual
    job.out = "my \"out\": $X"
    let file = try mapping(try Recipe.gitlab.text(for: job))
    let unmask = try #require(file["unmask"] as? [String: Any])
    #expect((unmask["allow_failure"] as? [String: Int]) == ["exit_codes": 75])
    #expect(
      (unmask["script"] as? [String])?.last
        == "unmask check eval/pipeline.yml --cron --state .unmask --out 'my \"out\": $X'\n")
    let artifacts = try #require(unmask["artifacts"] as? [String: Any])
    #expect(artifacts["when"] as? String == "always")
    #expect(artifacts["paths"] as? [String] == ["my \"out\": ?X"])
    #expect(
      artifacts["reports"] as? [String: String] == [
        "junit": "my \"out\": ?X/**/junit.xml",
        "codequality": "my \"out\": ?X/gl-code-quality-report.json",
        "metrics": "my \"out\": ?X/metrics.txt",
      ])
    let cache = try #require(unmask["cache"] as? [String: Any])
    #expect(cache["paths"] as? [String] == [".unmask"])
    #expect(cache["when"] as? String == "always")
  }

  @Test("Jenkins: Groovy sees the words as they are, and no older result is taken for this build's")
  func jenkins() throws {
    var job = Job.usual
    job.out = "it's, \\ ${x}"
    let text = try Recipe.jenkins.text(for: job)
    // A shell's quoting of it's is 'it'\''s', and Groovy's of that has a backslash before each quote and backslash.
    #expect(text.contains(#" --out \'it\'\\\'\'s, \\ ${x}\'')"#))
    #expect(
      text.contains(#"junit testResults: 'it\'s? ? ??x?/**/junit.xml', skipOldReports: true"#))
    #expect(text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count)
  }

  @Test("a path with a line break is refused by all", arguments: names)
  func lineBreaks(name: String) throws {
    let recipe = try #require(Recipe.all.first { $0.name == name })
    var job = Job.usual
    job.state = "a\nUNIT"
    #expect(throws: Problem.self) { try recipe.text(for: job) }
  }

  @Test("times of day have two digits of minutes", arguments: ["00:00", "2:30", "02:30", "23:59"])
  func times(text: String) { #expect(TimeOfDay(text) != nil) }

  @Test(
    "what is no time of day",
    arguments: ["", "2", "24:00", "2:60", "2:3", "+2:30", "2:30:00", "a:bc"])
  func noTimes(text: String) { #expect(TimeOfDay(text) == nil) }

  @Test(
    "a job's paths are whole on this machine, and from the root in a checkout",
    arguments: [
      ("pipeline.yml", "/data/r/eval/pipeline.yml", "eval/pipeline.yml"),
      ("./a/../b.yml", "/data/r/eval/b.yml", "eval/b.yml"),
      ("../-out", "/data/r/-out", "./-out"), ("/data/r/x//y/", "/data/r/x/y", "x/y"),
    ])
  func places(given: String, whole: String, inside: String) throws {
    let place = Place(directory: "/data/r/eval", root: "/data/r")
    #expect(try place.path(given, for: .machine) == whole)
    #expect(try place.path(given, for: .checkout) == inside)
  }

  @Test(
    "a path outside of the repository is no CI system's", arguments: ["../..", "/data/r", "/x"])
  func outside(given: String) {
    let place = Place(directory: "/data/r/eval", root: "/data/r")
    #expect(throws: Problem.self) { try place.path(given, for: .checkout) }
  }

  private func steps(of job: Job) throws -> [[String: Any]] {
    let file = try mapping(try Recipe.github.text(for: job))
    let jobs = try #require(file["jobs"] as? [String: Any])
    return try #require((jobs["check"] as? [String: Any])?["steps"] as? [[String: Any]])
  }

  private func mapping(_ text: String) throws -> [String: Any] {
    try #require(try Yams.load(yaml: text) as? [String: Any])
  }
}

extension Job {
  fileprivate static let usual = Job(
    configuration: "eval/pipeline.yml", state: ".unmask", out: "eval/out")
}
