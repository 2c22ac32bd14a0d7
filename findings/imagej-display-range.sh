#!/bin/sh
# ImageJ: a label map is saved as it is shown, so brightness and contrast change 8-bit labels, and 16 bits or floats are stretched in each file
#
# `Save As PNG` of an 8-bit image applies the display range: after a look with 0 to 19, labels 1 2 4
# are saved as 13 26 53. A float image has its smallest and largest value as range, so labels and
# probabilities are stretched over 0…255 in each file. Turning 16 bits into 8 does the same, though
# all labels would fit. 16-bit images are saved as they are, whatever is shown. A 1-bit PNG comes
# back as a palette of 8 bits.
#
# Labels that somebody looked at are other labels, and no two files have one scale.
#
# Needs ImageJ and a JDK (on Debian: apt-get install imagej default-jdk-headless).
# Seen with ImageJ 1.53t, pillow 13.0.0, numpy 2.4.6.
set -eu
tool=/usr/share/java/ij.jar
[ -f "$tool" ] && command -v javac > /dev/null || { echo "ImageJ or a JDK is missing"; exit 1; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pillow==13.0.0 numpy==2.4.6
cd "$place"
cat > Show.java <<'END'
import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ImageConverter;

class Show {
    static void save(ImagePlus image, String file) {
        new FileSaver(image).saveAsPng(file);
    }

    public static void main(String[] arguments) {
        System.out.println("ImageJ " + IJ.getVersion());
        save(IJ.openImage("eight.png"), "plain.png");
        for (String name : new String[] {"eight", "sixteen"}) {
            ImagePlus shown = IJ.openImage(name + ".png");
            shown.setDisplayRange(0, 19);
            save(shown, name + "-shown.png");
        }
        ImagePlus reduced = IJ.openImage("sixteen.png");
        new ImageConverter(reduced).convertToGray8();
        save(reduced, "reduced.png");
        save(IJ.openImage("float.tif"), "float.png");
    }
}
END
cat > look.py <<'END'
import subprocess
import sys
from importlib.metadata import version

import numpy as np
from PIL import Image

print(", ".join(f"{name} {version(name)}" for name in ["pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.tile(np.array([0, 1, 2, 4, 19], np.uint8), (8, 1))
Image.fromarray(labels).save("eight.png")
Image.fromarray(labels.astype(np.uint16)).save("sixteen.png")
Image.fromarray((labels / 20).astype(np.float32)).save("float.tif")
subprocess.run(["java", "-Djava.awt.headless=true", "-cp", sys.argv[1], "Show.java"], check=True)


def saved(file):
    return np.array(Image.open(file))[0].tolist()


expect("0 1 2 4 19 saved again", saved("plain.png"), [0, 1, 2, 4, 19])
expect("shown from 0 to 19", saved("eight-shown.png"), [0, 13, 26, 53, 255])
expect("16 bits shown from 0 to 19", saved("sixteen-shown.png"), [0, 1, 2, 4, 19])
expect("16 bits made 8", saved("reduced.png"), [0, 13, 26, 51, 243])
expect("p = 0 0.05 0.1 0.2 0.95", saved("float.png"), [0, 13, 27, 54, 255])
END
PYTHONPATH=packages python3 -W ignore look.py "$tool"
