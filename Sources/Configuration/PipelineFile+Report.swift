internal import Reports

extension PipelineFile.Report {
  init?(_ file: Section<Keys.Pipeline>) {
    guard let keys = file.report, let directory = keys.to, let formats = keys.formats,
      let dialect = keys.csv, let name = keys.name, let pictures = keys.pictures
    else { return nil }
    self.directory = directory
    self.formats = formats ?? Format.usual
    self.dialect = dialect
    self.name = name
    self.pictures = pictures
  }
}
