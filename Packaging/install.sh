#!/bin/sh
# Puts the program, its man page and its completions below a directory, or removes precisely these.
#
#   install.sh UNMASK DIRECTORY
#   install.sh --remove DIRECTORY
#
# ZSH_COMPLETIONS is where the system's zsh looks: Debian's own packages have another folder than all others.
set -eu

zsh=${ZSH_COMPLETIONS:-share/zsh/site-functions}/_unmask
bash=share/bash-completion/completions/unmask
fish=share/fish/vendor_completions.d/unmask.fish
manual=share/man/man1/unmask.1

if [ "$1" = --remove ]; then
  for file in bin/unmask "$manual" "$bash" "$zsh" "$fish"; do
    rm -f "$2/$file"
  done
  exit
fi

# What is written by the program is written before anything is put in place.
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
sh "$(dirname "$0")/manual.sh" "$1" > "$made/manual"
for shell in bash zsh fish; do
  "$1" completions "$shell" > "$made/$shell"
done

put() {
  install -d "$(dirname "$3")"
  install -m "$1" "$2" "$3"
}

put 755 "$1" "$2/bin/unmask"
put 644 "$made/manual" "$2/$manual"
put 644 "$made/bash" "$2/$bash"
put 644 "$made/zsh" "$2/$zsh"
put 644 "$made/fish" "$2/$fish"
