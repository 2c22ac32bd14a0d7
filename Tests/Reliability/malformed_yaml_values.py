"""Configurations: keys and values that are not what is expected there."""

import json

from malformed_yaml import DECODE, PLAIN, case, with_classes, with_line


def cases(rng):
    return classes() + keys() + values() + chains()


def classes():
    """Words that other YAML takes for something else stay words here."""
    found = []
    for first, second in (("no", "yes"), ("on", "off"), ("null", "~"), ("true", "False"), ("012", "1_0"),
                          ("1:30", "0x10"), ("1e3", ".inf"), ("2026-01-02", "=")):
        found.append(case("y_class_%s" % (first.replace(":", "_")), with_classes("[%s, %s]" % (first, second)),
                          names=(first, second)))
    found.append(case("y_class_unicode", with_classes('["größe", "\U0001f600"]'), names=("größe", "\U0001f600")))
    found.append(case("y_class_escape", with_classes('["\\u00e4", "\\U0001F600"]'), names=("ä", "\U0001f600")))
    for name, value, says in (("none", "[]", "classes"), ("nothing", "", "classes"),
                              ("empty_text", '["", b]', "classes"), ("twice", "[a, a]", "twice"),
                              ("number_0", "0", "classes"), ("negative", "-3", "classes"),
                              ("number_large", "1000000000", "classes"), ("number_huge", "9" * 40, "classes"),
                              ("map", "{a: b}", "classes"), ("nested", "[[a, b]]", "classes"),
                              ("unknown", "[{nam: a}, b]", "nam"),
                              ("value_text", "[{name: a, value: x}, b]", "value"),
                              ("value_fraction", "[{name: a, value: 1.5}, b]", "value"),
                              ("value_huge", "[{name: a, value: 99999999999999999999}, b]", "value"),
                              ("color_of_2", "[{name: a, color: [1, 2]}, b]", "color"),
                              ("color_256", "[{name: a, color: [1, 2, 256]}, b]", "color"),
                              ("color_negative", "[{name: a, color: [1, 2, -1]}, b]", "color")):
        found.append(case("n_classes_" + name, with_classes(value), says))
    for name, value in (("escape", '["\\e[31m", b]'), ("newline", '["a\\nb", c]'), ("zero", '["a\\0b", c]'),
                        ("right_to_left", '["\u202ea", b]'), ("long", "[%s, b]" % ("a" * 50000)),
                        ("of_1000", "[%s]" % ", ".join("c%d" % k for k in range(1000)))):
        found.append(case("i_class_" + name, with_classes(value)))
    return found


def keys():
    found = []
    for key, line in (("version", "version: 1"), ("decode", DECODE), ("measure", "measure: [iou]"),
                      ("reduce", "reduce: {h: \"pool(batch, image, pixel) > score\"}"), ("report", "report: {to: x}")):
        found.append(case("n_twice_" + key, with_line(line), key))
    found.append(case("n_twice_inside", PLAIN.replace("kind: labels", "kind: labels, kind: logits"), "kind"))
    found.append(case("n_twice_quoted", with_line('"version": 1'), "version"))
    for key in ("predictions", "truth", "kind", "classes"):
        found.append(case("n_without_" + key, PLAIN.replace(key + ":", "group:", 1), ""))
    for line in ("measure: [iou]\n", DECODE + "\n"):
        found.append(case("n_without_" + line.split(":")[0], PLAIN.replace(line, ""), line.split(":")[0]))
    for k, key in enumerate(("Version", "decode ", "измерение", "версия", "a.b", "", "0", "true", "null", "decode.kind",
                             "__proto__", "x" * 300,
                             "\u202edecode")):
        found.append(case("n_key_%d" % k, with_line("%s: 1" % json.dumps(key, ensure_ascii=False))))
    return found


def values():
    """Every kind of value where another is expected."""
    found, wrong = [], {"number": "7", "text": "x", "list": "[1]", "map": "{x: 1}", "nothing": "", "truth": "true",
                        "quoted": '"1"'}
    for key, right in (("version", ()), ("decode", ()), ("measure", ()), ("reduce", ()), ("tile", ("number",)),
                       ("report", ()), ("diagnose", ()), ("batch", ()), ("weights", ()), ("check", ()),
                       ("accepted", ()), ("presets", ()), ("sample_weight", ())):
        base = "".join(line for line in PLAIN.splitlines(True) if not line.startswith(key + ":"))
        for kind, value in wrong.items():
            if kind not in right and not (value == "" and key not in ("version", "decode", "measure")):
                # What a key takes besides is said by its own tests.
                found.append(case("i_%s_is_%s" % (key, kind), base + "%s: %s\n" % (key, value)))
    for number in ("0", "-1", "1.5", "1e3", "0x10", "1_000", "9223372036854775808", "99999999999999999999", ".nan",
                   ".inf", "+", "''", "1 2", "０", "1%"):
        found.append(case("n_tile_%s" % "".join(c if c.isalnum() and c.isascii() else "u%x" % ord(c) for c in number),
                          with_line("tile: " + number), "tile"))
    found.append(case("y_tile_plus", with_line("tile: +8")))
    found.append(case("y_tile_zeros", with_line("tile: 008")))
    found.append(case("y_tile_largest", with_line("tile: 9223372036854775807")))
    for to in ('""', '"a\\0b"', "[x]", "{}", '"p.yml"', '"pred"', "nul\\0"):
        found.append(case("i_report_to_%d" % len(found), PLAIN.replace("to: out", "to: " + to), code=(2, 74)))
    for path in ('""', '"a\\0b/{image}.npy"', '"{image"', '"image}"', '"{}"', '"{image}{image}"', '"{image:(}"',
                 '"{image:(a+)+$}.npy"', '"{image:\\\\}"', '"**/{image}.npy"', '"/{image}.npy/.."', '"{image}"',
                 '"pred/{image}.npy#a#b"', '"http://x/{image}.npy"'):
        text = PLAIN.replace('"pred/{image}.npy"', path)
        # Where a path is none that a file could have, that no file is there is an answer too.
        found.append(case("i_path_%d" % len(found), text, code=(2, 4), place=""))
    return found


def chains():
    found = []
    for k, chain in enumerate(("", ">", "mean", "mean()", "mean(", "mean(class", "mean(class))", "mean(class) >",
                               "> mean(class)", "mean(class) > > mean(image)", "mean(klass)", "mean(class, class)",
                               "score", "score > score > mean(class, image, batch, pixel)", "pool(pixel) > score",
                               "mean(class, by: nothing)", "mean(class, by:)",
                               "mean(class by images)", "pool(batch, image, pixel) > score > mean(class) > mean(class)",
                               "a" * 500, "(" * 5000, "mean(" * 5000, "mean(class) > " * 300, "m\u00e9an(class)",
                               "mean(class)\\0", "\\e[31m")):
        found.append(case("n_chain_%d" % k, PLAIN.replace("pool(batch, image, pixel) > score > mean(class)", chain),
                          "chain" if chain != "pool(pixel) > score" else "g"))
    return found
