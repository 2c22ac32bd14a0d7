#!/bin/sh
# A target may import what Package.swift lets it use. SwiftPM puts all modules into one folder and its own check
# follows dependencies of dependencies, so neither would see Tables import Raster, on which Counting stands.
#
#   check-imports.sh        in the package's folder
set -eu

swift package describe | awk '
  /^Targets:/ { isTarget = 1 }
  !isTarget { next }
  /^    [A-Z].*:/ { isList = 0 }
  /^    Name: / { name = $2; targets[name] = 1 }
  /^    Path: / { path[name] = $2 }
  /^    Target dependencies:/ { isList = 1; next }
  isList && NF == 1 { uses[name, $1] = 1 }
  END {
    for (name in targets) {
      if (path[name] == "") continue
      imports = "grep -rEo --include=*.swift \"^ *(@testable )?((package|internal|public|fileprivate|private) )?" \
        "import [A-Za-z0-9_]+\" " path[name] " || true"
      while ((imports | getline line) > 0) {
        module = line
        sub(/.* /, "", module)
        sub(/:.*/, "", line)
        if (module in targets && module != name && !((name, module) in uses)) {
          print line ": " name " imports " module ", which Package.swift does not let it use"
          isWrong = 1
        }
      }
      close(imports)
    }
    exit isWrong || !isTarget
  }' >&2
