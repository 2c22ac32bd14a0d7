"""A state that is cut off, has bytes flipped, or is another file.

A run makes the right set all the same, and so do the two after it, or it refuses the state by its name (exit code 3)
and leaves the set alone. An index that is damaged may stay so unseen, as long as the sets are right.
"""

import random
import shutil
import sqlite3

import nightly_place
import proof
from nightly_place import STATE
from nightly_run import COMPLETE, PARTLY, difference

FLIPS = 200
NEWER = "a step of a later version"


def flip(content, at, chance):
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1:]


def flips(place, chance, count):
    """One bit at each of so many places, in whichever file of the state; now and then a whole run of bytes."""
    for turn in range(count):
        def damage(state, turn=turn):
            files = [path for path in sorted(state.glob("state.sqlite*")) if path.stat().st_size and not path.is_dir()
                     and not path.name.endswith("-shm")]
            path = chance.choice(files)
            content = path.read_bytes()
            at = chance.randrange(len(content))
            if turn % 5:
                path.write_bytes(flip(content, at, chance))
                return f"a bit of {path.name} flipped, in byte {at}"
            length = chance.choice([2, 16, 4096])
            path.write_bytes(content[:at] + chance.randbytes(len(content[at:at + length])) + content[at + length:])
            return f"{length} bytes of {path.name} changed from byte {at} on"
        yield damage


def cuts(chance, count):
    for turn in range(count):
        def damage(state, turn=turn):
            path = state / "state.sqlite"
            content = path.read_bytes()
            at = [0, 1, 16, 100, 4096, len(content) - 1, len(content) - 4096][turn] if turn < 7 else chance.randrange(len(content))
            path.write_bytes(content[:max(0, at)])
            return f"state.sqlite cut off after {at} bytes"
        yield damage


def others():
    """Other files in its place."""
    def instead(name, put):
        def damage(state):
            for beside in state.glob("state.sqlite*"):
                beside.unlink()
            put(state / "state.sqlite")
            return f"state.sqlite is {name}"
        return damage

    def database(path, statements):
        with sqlite3.connect(path) as made:
            made.executescript(statements)
        made.close()

    yield instead("text", lambda path: path.write_text("a state\n" * 100))
    yield instead("another database", lambda path: database(path, "CREATE TABLE t (x); INSERT INTO t VALUES (1);"))
    yield instead("an empty database", lambda path: database(path, "VACUUM;"))
    yield instead("a directory", lambda path: path.mkdir())
    yield instead("a link to nothing", lambda path: path.symlink_to("nowhere"))
    yield instead("a link to itself", lambda path: path.symlink_to("state.sqlite"))
    yield instead("the evidence of a run", lambda path: shutil.copy(path.parent.parent / "out/evidence.sqlite", path))


def altered(state, statements, says):
    path = state / "state.sqlite"
    with sqlite3.connect(path) as database:
        statements(database)
    database.close()
    return says


def tables(database):
    return [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]


def by_hand(place):
    """What a database still takes: rows and tables that go, and the version of the state."""
    path = place.root / "kept/state/state.sqlite"
    with sqlite3.connect(path) as database:
        names, version = tables(database), database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    for name in names:
        def drop(database, name=name):
            database.execute(f'DROP TABLE "{name}"')

        def empty(database, name=name):
            database.execute(f'DELETE FROM "{name}"')

        def halve(database, name=name):
            database.execute(f'DELETE FROM "{name}" WHERE rowid % 2')

        for change, word in (drop, "gone"), (empty, "empty"), (halve, "half empty"):
            def damage(state, change=change, word=word, name=name):
                try:
                    return altered(state, change, f"the table {name} is {word}")
                except sqlite3.Error:
                    return None
            yield damage
    for number in (version + 1, 2**31 - 1):
        def damage(state, number=number):
            return altered(state, lambda database: database.execute(f"PRAGMA user_version = {number}"),
                           f"another user_version, {number} in place of {version}")
        yield damage

    def newer(state):
        return altered(state, lambda database: database.execute(
            "INSERT INTO grdb_migrations VALUES ('999: a later version')"), NEWER)
    if "grdb_migrations" in names:
        yield newer


def faults(place, before, ending, what):
    """What is wrong with the run that meets a damaged state, and with those after it."""
    if ending.code is None or ending.code < 0:
        return ["goes on for too long" if ending.code is None else f"ends by signal {-ending.code}"]
    if ending.code == COMPLETE:
        fault = difference(place.set(), place.sets[place.day])
        found = [f"a wrong set: {fault}"] if fault else []
        found += ["takes a newer state"] if what == NEWER else []
        for _ in range(2):
            place.turn()
            found += place.wrong_after(is_sound=False)
        return found
    found = []
    if place.set() != before:
        found.append(f"ends with {ending.code} and changes the set: {ending.error.strip()[:200]}")
    if ending.code != PARTLY or not any(name in ending.error for name in ("state.sqlite", "made/state")):
        found.append(f"ends with {ending.code}: {ending.error.strip()[:200]}")
    again = place.run()
    if again.code != COMPLETE and not what.startswith("state.sqlite is") and what != NEWER:
        found.append(f"refuses what is damaged again and again: ends with {again.code}: {again.error.strip()[:200]}")
    return found


def each(asked, figure, make, is_killed=False):
    """Does all damages that `make` gives of a place."""
    def work():
        wrong, done, aside, unsound, chance = [], 0, 0, 0, random.Random(f"{asked.seed} {figure}")
        with nightly_place.place(asked, images=8) as place:
            for damage in make(place, chance):
                place.back()
                if is_killed:
                    place.turn()
                    place.run(call="any", at=chance.randrange(1, 200), signal=9)
                    place.turn()
                what = damage(place.root / STATE)
                if not what:
                    continue
                place.turn()
                before = place.set()
                ending = place.run()
                done += 1
                aside += any(place.root.glob(f"{STATE}/state.sqlite.damaged*"))
                found = faults(place, before, ending, what)
                unsound += bool(place.unsound())
                wrong += [(said, what) for said in found]
        return f"{figure}, set aside {aside}, later unsound {unsound},", done, wrong
    return work


def damage(asked):
    if asked.plain:
        print("skipped: without a state there is none to damage")
        return 0
    count = 6 if asked.short else asked.count or FLIPS
    works = [each(asked, "state with bytes flipped", lambda place, chance: flips(place, chance, count * 3 // 4)),
             each(asked, "state with bytes flipped after a kill", lambda place, chance: flips(place, chance, count // 4), True),
             each(asked, "state cut off", lambda place, chance: cuts(chance, 3 if asked.short else 20)),
             each(asked, "state replaced", lambda place, chance: others()),
             each(asked, "state altered by hand", lambda place, chance: by_hand(place))]
    return proof.tell(nightly_place.together(works[:3] if asked.short else works), "the right set, or refused by name")
