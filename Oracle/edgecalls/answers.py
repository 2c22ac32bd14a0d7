"""What one framework printed: a file of one line a preset, whose values stand in the order of the sets."""

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Answers:
    path: Path
    versions: dict = field(default_factory=dict)
    sets: list = field(default_factory=list)
    # The texts that were evaluated for a preset, which depend on what a set holds.
    calls: dict = field(default_factory=dict)
    # By preset and set; a set that is not there was not asked.
    values: dict = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path):
        answers = cls(path)
        if path.exists():
            written = json.loads(path.read_text())
            answers.versions, answers.sets = written["versions"], written["sets"]
            answers.calls = written["calls"]
            answers.values = {
                preset: {name: v for name, v in zip(answers.sets, row) if v is not None}
                for preset, row in written["values"].items()}
        return answers

    def forget(self, name: str) -> None:
        if name not in self.sets:
            self.sets.append(name)
        for row in self.values.values():
            row.pop(name, None)

    def add(self, name: str, preset: str, call: str, value) -> None:
        self.values.setdefault(preset, {})[name] = value
        known = self.calls.setdefault(preset, [])
        if call not in known:
            known.append(call)

    def of(self, name: str) -> dict:
        return {preset: row[name] for preset, row in self.values.items() if name in row}

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        rows = {
            preset: [row.get(name) for name in self.sets]
            for preset, row in sorted(self.values.items()) if row}
        calls = {preset: self.calls[preset] for preset in rows}
        self.path.write_text("\n".join([
            "{", f'"versions": {json.dumps(self.versions)},', f'"sets": {json.dumps(self.sets)},',
            f'"calls": {lines(calls)},', f'"values": {lines(rows)}', "}", ""]))


def lines(table: dict) -> str:
    """A line a preset."""
    inside = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(row, separators=(',', ':'), allow_nan=False)}"
        for key, row in table.items())
    return "{\n" + inside + "\n}"
