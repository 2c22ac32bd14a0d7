#!/bin/sh
# Writes a package for Debian and Ubuntu around the binary that ships. The same binary gives the same bytes.
#
#   deb.sh UNMASK NOTICES DIRECTORY        needs dpkg-dev
#
# MAINTAINER is who answers for the package: Name <address>.
set -eu

unmask=$1
notices=$2
here=$(dirname "$0")
maintainer=${MAINTAINER:-Unmask maintainers <unmask@example.org>}
version=$("$unmask" --version)-1
architecture=$(dpkg --print-architecture)
summary=$(COLUMNS=1000 "$unmask" --help | sed -n '1s/^OVERVIEW: \(.*\)\.$/\1/p')
# The day of the last commit stands for that of the build.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
umask 022
doc=$tree/package/usr/share/doc/unmask
ZSH_COMPLETIONS=share/zsh/vendor-completions sh "$here/install.sh" "$unmask" "$tree/package/usr"
gzip -9n "$tree/package/usr/share/man/man1/unmask.1"
mkdir -p "$doc" "$tree/package/usr/share/lintian/overrides" "$tree/package/DEBIAN"
gzip -9nc "$here/../CHANGELOG.md" > "$doc/changelog.gz"
gzip -9nc > "$doc/changelog.Debian.gz" << END
unmask ($version) unstable; urgency=medium

  * See changelog.gz.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
END
gzip -9nc "$notices" > "$doc/THIRD-PARTY-NOTICES.gz"
cat > "$doc/copyright" << END
Copyright (C) 2026 the contributors of Unmask

Licensed under the Apache License, Version 2.0: /usr/share/common-licenses/Apache-2.0

The program has parts of other software inside; THIRD-PARTY-NOTICES.gz beside this file has their
copyright and their licences.
END
cat > "$tree/package/usr/share/lintian/overrides/unmask" << END
# One package for all releases of Debian and Ubuntu, which call the package of libpng by different names.
unmask: embedded-library
END

# dpkg-shlibdeps knows which package, and from which version on, has the symbols that the binary asks for.
mkdir "$tree/debian"
printf 'Source: unmask\n\nPackage: unmask\nArchitecture: any\n' > "$tree/debian/control"
depends=$(cd "$tree" && dpkg-shlibdeps -O package/usr/bin/unmask | sed -n 's/^shlibs:Depends=//p')
cat > "$tree/package/DEBIAN/control" << END
Package: unmask
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk "$tree/package/usr" | cut -f1)
Depends: $depends
Section: science
Priority: optional
Description: $summary
 It reads the saved predictions of a segmentation model and their truth,
 computes losses and scores again, reduces them along the axis orders that a
 configuration names, and says which class the mean hides.
END
(cd "$tree/package" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k2 > DEBIAN/md5sums)

mkdir -p "$3"
dpkg-deb --root-owner-group -Zxz --build "$tree/package" "$3/unmask_${version}_$architecture.deb"
