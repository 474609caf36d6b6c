"""What an operator is told of a plug-in that cannot be used."""

from importlib.metadata import EntryPoint

import pytest

from entrepot.kit import plug_ins


def points(monkeypatch, *found):
    monkeypatch.setattr(
        plug_ins,
        "entry_points",
        lambda group: [EntryPoint(name=name, value=value, group=group) for name, value in found],
    )


def test_plug_ins_are_made_in_the_order_of_their_names(monkeypatch):
    points(monkeypatch, ("b", "builtins:list"), ("a", "builtins:dict"))
    assert [*plug_ins.plug_ins("g").items()] == [("a", {}), ("b", [])]


def test_one_that_cannot_be_imported_is_named(monkeypatch):
    points(monkeypatch, ("courier", "no_such_module:Courier"))
    with pytest.raises(plug_ins.PlugInBroken) as broken:
        plug_ins.plug_ins("entrepot.carriers")
    assert str(broken.value) == (
        "The plug-in courier (entrepot.carriers) of an unknown package cannot be used: "
        "ModuleNotFoundError: No module named 'no_such_module'"
    )


def test_two_of_one_name_are_refused(monkeypatch):
    points(monkeypatch, ("a", "builtins:list"), ("a", "builtins:dict"))
    with pytest.raises(plug_ins.PlugInBroken):
        plug_ins.plug_ins("g")
