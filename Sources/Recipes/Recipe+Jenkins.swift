extension Recipe {
  /// A declarative pipeline of Jenkins.
  package static let jenkins = Recipe(
    "jenkins", "a declarative pipeline: > Jenkinsfile", home: .checkout, takes: [.at]
  ) { job in
    let out = pattern(job.out)
    return """
      // unmask must be on the agent. Its workspace keeps the state: what was counted before is not counted again.
      pipeline {
        agent any
        triggers { cron('\(job.time.cronFields)') }
        options { disableConcurrentBuilds() }
        stages {
          stage('unmask') {
            steps {
              script {
                def code = sh(returnStatus: true, script: \(groovyText(job.shellCommand)))
                // Later: another run is at work, or predictions are still being written.
                if (code == 75) { unstable('nothing was judged, and a later run will (75)') }
                else if (code != 0) { error("unmask check ends with ${code}") }
              }
            }
          }
        }
        post {
          always {
            // A junit.xml that is older than the build is of another build: nothing was judged in this one. Where all is as it
            // was it is written again, so that it is never taken for old.
            junit testResults: \(groovyText("\(out)/**/junit.xml")), skipOldReports: true, allowEmptyResults: true
            archiveArtifacts artifacts: \(groovyText("\(out)/**")), allowEmptyArchive: true
          }
        }
      }

      """
  }
}

/// A text in single quotes, in which Groovy looks for no variable.
private func groovyText(_ text: String) -> String {
  "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
}
