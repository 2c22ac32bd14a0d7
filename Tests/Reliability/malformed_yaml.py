"""Configurations: YAML that is damaged, heavy or means something else than it says."""

import json
import os

from malformed_case import ACCEPT, Case, npy

PLAIN = """version: 1
decode: {predictions: "pred/{image}.npy", truth: "truth/{image}.npy", kind: labels, classes: [a, b]}
measure: [iou]
reduce: {g: "pool(batch, image, pixel) > score > mean(class)"}
accept: [%s]
report: {to: out, formats: [json]}
""" % ACCEPT
DECODE = 'decode: {predictions: "pred/{image}.npy", truth: "truth/{image}.npy", kind: labels, classes: [a, b]}'
IMAGE = npy([(k + k // 13) % 2 for k in range(117)], 13)


def case(name, text, says="", names=("a", "b"), code=2, place="p.yml"):
    data = text if isinstance(text, bytes) else text.encode("utf-8")

    def check(folder):
        with open(os.path.join(folder, "out", "report.json"), encoding="utf-8") as file:
            found = [entry["name"] for entry in json.load(file)["classes"]]
        return None if found == list(names) else "the classes are %s" % found
    return Case(name + ".yml", {"p.yml": data, "pred/x.npy": IMAGE, "truth/x.npy": IMAGE},
                ["run", "p.yml", "--jobs", "1"], place, code, says, check)


def cases(rng):
    return written_otherwise() + encodings() + anchors() + nesting() + sizes() + syntax(rng)


def with_classes(value):
    return PLAIN.replace("[a, b]", value, 1)


def with_line(line):
    return PLAIN + line + "\n"


def written_otherwise():
    block = PLAIN.replace(DECODE, "decode:\n  predictions: pred/{image}.npy\n  truth: truth/{image}.npy\n"
                          "  kind: labels\n  classes:\n  - a\n  - b")
    chain = '{g: "pool(batch, image, pixel) > score > mean(class)"}'
    quoted = PLAIN.replace("kind: labels", 'kind: "labels"')
    texts = {"plain": PLAIN, "block": block, "comments": "# so\n" + PLAIN.replace("\n", " # so\n"),
             "document": "---\n" + PLAIN + "...\n",
             "directive": "%YAML 1.2\n---\n" + PLAIN, "directive_1_1": "%YAML 1.1\n---\n" + PLAIN,
             "no_line_end": PLAIN[:-1], "lines_dos": PLAIN.replace("\n", "\r\n"),
             "lines_mac": PLAIN.replace("\n", "\r"), "blank_lines": PLAIN.replace("\n", "\n\n  \n"), "quoted": quoted,
             "single_quotes": quoted.replace('"labels"', "'labels'"),
             "escaped": quoted.replace('"labels"', '"lab\\x65ls"'),
             "folded": quoted.replace('"labels"', '"lab\\\n    els"'),
             "tagged": PLAIN.replace("kind: labels", "kind: !!str labels"),
             "tagged_list": with_classes("!!seq [a, b]"), "tagged_map": PLAIN.replace("decode: {", "decode: !!map {"),
             "tagged_whole": PLAIN.replace("kind: labels", "kind: !<tag:yaml.org,2002:str> labels"),
             "not_specific": PLAIN.replace("kind: labels", "kind: ! labels"),
             "key_mark": PLAIN.replace("version: 1", "? version\n: 1"),
             "json": json.dumps({
                 "version": 1, "decode": {"predictions": "pred/{image}.npy", "truth": "truth/{image}.npy",
                                          "kind": "labels", "classes": ["a", "b"]}, "measure": ["iou"],
                 "reduce": {"g": "pool(batch, image, pixel) > score > mean(class)"}, "accept": ACCEPT.split(", "),
                 "report": {"to": "out", "formats": ["json"]}}),
             "other_order": "".join(reversed(PLAIN.splitlines(True))), "no_version": PLAIN[11:],
             "trailing_comma": with_classes("[a, b,]"),
             "literal": PLAIN.replace(chain, "\n  g: |-\n    pool(batch, image, pixel) > score > mean(class)"),
             "folded_chain": PLAIN.replace(chain, "\n  g: >-\n    pool(batch, image, pixel)\n    > score\n    > mean(class)"),
             "anchor_unused": PLAIN.replace("decode: {", "decode: &d {"), "bom": "\ufeff" + PLAIN,
             "spaces_behind": PLAIN.replace("\n", "   \n")}
    return [case("y_" + name, text) for name, text in texts.items()]


def encodings():
    found = []
    for name, data in {"utf_16": PLAIN.encode("utf-16"), "utf_16_be": PLAIN.encode("utf-16-be"),
                       "utf_32": PLAIN.encode("utf-32"), "latin_1": PLAIN.encode() + b"# \xe4\n",
                       "surrogate": PLAIN.encode() + b"# \xed\xa0\x80\n",
                       "overlong": PLAIN.encode() + b"# \xc0\xaf\n", "cut": PLAIN.encode() + b"# \xe2\x82",
                       "beyond": PLAIN.encode() + b"# \xf4\x90\x80\x80\n", "ff": b"\xff" + PLAIN.encode()}.items():
        # Without a mark at its start UTF-16 is UTF-8 with zeros in it.
        found.append(case("n_" + name, data, "" if name == "utf_16_be" else "UTF-8"))
    for name, character in (("zero", "\0"), ("bell", "\a"), ("escape", "\x1b"), ("delete", "\x7f"), ("c1", "\x86"),
                            ("noncharacter", "\ufffe"), ("private", "\ue000"), ("next_line", "\x85"),
                            ("line_separator", "\u2028")):
        for place, text in (("comment", with_line("# a%sb" % character)),
                            ("value", with_classes('["a%sb", c]' % character)),
                            ("key", with_line("x%sy: 1" % character))):
            found.append(case("%s_%s_in_%s" % ("n" if place == "key" else "i", name, place), text))
    found.append(case("i_two_boms", "\ufeff\ufeff" + PLAIN))
    for name, data in {"empty": b"", "blanks": b"  \n\n", "comment_only": b"# nothing\n",
                       "document_only": b"---\n...\n", "null": b"~\n", "text": b"unmask\n", "list": b"[1, 2]\n",
                       "number": b"1\n", "zeros": bytes(100), "png": b"\x89PNG\r\n\x1a\n" + bytes(60),
                       "bom_only": b"\xef\xbb\xbf", "tab": b"\t"}.items():
        found.append(case("n_is_" + name, data))
    return found


def anchors():
    found = [case("y_anchor", with_classes("&c [a, b]").replace("measure: [iou]", "measure: &m [iou]")),
             case("y_alias", "version: 1\n" + PLAIN[11:].replace("kind: labels", "kind: &k labels").replace("measure:",
                 "tile: &n 256\nmeasure:")),
             case("i_alias_as_key", with_classes("[&a a, b]") + "weights: {*a : 2}\n"),
             case("n_alias_unknown", with_classes("*c"), "alias"),
             case("n_alias_before", with_classes("*c") + "x: &c [a, b]\n", "alias"),
             case("n_alias_of_itself", with_classes("&c [a, *c]"), ""),
             case("n_merge", PLAIN.replace("decode: {", "decode: {<<: {kind: logits}, ")),
             case("n_anchor_empty", with_classes("& [a, b]")),
             case("n_anchor_twice_alias", with_classes("&c [*c, *c]")),
             case("n_aliases_17", with_line("x: [&a 1, %s]" % ", ".join(["*a"] * 17)), "aliases")]
    levels = ["a0: &a0 [%s]" % ", ".join(["x"] * 9)] + ["a%d: &a%d [%s]" % (k, k, ", ".join(["*a%d" % (k - 1)] * 9))
                                                        for k in range(1, 9)]
    found.append(case("n_aliases_of_aliases", "\n".join(levels) + "\n" + PLAIN))
    doubling = ["a0: &a0 [x, x]"] + ["a%d: &a%d [*a%d, *a%d]" % (k, k, k - 1, k - 1) for k in range(1, 9)]
    found.append(case("n_aliases_doubling", "\n".join(doubling) + "\n" + PLAIN))
    found.append(case("n_aliases_in_keys", "\n".join(
        ["? &a0 [x, x]\n: 1"] + ["? &a%d [*a%d, *a%d]\n: 1" % (k, k - 1, k - 1) for k in range(1, 8)]) + "\n" + PLAIN))
    for name, tag in {"local": "!mine", "python": "!!python/object/apply:os.system", "binary": "!!binary",
                      "int": "!!int", "set": "!!set", "omap": "!!omap", "verbatim": "!<x>", "unknown_handle": "!e!x",
                      "null": "!!null", "float": "!!float", "bool": "!!bool", "timestamp": "!!timestamp",
                      "long": "!" + "t" * 5000}.items():
        found.append(case("n_tag_" + name, PLAIN.replace("kind: labels", "kind: %s labels" % tag)))
    return found


def nesting():
    found = []
    for name, opening, closing, depths in (("lists", "[", "]", (33, 1000, 100000)),
                                           ("maps", "{a: ", "}", (33, 1000, 50000)), ("lists_open", "[", "",
                                               (100, 100000)), ("maps_open", "{a: ", "", (100, 100000)),
                                               ("keys", "? ", "", (100, 10000)), ("items", "- ", "", (100, 10000))):
        for depth in depths:
            lead = "x:\n  " if name in ("keys", "items") else "x: "
            found.append(case("n_deep_%s_%d" % (name, depth),
                              with_line(lead + opening * depth + "1" + closing * depth)))
    found.append(case("n_deep_indentation", PLAIN + "".join(" " * k + "k:\n" for k in range(1000))))
    found.append(case("n_deep_in_class", with_classes("[" * 40 + "a" + "]" * 40)))
    return found


def sizes():
    found = [case("y_comment_of_1_MB", "#" * (1000 << 10) + "\n" + PLAIN),
             case("n_longer_than_1_MB", "#" * (1 << 20) + "\n" + PLAIN, "bytes"),
             case("n_of_6_MB", PLAIN + "# so\n" * (6 << 18), "bytes"),
             case("n_key_of_100_kB", with_line("k" * 100000 + ": 1")),
             case("n_value_of_500_kB", PLAIN.replace("labels", "l" * 500000)),
             case("n_keys_20000", PLAIN + "".join("k%d: 1\n" % k for k in range(20000))),
             case("n_same_key_20000", PLAIN + "version: 1\n" * 20000),
             case("n_items_500000", with_line("x: [%s]" % ",".join(["1"] * 500000))),
             case("n_chain_of_300_kB", PLAIN.replace("mean(class)", "mean(class) > " * 20000)),
             case("n_measures_20000", PLAIN.replace("[iou]", "[%s]" % ", ".join("m%d" % k for k in range(20000)))),
             case("n_path_of_100_kB", PLAIN.replace("pred/{image}", "p" * 100000 + "{image}"), code=4),
             case("n_path_of_many_names", PLAIN.replace("pred/{image}",
                                                        "".join("{a%d}" % k for k in range(3000)) + "{image}")),
             case("n_digits_100000", PLAIN.replace("version: 1", "version: " + "1" * 100000)),
             case("n_quotes_open_500_kB", PLAIN.replace('"pred', '"' + "pred " * 100000, 1).replace('.npy"', ".npy",
                 1)),
             case("n_tabs_100000", "\t" * 100000 + PLAIN), case("n_documents_5000", (PLAIN + "---\n") * 1000)]
    return found


def syntax(rng):
    found = []
    for name, text in {"tab": PLAIN.replace("decode: {", "decode:\n\t{"),
                       "quote_open": PLAIN.replace('.npy", truth', ".npy, truth"),
                       "bracket_open": PLAIN.replace("[iou]", "[iou"),
                       "bracket_too_many": PLAIN.replace("[iou]", "[iou]]"),
                       "brace_open": PLAIN.replace("[a, b]}", "[a, b]"),
                       "no_colon": PLAIN.replace("version: 1", "version 1"),
                       "no_blank": PLAIN.replace("version: 1", "version:1"),
                       "indented": PLAIN.replace("measure", " measure"), "at": PLAIN.replace("[iou]", "@iou"),
                       "backtick": PLAIN.replace("[iou]", "`iou`"),
                       "percent": PLAIN.replace("[iou]", "%iou"), "two_documents": PLAIN + "---\n" + PLAIN,
                       "second_document_empty": PLAIN + "---\n", "escape_unknown": with_classes('["\\q", b]'),
                       "escape_short": with_classes('["\\u12", b]'), "escape_surrogate": with_classes('["\\ud800", b]'),
                       "escape_large": with_classes('["\\Uffffffff", b]'),
                       "colon_in_value": PLAIN.replace("kind: labels", "kind: labels: x"),
                       "chain_unquoted": PLAIN.replace('{g: "pool(batch, image, pixel) > score > mean(class)"}',
                                                       "\n  g: mean(batch, by: images)"),
                                                       "block_scalar_indent": with_line("x: |9\n a"),
                                                       "block_scalar_header": with_line("x: |x\n  a"),
                       "directive_only": "%YAML 1.2\n" + PLAIN, "directive_9": "%YAML 9.9\n---\n" + PLAIN,
                       "directive_unknown": "%FOO bar\n" + PLAIN, "comment_glued": PLAIN.replace("kind: labels,",
                           "kind: labels,#x"), "key_list": with_line("[a, b]: 1"), "key_map": with_line("{a: b}: 1"),
                           "key_nothing": with_line(": 1"),
                       "value_twice": PLAIN.replace("version: 1", "version: 1 2"),
                       "conflict": "<<<<<<< ours\n" + PLAIN + "=======\n" + PLAIN + ">>>>>>> theirs\n",
                       "dash": "- " + PLAIN.replace("\n", "\n  ")}.items():
        found.append(case("n_syntax_" + name, text))
    for size in sorted(rng.sample(range(12, 260), 8)):
        found.append(case("n_cut_at_%d" % size, PLAIN[:size]))
    for k in range(12):
        data = bytearray(PLAIN.encode())
        for _ in range(1 + k):
            data[rng.randrange(len(data))] = rng.choice(b"{}[]:,&*!|>'\"%@`#-? \n\t\x00\xffa1")
        found.append(case("i_bytes_%d" % k, bytes(data)))
    return found
