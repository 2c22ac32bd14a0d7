#!/bin/sh
# Prints the man page, made from what --help says, so that there is one text. The argument parser's own plugin would
# build every product of the package once more, and it fills the examples like prose.
#
#   manual.sh UNMASK > unmask.1
set -eu

# Wide enough that nothing wraps: a line of prose is a paragraph, an entry has its text on one line.
COLUMNS=10000
export COLUMNS

help=$("$1" --help)
usage=$(printf '%s\n' "$help" | sed -n 's/^USAGE: //p')
commands=$(printf '%s\n' "$help" | awk '/^SUBCOMMANDS:/ { inside = 1; next } /^$/ { inside = 0 } inside { print $1 }')
{
  printf '%s\n' "$help"
  for command in $commands; do
    echo "COMMAND: $command"
    "$1" help "$command"
  done
} | awk -v version="$("$1" --version)" -v usage="$usage" '
  function roff(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    gsub(/\047/, "\\(aq", text)
    gsub(/`/, "\\(ga", text)
    gsub(/\^/, "\\(ha", text)
    gsub(/~/, "\\(ti", text)
    sub(/^\./, "\\\\\\&.", text)
    return text
  }

  # Several lines, or an indented one, or a call: an example, to be left as it is.
  function endParagraph() {
    if (paragraph == "") return
    isExample = paragraph ~ /\n./ || paragraph ~ /^( |unmask )/
    if (!isFirst) print ".PP"
    isFirst = 0
    if (isExample) print ".EX"
    print paragraph
    if (isExample) print ".EE"
    paragraph = ""
  }

  function entry(  gap, name, text) {
    gap = match(substr($0, 3), /  +/)
    name = gap ? substr($0, 3, gap - 1) : substr($0, 3)
    text = gap ? substr($0, 2 + gap + RLENGTH) : ""
    # What every command has is said once.
    isRepeated = command != "" && (name == "--version" || name == "-h, --help")
    if (isRepeated) return
    if (heading != "") print heading
    heading = ""
    name = roff(name)
    gsub(/<[^>]*>/, "\\fI&\\fB", name)
    print ".TP\n\\fB" name "\\fR"
    if (text != "") print roff(text)
  }

  BEGIN { printf ".TH UNMASK 1 \"\" \"unmask %s\" \"User commands\"\n", version }

  /^COMMAND: / {
    endParagraph()
    if (command == "") print ".SH COMMANDS"
    command = $2
    isList = 0
    print ".SS unmask " command
    next
  }
  /^OVERVIEW: / {
    sub(/^OVERVIEW: /, "")
    if (command == "") {
      print ".SH NAME\nunmask \\- " roff($0) "\n.SH SYNOPSIS\n" roff(usage) "\n.SH DESCRIPTION"
      isFirst = 1
    } else print roff($0)
    next
  }
  /^USAGE: / {
    sub(/^USAGE: /, "")
    endParagraph()
    if (command != "") print ".PP\n.B Usage\n.PP\n" roff($0)
    next
  }
  /^[A-Z][A-Z ]*:$/ {
    sub(/:$/, "")
    endParagraph()
    isList = 1
    heading = command == "" ? ".SH " $0 : ".PP\n.B " substr($0, 1, 1) tolower(substr($0, 2))
    next
  }
  isList && /^  [^ ]/ { entry(); next }
  isList && /^   / { sub(/^ +/, ""); if (!isRepeated) print roff($0); next }
  isList { isList = 0; isHint = 1; next }
  # Below the list of commands.
  isHint && /^  [^ ]/ { sub(/^ +/, ""); isHint = 0 }
  /^$/ { endParagraph(); next }
  { paragraph = paragraph (paragraph == "" ? "" : "\n") roff($0) }
  END { endParagraph() }'
