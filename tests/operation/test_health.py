"""/healthz, /readyz and /metrics: what they say, to whom, and how soon."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
import yaml
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from pages.operation import metrics
from pages.operation.health import StoreProbe
from pages.quiz.service import QuizService
from pages.settings import ROOT
from pages.site import Site
from quiz.faults import StoreUnavailable
from quiz.store import Store
from tests.conftest import BASE_URL, client_with
from tests.operation.running import Running, wait_until
from tests.quiz_pages.builders import Reader

OWN = "a token for those who watch"
DASHBOARD = ROOT / "deploy" / "grafana" / "city-indicators.json"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
NAME = re.compile(r"\bcity_[a-z_]+")


@pytest.mark.usefixtures("service")
def test_the_site_is_ready_and_names_its_edition(client: FlaskClient, site: Site) -> None:
    assert (client.get("/healthz").text, client.get("/readyz").text) == (
        "ok\n",
        f"ok, edition {site.edition.version}\n",
    )


def test_the_site_is_unready_while_the_store_is_away_and_ready_again_after(
    client: FlaskClient, service: QuizService, tmp_path: Path
) -> None:
    service.database_url = f"sqlite:///{tmp_path / 'site.db'}"
    service.store = Store(service.database_url)
    service._prepared = False
    assert client.get("/readyz").status_code == 200
    service.store.close()
    away = tmp_path / "away"
    for part in tmp_path.glob("site.db*"):
        away.mkdir(exist_ok=True)
        shutil.move(part, away)
    (tmp_path / "site.db").mkdir()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "answer store: StoreUnavailable\n"
    assert client.get("/healthz").status_code == 200
    assert client.get("/en/").status_code == 200
    (tmp_path / "site.db").rmdir()
    for part in away.iterdir():
        shutil.move(part, tmp_path)
    assert client.get("/readyz").status_code == 200


def test_a_store_that_hangs_does_not_hang_who_asks_after_it(
    client: FlaskClient, service: QuizService, monkeypatch: pytest.MonkeyPatch
) -> None:
    end, checks = Event(), []

    def hang() -> None:
        checks.append(1)
        assert end.wait(60)

    monkeypatch.setattr(service, "check", hang)
    probe = StoreProbe(wait=0.05)
    with client.application.app_context():
        assert probe.fault() == probe.fault() == "answer store: no answer within 0.05 s"
        assert len(checks) == 1  # Those who ask do not pile up behind each other.
        end.set()
        monkeypatch.setattr("pages.operation.health._MAX_WAIT_SECONDS", 30)
        probe = StoreProbe(wait=30)
        assert probe.fault() == ""


def test_the_reason_of_unreadiness_tells_no_secret(
    client: FlaskClient, service: QuizService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreUnavailable("password authentication failed for user site at 10.0.0.5")

    monkeypatch.setattr(service, "check", fail)
    assert client.get("/readyz").text == "answer store: StoreUnavailable\n"


def test_the_figures_say_whether_the_site_can_serve_without_anybody_asking_before(
    client: FlaskClient, service: QuizService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ready() -> float:
        (ready_value,) = re.findall(r"^city_ready (\S+)", client.get("/metrics").text, re.MULTILINE)
        return float(ready_value)

    def fail() -> None:
        raise StoreUnavailable("away")

    metrics.READY.set(0.5)
    assert ready() == 1
    with monkeypatch.context() as away:
        away.setattr(service, "check", fail)
        assert ready() == 0
    assert ready() == 1


@pytest.mark.parametrize(
    ("sender", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("", {}, 403),
        # A proxy on the same machine, of which nobody told the site.
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 403),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
    ],
)
def test_without_a_token_only_this_machine_reads_the_figures(
    client: FlaskClient, sender: str, headers: dict[str, str], status: int
) -> None:
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": sender})
    assert answer.status_code == status
    assert ("city_started_seconds" in answer.text) is (status == 200)


def test_with_a_token_whoever_has_it_reads_the_figures() -> None:
    client = client_with(METRICS_TOKEN=OWN)
    far = {"REMOTE_ADDR": "192.0.2.7"}
    headers = {"Authorization": f"Bearer {OWN}"}
    assert client.get("/metrics", headers=headers, environ_base=far).status_code == 200
    for wrong in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {OWN}x"}):
        assert client.get("/metrics", headers=wrong).status_code == 403


def test_a_reader_behind_a_trusted_proxy_is_not_taken_for_this_machine() -> None:
    client = client_with(TRUSTED_PROXIES="1")
    forged = {"X-Forwarded-For": "127.0.0.1"}
    assert client.get("/metrics", headers=forged).status_code == 403


def test_the_figures_are_in_the_form_that_prometheus_reads(client: FlaskClient) -> None:
    client.get("/en/")
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    assert families["city_request_seconds"].type == "histogram"
    assert all(family.documentation for family in families.values())


def test_addresses_that_nobody_knows_make_no_new_figures(client: FlaskClient) -> None:
    for number in range(30):
        client.get(f"/en/unknown-{number}/")
        client.get(f"/en/kpi/unknown-{number}/")
        client.open("/en/", method=f"ODD{number}")
    text = client.get("/metrics").text
    assert "unknown-" not in text
    assert "ODD" not in text
    assert 'method="other"' in text


def test_answers_are_counted_by_what_became_of_them(client: FlaskClient, reader: Reader) -> None:
    def figure(name: str, outcome: str) -> float:
        match = re.search(
            rf'^{name}{{outcome="{outcome}"}} (\S+)', client.get("/metrics").text, re.MULTILINE
        )
        return float(match[1]) if match else 0.0

    names = ("stored", "changed", "no_option", "bad_stamp")
    before = {name: figure("city_quiz_answers_total", name) for name in names}
    fields = reader.fields(1, reader.item(1).right)
    reader.send(1, fields)
    other = next(option for option in reader.item(1).options if option != fields["option"])
    reader.send(1, {**fields, "option": other})
    reader.send(2, {**reader.fields(2), "option": ""})
    reader.send(2, {**reader.fields(2, reader.item(2).right), "stamp": "forged"})
    for name in names:
        assert figure("city_quiz_answers_total", name) == before[name] + 1, name
    started = figure("city_quiz_starts_total", "started")
    assert reader.start().status_code == 303
    assert figure("city_quiz_starts_total", "started") == started + 1


def _names_in(folder_file: Path) -> set[str]:
    return set(NAME.findall(folder_file.read_text("utf-8")))


@pytest.fixture(scope="module")
def metric_names(served: Running) -> set[str]:
    """Every name of a figure that a running site tells."""
    served.ask("/en/")
    served.ask("/data/2026.1/targets.csv")
    text = served.ask("/metrics")[2].decode()
    return {
        sample.name for family in text_string_to_metric_families(text) for sample in family.samples
    }


@pytest.mark.parametrize("file", [DASHBOARD, ALERTS], ids=lambda file: file.name)
def test_every_figure_that_is_watched_is_told(metric_names: set[str], file: Path) -> None:
    watched = _names_in(file)
    assert len(watched) > 5
    assert watched <= metric_names


def test_missing_processes_are_seen_by_those_that_are_left(served: Running) -> None:
    wait_until(lambda: served.figure("city_workers") == 2)  # The second may start later.
    assert served.figure("city_workers_wanted") == 2
    rules = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"][0]["rules"]
    (rule,) = [rule for rule in rules if rule["alert"] == "ProcessesMissing"]
    assert rule["expr"] == "city_workers < city_workers_wanted"


def test_busy_threads_are_shown_and_told_of_after_minutes() -> None:
    assert {"city_threads", "city_threads_busy"} <= _names_in(DASHBOARD)
    rules = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"][0]["rules"]
    (rule,) = [rule for rule in rules if "city_threads_busy" in rule["expr"]]
    assert (rule["expr"], rule["for"]) == ("city_threads_busy >= city_threads", "5m")


@pytest.mark.parametrize("file", [DASHBOARD, ALERTS], ids=lambda file: file.name)
def test_what_oembed_answers_to_odd_requests_is_no_failure(file: Path, client: FlaskClient) -> None:
    assert client.get(f"/oembed?url={BASE_URL}/en/&format=yaml").status_code == 501
    watched = re.findall(r'status=~"5\.\."[^}]*', file.read_text("utf-8").replace('\\"', '"'))
    assert watched == ['status=~"5..",status!="501"']


def test_the_dashboard_and_the_alerts_are_well_formed() -> None:
    dashboard = json.loads(DASHBOARD.read_text("utf-8"))
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
    for panel in dashboard["panels"]:
        assert panel["title"]
        assert all(
            target["expr"].count("(") == target["expr"].count(")") for target in panel["targets"]
        )
    rules = [
        rule
        for group in yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
        for rule in group["rules"]
    ]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["action"]


def test_a_program_that_the_site_starts_leaves_its_figures_alone() -> None:
    (Path(metrics.FOLDER) / "counter_0.db").write_bytes(b"")
    code = "from pages.operation import metrics; print(metrics.FOLDER)"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(metrics.FOLDER)},
        check=True,
    )
    assert ran.stdout.strip() != str(metrics.FOLDER)
    assert (Path(metrics.FOLDER) / "counter_0.db").exists()
    (Path(metrics.FOLDER) / "counter_0.db").unlink()
