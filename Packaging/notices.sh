#!/bin/sh
# Prints the licences of what lies inside the binary that ships; most of them ask to go with every copy. They are
# taken from where each part came from, so they fit the versions that were built. It fails if one is missing.
#
#   notices.sh SCRATCH-PATH
set -eu

part() {
  if [ ! -f "$2" ]; then
    echo "the licence of $1 is missing: $2" >&2
    exit 1
  fi
  printf '\n%s\n\n' "==== $1 ===="
  cat "$2"
}

echo "The program unmask has parts of other software inside, under these licences."

for checkout in "$1"/checkouts/*/; do
  for licence in "$checkout"LICENSE*; do
    part "$(basename "$checkout")" "$licence"
  done
done

packages=" "
for archive in "$1"/archives/*.a; do
  owner=$(dpkg-query -S "*/$(basename "$archive")")
  package=${owner%%:*}
  case $packages in
    *" $package "*) ;;
    *) part "$package" "/usr/share/doc/$package/copyright" ;;
  esac
  packages="$packages$package "
done

toolchain=$(swiftc -print-target-info | sed -n 's/^ *"runtimeResourcePath": "\(.*\)\/lib\/swift".*/\1/p')
part "Swift, its standard library and Foundation" "$toolchain/share/swift/LICENSE.txt"
printf '\n%s\n' "Foundation contains ICU, Copyright (c) 1991 and later Unicode, Inc., under the Unicode License v3:
https://www.unicode.org/license.txt"
