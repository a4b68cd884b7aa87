"""Settings: read from the environment, checked at once, every fault named."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from dash import Dash

from data.models import Language
from pages.application import create_app
from pages.context import context_of
from pages.registry import page_named
from pages.serving import paint_page
from pages.settings import ROOT, BadSettings, Settings
from pages.site import Site
from tests.conftest import settings_from

EVERY_FAULT = {
    "HOST": "two words",
    "PORT": "80501",
    "BASE_URL": "ftp://example.org",
    "VAR_FOLDER": "/proc/nowhere",
    "CITY": "../moscow",
    "SECURITY_CONTACT": "the office",
    "STARTS_PER_MINUTE": "-1",
    "ANSWERS_PER_MINUTE": "many",
    "CALLBACKS_PER_MINUTE": "1.5",
    "OEMBED_PER_MINUTE": "1e3",
    "RENDERS_PER_MINUTE": "1000001",
    "VARIANTS_PER_MINUTE": "often",
    "ROOMS_PER_DAY": "-3",
    "ROOM_POLL_SECONDS": "0",
    "TRUSTED_PROXIES": "10",
    "WEB_CONCURRENCY": "two",
    "THREADS": "0",
    "LOG_FORMAT": "xml",
    "LOG_LEVEL": "loud",
    "SOURCE_URL": "github",
    "X_ACCEL_REDIRECT": "files",
    "STYLEGUIDE": "perhaps",
}
FIELDS = Settings.model_fields
LONG = "of sixteen letters or more"
# A fault of these must not repeat what may be a secret.
EVERY_SECRET_FAULT = {
    "REDIS_URL": "http://:secret@localhost",
    "DATABASE_URL": "mysql://user:secret@localhost",
    "SECRET_KEY": "secret",
    "METRICS_TOKEN": "secret too",
}


def test_an_empty_variable_counts_as_absent() -> None:
    assert settings_from(dict.fromkeys(EVERY_FAULT, " ")) == settings_from({})


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    environment = {
        "HOST": "::1",
        "PORT": "9000",
        "BASE_URL": "https://example.org:8443/",
        "CITY": "karmoy",
        "REDIS_URL": "rediss://cache:6379/1",
        "SECRET_KEY": LONG,
        "METRICS_TOKEN": LONG,
        "SECURITY_CONTACT": "mailto:safe@example.org",
        "TRUSTED_PROXIES": "2",
        "WEB_CONCURRENCY": "3",
        "THREADS": "16",
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "warning",
        "RENDERS_PER_MINUTE": "0",
        "DATABASE_URL": "postgresql+psycopg://u:p@db/site",
        "CONTACT": " us@example.org ",
        "VAR_FOLDER": str(tmp_path / "made" / "here"),
    }
    assert settings_from(environment) == Settings(
        host="::1",
        port=9000,
        base_url="https://example.org:8443",
        city="karmoy",
        redis_url="rediss://cache:6379/1",
        secret_key=LONG,
        metrics_token=LONG,
        security_contact="mailto:safe@example.org",
        trusted_proxies=2,
        workers=3,
        threads=16,
        log_format="json",
        log_level="warning",
        renders_per_minute=0,
        database_url="postgresql+psycopg://u:p@db/site",
        contact="us@example.org",
        folder=tmp_path / "made" / "here",
    )
    assert (tmp_path / "made" / "here").is_dir()


@pytest.mark.parametrize(
    ("host", "host_name"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]")],  # noqa: S104  # Nothing is bound.
)
def test_the_address_follows_host_and_port_and_can_be_visited(host: str, host_name: str) -> None:
    assert settings_from({"HOST": host, "PORT": "81"}).base_url == f"http://{host_name}:81"


def test_every_fault_is_named_at_once_with_what_it_may_be() -> None:
    with pytest.raises(BadSettings) as refused:
        settings_from(EVERY_FAULT)
    lines = str(refused.value).splitlines()
    assert len(lines) == len(EVERY_FAULT)
    for name, value in EVERY_FAULT.items():
        assert [line for line in lines if line.startswith(f"{name}={value!r}: must be ")], name


def test_secrets_that_cannot_be_used_are_named_and_not_repeated() -> None:
    with pytest.raises(BadSettings) as refused:
        settings_from(EVERY_SECRET_FAULT | EVERY_FAULT)
    assert len(str(refused.value).splitlines()) == len(EVERY_SECRET_FAULT | EVERY_FAULT)
    for name in EVERY_SECRET_FAULT:
        assert f"{name}: must " in str(refused.value)
    assert "secret" not in str(refused.value)


def test_settings_show_no_secret() -> None:
    environment = {
        "REDIS_URL": "redis://:secret@cache",
        "DATABASE_URL": "postgresql://u:secret@db/site",
        "SECRET_KEY": "secret of sixteen",
        "METRICS_TOKEN": "secret of sixteen",
    }
    assert "secret of" not in repr(settings_from(environment))
    assert "u:secret" not in repr(settings_from(environment))


def test_machines_that_share_a_cache_share_a_key() -> None:
    with pytest.raises(BadSettings, match="SECRET_KEY: must be set with REDIS_URL"):
        settings_from({"REDIS_URL": "redis://cache"})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80.5", "٨٠", "http"])
def test_a_port_that_cannot_be_is_refused(port: str) -> None:
    with pytest.raises(BadSettings, match="PORT"):
        settings_from({"PORT": port})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u:secret@h:notaport/db"),
        ("DATABASE_URL", "postgresql://u:secret@h:70000/db"),
        ("DATABASE_URL", "sqlite"),
        ("REDIS_URL", "redis://:secret@h:notaport"),
        ("REDIS_URL", "redis://:secret@h:70000/0"),
        ("REDIS_URL", "redis://:sec/secret@h"),
        ("REDIS_URL", "redis://:12/secret@h"),
        ("REDIS_URL", "redis://:secret@h/db"),
        ("REDIS_URL", "redis://h?socket_timeout=secret"),
        ("BASE_URL", "https://u:secret@example.org"),
    ],
)
def test_an_address_that_cannot_be_read_to_its_end_is_refused_and_not_repeated(
    name: str, value: str
) -> None:
    with pytest.raises(BadSettings) as refused:
        settings_from({"SECRET_KEY": LONG, name: value})
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{name}: must be ")
    assert "secret" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u:p/w@h/db"),
        ("DATABASE_URL", "postgres://u:p%2Fw@h:5432/db?sslmode=require"),
        ("DATABASE_URL", "postgresql:///indicators?host=/run/postgresql"),
        ("DATABASE_URL", "sqlite:////var/lib/site.db"),
        ("REDIS_URL", "redis://:p%2Fw@h:6379/0"),
        ("REDIS_URL", "rediss://h"),
        ("BASE_URL", "http://[::1]:8050"),
        ("BASE_URL", "https://xn--80a.xn--p1ai"),
    ],
)
def test_addresses_that_hosts_give_are_taken(name: str, value: str) -> None:
    assert value in repr(vars_of(settings_from({"SECRET_KEY": LONG, name: value})))


def vars_of(settings: Settings) -> list[str]:
    """The addresses of settings, also those that they do not show."""
    return [settings.database_url, settings.redis_url, settings.base_url]


@pytest.mark.parametrize("folder", ["/proc", "/proc/nowhere", "/dev/null"])
def test_a_folder_that_cannot_be_written_is_refused(folder: str) -> None:
    with pytest.raises(BadSettings, match="VAR_FOLDER"):
        settings_from({"VAR_FOLDER": folder})


@pytest.mark.parametrize("name", ["PORT", "THREADS", "STARTS_PER_MINUTE"])
def test_a_number_beyond_all_bounds_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadSettings, match=name):
        settings_from({name: "9" * 5000})


@pytest.mark.parametrize(
    "address",
    [
        "example.org", "//example.org", "http://", "http://[a", "https://x.org/path",
        "https://x.org:port", "https://x.org:70000", "https://x.org?a", "https://x.org#a",
        'https://x.org/"><script>', 'https://x"><script>', "https://x.org:", "https://-",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_visited_is_refused(address: str) -> None:
    with pytest.raises(BadSettings, match="BASE_URL"):
        settings_from({"BASE_URL": address})


def test_an_unknown_city_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadSettings, match=r"CITY='atlantis'.*karmoy, .*moscow"):
        create_app(Settings(city="atlantis"))


def test_the_example_can_be_read_by_a_shell_and_by_the_site(tmp_path: Path) -> None:
    written = (ROOT / ".env.example").read_text("utf-8")
    used = tmp_path / "env"
    used.write_text(re.sub("^#(?=[A-Z_]+=)", "", written, flags=re.MULTILINE))
    ran = subprocess.run(
        ["/bin/sh", "-euc", f"set -a; . {used}; set +a; env -0"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )
    environment = dict(line.split("=", 1) for line in ran.stdout.decode().split("\0") if line)
    settings = settings_from({**environment, "SECRET_KEY": LONG, "VAR_FOLDER": str(tmp_path)})
    assert settings.contact == "[indicators@example.org](mailto:indicators@example.org)"


def test_the_example_names_every_setting_with_its_default() -> None:
    written = (ROOT / ".env.example").read_text("utf-8")
    documented = dict(re.findall(r"^#([A-Z_]+)=(.*)", written, re.MULTILINE))
    fields = {str(field.validation_alias or name).upper(): field for name, field in FIELDS.items()}
    assert documented.keys() == fields.keys()
    numbers = {name for name, field in fields.items() if field.default and field.annotation is int}
    for name in {*numbers, "HOST", "CITY", "LOG_FORMAT", "LOG_LEVEL"}:
        assert documented[name] == str(fields[name].default), name


@pytest.mark.parametrize(("language", "words"), [("en", "program code"), ("ru", "Код программы")])
def test_the_program_code_is_called_open_only_where_it_can_be_had(
    site: Site,
    dash_app: Dash,
    language: Language,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layout = page_named("about").layout
    with dash_app.server.test_request_context():
        unsaid = paint_page(layout(language), language)
        published = replace(site, source_url="https://example.org/code")
        monkeypatch.setattr(context_of(dash_app.server), "site", published)
        published_page = paint_page(layout(language), language)
    assert '<a href="https://example.org/code">' in published_page
    assert words in published_page
    assert words not in unsaid
