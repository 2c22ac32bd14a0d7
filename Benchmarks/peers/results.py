"""What every peer writes: a CSV with one row an image and class, and the numbers to agree upon."""

import csv
import os


def write(folder, names, classes, columns, agreed):
    """`columns` maps a heading to an array of images x classes, `agreed` a 'measure chain' to a
    number."""
    with open(os.path.join(folder, "images.csv"), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["image", "class", *columns])
        tables = [table.tolist() for table in columns.values()]
        for i, name in enumerate(names):
            for c, class_name in enumerate(classes):
                writer.writerow([name, class_name, *(table[i][c] for table in tables)])
    write_agreed(folder, agreed)


def write_agreed(folder, agreed):
    with open(os.path.join(folder, "result"), "w") as file:
        for name, value in agreed.items():
            file.write(f"{name} {float(value)!r}\n")
