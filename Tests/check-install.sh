#!/bin/sh
# What `make install` puts in place and `make uninstall` takes away, tried with the program of the tests.
#
#   check-install.sh DIRECTORY-OF-THE-PRODUCTS
set -eu

packaging=$(dirname "$0")/../Packaging
unmask=$1/unmask
# A name with a space: paths are quoted everywhere.
place="$(mktemp -d)/a place"
trap 'rm -rf "$(dirname "$place")"' EXIT

fail() {
  echo "check-install: $*" >&2
  exit 1
}

files() {
  (cd "$place" && find . -type f | sort)
}

mkdir -p "$place/bin"
echo "of somebody else" > "$place/bin/other"

sh "$packaging/install.sh" "$unmask" "$place"
[ "$(files)" = "./bin/other
./bin/unmask
./share/bash-completion/completions/unmask
./share/fish/vendor_completions.d/unmask.fish
./share/man/man1/unmask.1
./share/zsh/site-functions/_unmask" ] || fail "installed: $(files)"
[ -x "$place/bin/unmask" ] || fail "what was installed cannot be run"

manual=$place/share/man/man1/unmask.1
for part in NAME SYNOPSIS DESCRIPTION OPTIONS SUBCOMMANDS COMMANDS; do
  grep -q "^\.SH $part\$" "$manual" || fail "the man page has no $part"
done
COLUMNS=1000 "$unmask" --help | sed -n '/^SUBCOMMANDS/,/^$/s/^  \([a-z]*\) .*/\1/p' > "$place/commands"
[ -s "$place/commands" ] || fail "--help lists no command"
while read -r command; do
  grep -q "^\.SS unmask $command\$" "$manual" || fail "the man page leaves out: $command"
  for completions in bash-completion/completions/unmask zsh/site-functions/_unmask fish/vendor_completions.d/unmask.fish; do
    grep -q "$command" "$place/share/$completions" || fail "$completions leaves out: $command"
  done
  # Each option of a command, under its heading, as an entry.
  COLUMNS=1000 "$unmask" help "$command" | sed -n 's/^  \(--[a-z-]*\).*/\1/p' | grep -vx -e --version |
    while read -r option; do
      escaped=$(printf '%s' "$option" | sed 's/-/\\\\-/g')
      awk -v heading=".SS unmask $command" -v option="$escaped" '
        /^\.S/ { isHere = $0 == heading }
        isHere && index($0, "\\fB" option) == 1 { found = 1 }
        END { exit !found }' "$manual" || fail "the man page leaves out: $command $option"
    done
done < "$place/commands"
rm "$place/commands"
if command -v mandoc > /dev/null; then
  mandoc -T lint -W error "$manual" || fail "the man page has errors"
fi
if command -v bash > /dev/null; then
  bash -n "$place/share/bash-completion/completions/unmask" || fail "the completions for bash are damaged"
fi

sh "$packaging/install.sh" --remove "$place"
[ "$(files)" = ./bin/other ] || fail "left behind: $(files)"

# The tests' program has its libraries beside it: no wheel may be made of it.
if [ "$(uname -s)" = Linux ] && command -v objdump > /dev/null && command -v python3 > /dev/null; then
  if python3 "$packaging/wheel.py" "$unmask" "$packaging/../LICENSE" "$place" 2> "$place/said"; then
    fail "a wheel was made of a program that needs other libraries"
  fi
  grep -q "libpng.*which a wheel must not" "$place/said" || fail "wheel.py said: $(cat "$place/said")"
fi
