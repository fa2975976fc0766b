"""The size check can fail: what it should catch, it catches."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def house_rules() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house_rules", ROOT / "bin" / "house_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_catches_a_long_file(house_rules: ModuleType) -> None:
    assert list(house_rules.broken_rules("a.css", "\n" * 301)) == ["a.css has 301 lines, more than 300"]


def test_it_catches_a_long_function(house_rules: ModuleType) -> None:
    text = "def long():\n" + "    pass\n" * 41
    assert list(house_rules.broken_rules("a.py", text)) == ["a.py:1 long has 42 lines, more than 40"]


def test_it_lets_small_files_pass(house_rules: ModuleType) -> None:
    assert list(house_rules.broken_rules("a.py", "def short():\n    pass\n")) == []


def test_every_exception_has_a_reason(house_rules: ModuleType) -> None:
    assert all(house_rules.EXCEPTIONS.values())
