internal import Core

extension Recipe {
  /// A job of GitLab CI. When it runs at night is a pipeline schedule, which no file sets.
  package static let gitlab = Recipe(
    "gitlab", "a job for .gitlab-ci.yml", home: .checkout, takes: []
  ) { job in
    let out = pattern(job.out)
    return """
      # Every night: Build > Pipeline schedules.
      unmask:
        image: python:3.12
        script:
          # The wheel of `make wheel`, where it lies in the repository.
          - pip install ./unmask-*.whl
          - |
            \(job.shellCommand)
        # Later: another run is at work, or predictions are still being written.
        allow_failure:
          exit_codes: 75
        # What was counted before is not counted again.
        cache:
          key: \(job.name)-$CI_COMMIT_REF_SLUG
          fallback_keys: [\(job.name)-$CI_DEFAULT_BRANCH]
          paths: [\(yamlQuoted(pattern(job.state)))]
          when: always
        artifacts:
          when: always
          expire_in: 30 days
          paths: [\(yamlQuoted(out))]
          reports:
            junit: \(yamlQuoted("\(out)/**/junit.xml"))
            codequality: \(yamlQuoted("\(out)/gl-code-quality-report.json"))
            metrics: \(yamlQuoted("\(out)/metrics.txt"))

      """
  }
}
