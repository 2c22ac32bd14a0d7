internal import Core

extension Recipe {
  /// A workflow of GitHub Actions.
  package static let github = Recipe(
    "github", "a workflow of GitHub Actions: > .github/workflows/unmask.yml", home: .checkout,
    takes: [.at]
  ) { job in
    // What GitHub would take for an expression of its own.
    let command = job.words.map { shellWord($0, split: [("$", "{")]) }.joined(separator: " ")
    let key = "\(job.name)-${{ github.run_id }}-${{ github.run_attempt }}"
    return """
      name: unmask
      on:
        pull_request:
        schedule:
          - cron: "\(job.time.cronFields)"   # UTC
      permissions: {contents: read}
      jobs:
        check:
          runs-on: ubuntu-24.04
          steps:
            - uses: actions/checkout@v4
            # The wheel of `make wheel`, where it lies in the repository.
            - run: pip install ./unmask-*.whl
            # What was counted before is not counted again. A step that both gets and keeps it would not keep it after a failure.
            - uses: actions/cache/restore@v4
              with:
                path: \(yamlQuoted(pattern(job.state)))
                key: \(key)
                restore-keys: \(job.name)-
            - id: check
              shell: bash
              run: |
                code=0
                \(command) || code=$?
                # Later: another run is at work, or predictions are still being written.
                if [ "$code" = 75 ]; then
                  echo "::warning title=unmask::nothing was judged, and a later run will (75)"
                  exit 0
                fi
                exit "$code"
            - if: always()
              uses: actions/cache/save@v4
              with:
                path: \(yamlQuoted(pattern(job.state)))
                key: \(key)
            - if: always()
              uses: actions/upload-artifact@v4
              with:
                name: unmask
                path: \(yamlQuoted(pattern(job.out)))

      """
  }
}
