"""
The published way to compare two dumps of a Kafka topic (a blog post of 2022, "Kafka, where are all my messages?"),
written anew with the same steps: all lines of a file in memory, one object for each record, a dictionary from key to
last record and number of records, set operations over the keys. The last line sums up what was printed before.
"""

import json
import sys
from dataclasses import dataclass

SEPARATOR = "::"


@dataclass
class Message:
    key: str
    value: str
    timestamp: int
    partition: int


@dataclass
class LastMessage:
    message: Message
    occurrences: int = 1


class Dump:
    def __init__(self, path: str):
        print(f"parsing {path}")
        self.messages: list[Message] = []
        with open(path) as file:
            for line in file.readlines():
                # As published: what follows a separator within the value is cut off.
                columns = line.split(SEPARATOR)
                timestamp, partition = (int(column.split(":")[1]) for column in columns[:2])
                self.messages.append(Message(columns[2], columns[3].strip(), timestamp, partition))
        self.last_by_key: dict[str, LastMessage] = {}
        for message in self.messages:
            last = self.last_by_key.get(message.key)
            if last is None:
                self.last_by_key[message.key] = LastMessage(message)
            else:
                last.message = message
                last.occurrences += 1
        print(f"parsed messages: {len(self.messages)} and {len(self.last_by_key)} unique messages")


def main(source_path: str, mirror_path: str) -> None:
    source = Dump(source_path)
    mirror = Dump(mirror_path)
    source_keys = set(source.last_by_key)
    mirror_keys = set(mirror.last_by_key)
    shared = source_keys & mirror_keys
    not_in_source = mirror_keys - source_keys
    not_in_mirror = source_keys - mirror_keys
    modified = {
        key: (mirror.last_by_key[key], source.last_by_key[key])
        for key in shared
        if mirror.last_by_key[key].message.value != source.last_by_key[key].message.value
    }
    same = {
        key for key in shared if mirror.last_by_key[key].message.value == source.last_by_key[key].message.value
    }
    print(f"keys not found in {source_path}", not_in_source)
    print(f"keys not found in {mirror_path}", not_in_mirror)
    print("modified", modified)
    counts = {
        "notInSource": len(not_in_source),
        "notInMirror": len(not_in_mirror),
        "modified": len(modified),
        "same": len(same),
    }
    print(json.dumps(counts))


main(*sys.argv[1:])
