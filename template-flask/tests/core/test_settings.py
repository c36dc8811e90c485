"""Settings come from the environment; the error for an invalid one names it."""

from collections.abc import Callable

import click
import pytest
from flask import Flask


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("MAX_FORM_PARTS", "99", 99),
        ("MAX_FORM_PARTS", "", 100),
        ("LOG_LEVEL", "WARNING", "WARNING"),
        ("SESSION_COOKIE_SECURE", "no", False),
    ],
)
def test_takes_settings_from_the_environment(
    make_app: Callable[..., Flask],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
    value: object,
) -> None:
    monkeypatch.setenv(name, text)
    assert make_app().config[name] == value


def test_takes_what_it_is_given_first(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAX_FORM_PARTS", "99")
    assert make_app(MAX_FORM_PARTS=7).config["MAX_FORM_PARTS"] == 7


@pytest.mark.parametrize("name", ["PROXY_HOPS", "SESSION_COOKIE_SECURE"])
def test_refuses_what_makes_no_sense(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "perhaps")
    with pytest.raises(RuntimeError, match=f"{name}: Input should be"):
        make_app()


def from_the_command_line(monkeypatch: pytest.MonkeyPatch, command: str) -> click.Context:
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    return click.Context(click.Command(command), info_name=command)


def test_serves_from_the_command_line_only_with_what_it_needs(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        from_the_command_line(monkeypatch, "run"),
        pytest.raises(RuntimeError, match="Set SECRET_KEY"),
    ):
        make_app(SECRET_KEY="")


def test_does_without_what_other_commands_do_not_need(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    with from_the_command_line(monkeypatch, "routes"):
        assert make_app(SECRET_KEY="").secret_key
