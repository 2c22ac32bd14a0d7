"""Writes a wheel with the program inside, so that pip and uv can install it.

    python3 wheel.py UNMASK NOTICES DIRECTORY

The version and the summary are what UNMASK says of itself, and the tag is what it needs of a system. It needs
binutils and nothing that pip would have to fetch; the same binary gives the same bytes.
"""

import base64
import hashlib
import pathlib
import platform
import re
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What a system for manylinux wheels has. Anything else would have to come with the wheel.
SYSTEM_LIBRARIES = re.compile(r"lib(c|m|stdc\+\+|gcc_s)\.so\.\d+|ld-linux.*")

# The first release of glibc that systems have together with a libstdc++ of this version: PEP 600 asks
# that a tag holds for both.
GLIBC_BESIDE = {22: 24, 24: 27, 28: 31, 29: 34, 30: 35, 33: 39}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def platform_tag(unmask):
    if sys.platform != "linux":
        sys.exit("wheels are made on Linux only: elsewhere the program is not free of other libraries")
    headers = output("objdump", "-p", unmask)
    needed = re.findall(r"^ +NEEDED +(\S+)", headers, re.M)
    foreign = [library for library in needed if not SYSTEM_LIBRARIES.fullmatch(library)]
    if foreign:
        sys.exit(f"{unmask} needs {', '.join(foreign)}, which a wheel must not: their static libraries are missing here")
    glibc = max(int(minor) for minor in re.findall(r"\bGLIBC_2\.(\d+)", headers))
    cxx = max((int(minor) for minor in re.findall(r"\bGLIBCXX_3\.4\.(\d+)", headers)), default=0)
    beside = min((value for key, value in GLIBC_BESIDE.items() if key >= cxx), default=None)
    if beside is None:
        sys.exit(f"GLIBCXX_3.4.{cxx} is newer than what wheel.py knows: add its glibc to GLIBC_BESIDE")
    return f"manylinux_2_{max(glibc, beside)}_{platform.machine()}"


def description():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    # A page of a registry has no files beside it.
    return re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]+\)", r"\1", text)


def metadata(version, summary):
    return f"""\
Metadata-Version: 2.4
Name: unmask
Version: {version}
Summary: {summary}
Keywords: segmentation,loss,metrics,evaluation,iou
License-Expression: Apache-2.0
License-File: LICENSE
License-File: THIRD-PARTY-NOTICES
Classifier: Environment :: Console
Classifier: Operating System :: POSIX :: Linux
Classifier: Topic :: Scientific/Engineering :: Image Recognition
Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM

{description()}"""


def record(files, path):
    rows = []
    for name, (content, _) in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join(rows) + f"{path},,\n"


def main(unmask, notices, directory):
    version = output(unmask, "--version").strip()
    summary = re.match("OVERVIEW: (.*)", output("env", "COLUMNS=1000", unmask, "--help"))[1]
    tag = "py3-none-" + platform_tag(unmask)
    info = f"unmask-{version}.dist-info"
    plain, executable = 0o100644, 0o100755
    files = {
        f"unmask-{version}.data/scripts/unmask": (pathlib.Path(unmask).read_bytes(), executable),
        f"{info}/METADATA": (metadata(version, summary).encode(), plain),
        f"{info}/WHEEL": (f"Wheel-Version: 1.0\nGenerator: unmask\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(), plain),
        f"{info}/licenses/LICENSE": ((ROOT / "LICENSE").read_bytes(), plain),
        f"{info}/licenses/THIRD-PARTY-NOTICES": (pathlib.Path(notices).read_bytes(), plain),
    }
    files[f"{info}/RECORD"] = (record(files, f"{info}/RECORD").encode(), plain)

    wheel = pathlib.Path(directory) / f"unmask-{version}-{tag}.whl"
    wheel.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, (content, mode) in files.items():
            # The clock would make two wheels of one binary differ.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = mode << 16
            entry.create_system = 3
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    print(wheel)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__.split("\n\n")[1].strip())
    main(*sys.argv[1:])
