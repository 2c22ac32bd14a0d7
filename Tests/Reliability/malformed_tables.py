"""Evidence whose rows were changed by SQL, and that was sealed again as if the program had written it."""

import json

from malformed_store import columns, edited

# In every column of a kind, none of these can be.
WRONG = {"INTEGER": ["-2", "1.5", "'x'", "x'00'", "4611686018427387904", "281474976710657"],
         "BLOB": ["'text'", "5", "x'80'", "x'ffffffffffffffffffff01'", "1.5"], "TEXT": ["x'00'"]}
# Said for those who ask in SQL, and read by nobody else.
TOLD = ("class", "loss")


def cases(bases, rng, made):
    return (wrong_values(bases, rng, made) + missing(bases, made) + structure(bases, made) + run(bases, made)
            + together(bases, made))


def wrong_values(bases, rng, made):
    """Each column of each table gets, in its last row, some of the values that it cannot hold."""
    found, seen = [], {"run", *TOLD}
    for name, base in bases.items():
        for table, all_columns in columns(base.pages).items():
            if table in seen:
                continue
            seen.add(table)
            key = [column for column, _, _, place in sorted(all_columns, key=lambda c: c[3]) if place]
            last = "(%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1)" % (
                ", ".join(key), ", ".join(key), table, ", ".join("%s DESC" % k for k in key))
            for column, kind, optional, place in all_columns:
                # Rounded once more for people.
                if kind == "REAL":
                    continue
                values = list(WRONG[kind]) + ([] if optional or place else ["NULL"])
                if column == "seen":
                    values += ["'{'", "'null'", "'[]'"]
                for value in rng.sample(values, 2 if kind == "BLOB" else 1):
                    label = value.replace("'", "").replace(".", "_")[:12].replace("-", "minus_")
                    statement = "UPDATE %s SET %s = %s WHERE %s" % (table, column, value, last)
                    found.append(made("n_%s_%s_%s_%s" % (name, table, column, label), lambda base=base,
                                      statement=statement: edited(
                        base.evidence, statement, loose=True), base=name))
    return found


def missing(bases, made):
    """Rows taken away, and tables."""
    found = []
    for name, table, where in (("labels", "overlap", "image = 1 AND class = 1 AND tile = -1"),
                               ("labels", "overlap", "image = 1"), ("labels", "image", "id = 1"),
                               ("levels", "loss_sum", "image = 2 AND class = 2"), ("levels", "loss_sum", "tile = 0"),
                               ("levels", "weighted_sum", "class = 1"), ("levels", "level", "class = 0"),
                               ("levels", "run_level", "class = -1"), ("levels", "run_level", "class = 2"),
                               ("logits", "repair", "truth = 1"), ("logits", "run_level", "class = 1"),
                               ("labels", "tile", "tile = 1"), ("levels", "overlap", "class = 2")):
        statement = "DELETE FROM %s WHERE %s" % (table, where)
        found.append(made("n_%s_without_%s_%s" % (name, table, "".join(c if c.isalnum() else "_" for c in where)),
                          lambda name=name, statement=statement: edited(
            bases[name].evidence, statement), base=name))
    for name, table in (("labels", "distance"), ("labels", "confusion_row"), ("labels", "glance"), ("labels", "tile"),
                        ("levels", "soft_sum"), ("levels", "level"), ("levels", "weighted_sum"),
                        ("levels", "run_level"), ("logits", "repair"), ("logits", "confusion_row"), ("labels", "image"),
                        ("problem", "problem")):
        # Another run could have had none; what was asked of this one may then have no answer.
        found.append(made("i_%s_no_rows_of_%s" % (name, table), lambda name=name,
                          table=table: edited(bases[name].evidence, "DELETE FROM %s" % table), base=name))
    for table in columns(bases["labels"].pages):
        if table not in TOLD:
            found.append(made("n_no_table_%s" % table, lambda table=table: edited(bases["labels"].evidence,
                "DROP TABLE %s" % table), "is not as it should be"))
    return found


def structure(bases, made):
    base, found = bases["labels"], []

    def add(name, *statements, says="", loose=False):
        found.append(made(name, lambda: edited(base.evidence, *statements, loose=loose), says))

    add("n_column_renamed", "ALTER TABLE image RENAME COLUMN width TO wide", says="is not as it should be")
    add("i_column_more", "ALTER TABLE image ADD COLUMN mine TEXT")
    add("i_table_more", "CREATE TABLE mine (a)", "INSERT INTO mine VALUES (1)")
    add("i_index_more", "CREATE INDEX mine ON overlap (class)")
    add("i_trigger", "CREATE TRIGGER mine AFTER INSERT ON image BEGIN DELETE FROM image; END")
    add("i_analyzed", "ANALYZE")
    add("y_page_size_512", "PRAGMA page_size = 512", "VACUUM")
    add("y_page_size_65536", "PRAGMA page_size = 65536", "VACUUM")
    add("y_auto_vacuum", "PRAGMA auto_vacuum = 1", "VACUUM")
    add("y_free_pages", "CREATE TABLE mine (a)", "INSERT INTO mine VALUES (zeroblob(100000))", "DROP TABLE mine")
    add("i_wal", "PRAGMA journal_mode = WAL")
    add("i_view_for_table", "DROP VIEW confusion",
        "ALTER TABLE confusion_row RENAME TO kept", "CREATE VIEW confusion_row AS SELECT * FROM kept")
    numbers = "WITH RECURSIVE n(id) AS (SELECT 0 UNION ALL SELECT id + 1 FROM n)"
    add("n_view_without_end", "DROP TABLE note", "CREATE VIEW note AS %s SELECT id, 'x' AS text FROM n" % numbers)
    add("n_view_of_much", "DROP TABLE note", "CREATE VIEW note AS SELECT 0 AS id, hex(zeroblob(100000000)) AS text")
    add("n_column_of_much", "DROP TABLE note", "CREATE TABLE note (id, text AS (hex(zeroblob(100000000))))",
        "INSERT INTO note VALUES (0)")
    add("i_generated", "DROP TABLE note", "CREATE TABLE note (id, text AS ('x'))", "INSERT INTO note VALUES (0)")
    add("i_function_in_schema", "DROP TABLE note", "CREATE VIEW note AS SELECT 0 AS id, load_extension('x') AS text")
    add("n_schema_no_sql", "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE image (' WHERE name = 'image'")
    add("n_schema_escape", "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE image (' || char(27) || '[31m)' WHERE name = 'image'", says="malformed")
    add("n_schema_root_0", "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET rootpage = 0 WHERE name = 'image'")
    add("n_schema_root_beyond", "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'image'")
    add("i_schema_root_of_another", "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'tile') "
        "WHERE name = 'image'")
    add("n_schema_empty", "PRAGMA writable_schema = ON", "DELETE FROM sqlite_master")
    return found


def run(bases, made):
    """What the table `run` says."""
    base, found = bases["labels"], []

    def add(name, key, value, says="", base="labels", codes=(3,)):
        quoted = "CAST(x'%s' AS TEXT)" % value.encode("utf-8").hex()
        found.append(made(name, lambda: edited(bases[base].evidence,
                                               "UPDATE run SET value = %s WHERE key = '%s'" % (quoted, key)), says,
                                               base))
        found[-1].codes = codes

    for key in ("configuration", "configuration_file", "finished", "listed", "scheme", "tool"):
        found.append(made("n_run_without_%s" % key, lambda key=key: edited(base.evidence,
            "DELETE FROM run WHERE key = '%s'" % key)))
        found.append(made("n_run_%s_blob" % key, lambda key=key: edited(base.evidence,
            "UPDATE run SET value = x'31' WHERE key = '%s'" % key)))
    for value in ("0", "", "yes", "1 "):
        add("n_run_finished_%s" % (value.strip() or "empty%d" % len(value)), "finished", value, "incomplete")
    for value in ("-1", "", "x", "2", "9" * 30, "281474976710657"):
        add("n_run_listed_%s" % (value or "empty"), "listed", value)
    for name, base in (("labels", bases["labels"]), ("levels", bases["levels"])):
        scheme = scheme_of(base)
        for label, text in schemes(scheme).items():
            if label == "unknown_loss" and name == "labels":
                continue
            add("n_%s_scheme_%s" % (name, label), "scheme", text, base=name)
        for label, change in {"no_losses": {"losses": []}, "tile": {"tile": 1}, "tile_large": {"tile": 2**62},
                              "border": {"border": 2**62},
                              "distances": {"distances": False}, "levels": {"levels": True},
                              "soft_sums": {"softSums": True},
                              "activation": {"activation": "sigmoid"}, "kind": {"kind": "logits"},
                              "tile_0": {"tile": 0},
                              "tile_negative": {"tile": -1}, "border_negative": {"border": -5},
                              "tolerance": {"colorTolerance": -1}}.items():
            add("%s_%s_scheme_%s" % ("n" if label in ("tile_0", "tile_negative") else "i", name, label), "scheme",
                json.dumps({**scheme, **change}), base=name)
    text = CONFIGURATION
    for label, changed in {"empty": "", "no_yaml": "{", "other_key": text + "other: 1\n", "zero_byte": text + "# \0\n",
                           "long": "#" * (1 << 20) + "\n" + text}.items():
        # Up to its zero byte it is a whole configuration.
        add("%s_run_configuration_%s" % ("i" if label == "zero_byte" else "n", label), "configuration", changed,
            codes=(2, 3))
    for label, changed in {"more_classes": text.replace("[a, b, c]", "[a, b, c, d, e]"),
                           "fewer_classes": text.replace("[a, b, c]", "[a, b]"),
                           "same": text, "another_kind": text.replace("labels", "logits"),
                           "tile": text + "tile: 4\n", "bce": text.replace("[iou]", "[iou, bce]"),
                           "hd": text.replace("[iou]", "[iou, hd]")}.items():
        add("i_run_configuration_%s" % label, "configuration", changed, codes=(2, 3))
        add("i_run_configuration_%s_levels" % label, "configuration", changed, base="levels", codes=(2, 3))
    add("i_run_file_long", "configuration_file", "p" * 100000)
    add("i_run_file_control", "configuration_file", "\x1b[31m\n.yml")
    add("i_run_tool", "tool", "another 9.9\n\x1b[31m")
    return found


CONFIGURATION = """version: 1
decode: {predictions: "pred/{image}.png", truth: "truth/{image}.png", kind: labels, classes: [a, b, c]}
measure: [iou]
reduce: {g: "pool(batch, image, pixel) > score > mean(class)"}
report: {to: out, formats: [json]}
"""


def scheme_of(base):
    start = base.pages.index(b'{"activation"')
    return json.JSONDecoder().raw_decode(base.pages[start:start + 4000].decode("latin-1"))[0]


def schemes(scheme):
    text = json.dumps(scheme)
    entry = scheme["classes"]["entries"][0]
    def classes(entries):
        return json.dumps({**scheme, "classes": {"entries": entries}})
    return {"empty": "", "no_json": text[:-1], "null": "null", "list": "[]", "nothing": "{}", "deep": "[" * 100000,
            "deep_value": text[:-1] + ', "x": ' + "[" * 3000 + "]" * 3000 + "}",
            "number": text.replace('"tile": 8', '"tile": 1e400'), "fraction": text.replace('"tile": 8', '"tile": 8.5'),
            "text_for_number": text.replace('"tile": 8', '"tile": "8"'),
            "unknown_kind": text.replace('"kind": "', '"kind": "x'),
            "unknown_activation": text.replace('"activation": "', '"activation": "x'), "classes_none": classes([]),
            "classes_fewer": classes(scheme["classes"]["entries"][:2]),
            "classes_more": classes(scheme["classes"]["entries"] + [{**entry, "name": "d", "labels": [3]}]),
            "classes_20000": classes([{**entry, "name": "c%d" % k, "labels": [k]} for k in range(20000)]),
            "class_without_name": classes([{"labels": [0], "colors": []}] * 3),
            "thresholds": json.dumps({**scheme, "decision": {"aboveEach": {"_0": [0.5]}}}),
            "unknown_loss": json.dumps({**scheme, "losses": [{"name": "no-such-loss", "parameters": {}}]})}


def together(bases, made):
    """Numbers that are possible one by one, but not together: no crash is all that is asked."""
    found = []
    for name, label, statement in (
            ("labels", "counted", "UPDATE image SET counted_px = 281474976710656"),
            ("labels", "width_0", "UPDATE image SET width = 0"),
            ("labels", "size_1", "UPDATE image SET width = 1, height = 1"),
            ("labels", "confusion", "UPDATE confusion_row SET predicted = '{\"0\":281474976710655}'"),
            ("labels", "confusion_none", "UPDATE confusion_row SET predicted = '{\"0\":0}'"),
            ("labels", "no_class", "UPDATE image SET unclassed_px = 100000"),
            ("labels", "first", "UPDATE overlap SET first_px = 100000"),
            ("labels", "ignored", "UPDATE overlap SET ignored_px = 100000"),
            ("labels", "distance", "UPDATE distance SET predicted = x'8080808080808001010101'"),
            ("labels", "distance_odd", "UPDATE distance SET predicted = x'010101'"),
            ("labels", "distance_empty", "UPDATE distance SET predicted = x'', truth = x''"),
            ("labels", "unreached", "UPDATE distance SET truth_unreached_px = 281474976710656"),
            ("levels", "sums_largest", "UPDATE loss_sum SET own = x'7fffffffffffffffffffffffffffffff'"),
            ("levels", "sums_smallest", "UPDATE loss_sum SET own = x'80000000000000000000000000000000'"),
            ("levels", "weights_largest", "UPDATE image SET weight = x'7fffffffffffffffffffffffffffffff'"),
            ("levels", "weights_negative", "UPDATE image SET weight = x'ffffffffffffffffffffffffffffffff'"),
            ("levels", "soft_largest", "UPDATE soft_sum SET predicted = x'7fffffffffffffffffffffffffffffff'"),
            ("levels", "soft_smallest", "UPDATE soft_sum SET both = x'80000000000000000000000000000000'"),
            ("levels", "levels", "UPDATE level SET own = x'ffffffffffff3f'"),
            ("levels", "levels_none", "UPDATE level SET own = x'', other = x''"),
            ("levels", "run_levels", "UPDATE run_level SET own = x'ffffffffffff3f'"),
            ("levels", "kind", "UPDATE run_level SET kind = 'bits16'"),
            ("logits", "kind", "UPDATE run_level SET kind = 'bits8'"),
            ("logits", "repairs", "UPDATE repair SET cells = zeroblob(48)"),
            ("logits", "repairs_largest", "UPDATE repair SET cells = x'%s'" % (("7f" + "ff" * 15) * 3)),
            ("labels", "tp", "UPDATE overlap SET tp_px = 100000"),
            ("labels", "fn", "UPDATE overlap SET fn_px = 281474976710656 WHERE image = 0"),
            ("labels", "border", "UPDATE overlap SET border_fn_px = 100000"),
            ("levels", "ties", "UPDATE overlap SET own_at_threshold_px = 100000, own_at_0_px = 100000"),
            ("labels", "names", "UPDATE image SET name = name || char(27) || '[31m'"),
            ("labels", "names_long", "UPDATE image SET name = hex(zeroblob(50000)) || id"),
            ("labels", "groups", "UPDATE image SET image_group = 'g'"),
            ("problem", "problem_long", "UPDATE problem SET what = hex(zeroblob(100000))"),
            ("problem", "problem_control", "UPDATE problem SET what = char(27) || '[31m' || char(10)"),
            ("problem", "problem_places", "UPDATE problem SET place_line = -1, place_byte = NULL")):
        found.append(made("i_%s_%s" % (name, label), lambda name=name,
                          statement=statement: edited(bases[name].evidence, statement), base=name))
    return found
