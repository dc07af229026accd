"""A settings file that people write by hand: its content, and on which line each setting stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Mapping, Sequence, Tuple, Union

import yaml

Step = Union[str, int]


class BrokenDesks(Exception):
    """What is wrong with the settings of the desks, a line each: ``desks.yml line 12: hours.mon: reason``."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Written:
    """The content of a YAML file (``data``) and the tree that knows its lines."""

    name: str
    data: Mapping[str, Any]
    tree: yaml.Node

    def fault(self, path: Sequence[Step], reason: str, *, named: Sequence[Step]) -> str:
        """One line that says where: ``path`` leads from the top of the file, ``named`` is what to call it."""
        field = ".".join(str(step) for step in named)
        return f"{self.name} line {self._line(path)}: {field}: {reason}" if field else self._whole(path, reason)

    def _whole(self, path: Sequence[Step], reason: str) -> str:
        return f"{self.name} line {self._line(path)}: {reason}"

    def _line(self, path: Sequence[Step]) -> int:
        """The line of the setting's name, or of the closest thing around it that is written down."""
        node, line = self.tree, self.tree.start_mark.line
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
                if found is None:
                    break
                line, node = found[0].start_mark.line, found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            else:
                break
        return line + 1


def read_written(name: str, text: str) -> Written:
    """Raises BrokenDesks where it is no YAML, no mapping, or says something twice."""
    try:
        loader = yaml.SafeLoader(text)
        tree = loader.get_single_node()
        if not isinstance(tree, yaml.MappingNode):
            raise BrokenDesks([f"{name} line 1: must begin with desks: and hold a desk under it"])
        twice = [f"{name} line {line}: {key}: stands twice" for key, line in _repeated(tree)]
        if twice:
            raise BrokenDesks(twice)
        return Written(name, loader.construct_document(tree), tree)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name} line {mark.line + 1}" if mark else name
        raise BrokenDesks([f"{where}: cannot be read: {error.problem or error.context}"]) from None
    except RecursionError:  # "a: &a [*a]"
        raise BrokenDesks([f"{name}: cannot be read: something in it holds itself"]) from None
    except (yaml.YAMLError, ValueError, TypeError) as error:  # such as a date of 31 February, or a character of control
        raise BrokenDesks([f"{name}: cannot be read: {' '.join(str(error).split())}"]) from None


def _repeated(node: yaml.Node) -> List[Tuple[str, int]]:
    """YAML lets the second of two equal keys win without a word; here that is a mistake."""
    found: List[Tuple[str, int]] = []
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                found.append((str(key.value), key.start_mark.line + 1))
            if isinstance(key.value, str):
                seen.add(key.value)
            found.extend(_repeated(value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            found.extend(_repeated(value))
    return found
