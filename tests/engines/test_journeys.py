"""Ten ways through the site, in Firefox and in WebKit; tests/browser has them in Chromium."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from dash import Dash
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from components.texts import text
from pages.context import context_of
from pages.site import Site
from tests.engines.conftest import Reader
from tests.quiz.builders import answer_rightly

UNEMPLOYMENT = "ec-p-em-1c"


def test_home_opens_with_every_indicator(reader: Reader, site: Site) -> None:
    reader.opens("/ru/")
    assert reader.text_of("h1")
    links = reader.runs(
        "return [...document.querySelectorAll('main a[href*=\"/kpi/\"]')].map(a => a.pathname)"
    )
    assert set(links) >= {f"/ru/kpi/{indicator.slug}/" for indicator in site.edition.indicators}
    width = reader.runs("return document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_everyday_words_find_an_indicator(reader: Reader) -> None:
    reader.opens("/ru/kpi/")
    field = reader.finds("main input[type=search]")
    field.send_keys("безработица")
    field.send_keys(Keys.ENTER)
    reader.finds(f"main a[href*='{UNEMPLOYMENT}']")
    reader.waits(lambda: parse_qs(urlsplit(reader.path).query)["q"] == ["безработица"])


def test_another_year_changes_the_page_and_its_address(reader: Reader) -> None:
    reader.opens("/en/")
    before = reader.text_of("main .finding")
    choose_year(reader, "2018")
    reader.waits(lambda: "as_of=2018" in reader.path)
    reader.waits(lambda: reader.text_of("main .finding") != before)
    assert "as_of=2018" in str(reader.finds("#language-switch").get_attribute("href"))


def choose_year(reader: Reader, year: str) -> None:
    """Choose a year where the form is folded or not."""
    reader.runs("document.querySelectorAll('form details').forEach(fold => fold.open = true)")
    Select(reader.finds("select[name=as_of]")).select_by_value(year)


def test_arrows_lead_through_the_squares_while_the_wheel_says_each(reader: Reader) -> None:
    reader.opens("/en/")
    idle = reader.text_of(".hub")
    reader.runs("arguments[0].focus()", reader.finds(".waffle a"))
    reader.waits(lambda: reader.text_of(".hub") != idle)
    first, address = reader.text_of(".hub"), focused_address(reader)
    reader.presses(Keys.ARROW_RIGHT)
    reader.waits(lambda: focused_address(reader) != address)
    reader.waits(lambda: reader.text_of(".hub") != first)
    address = focused_address(reader)
    reader.presses(Keys.ENTER)
    reader.waits(lambda: reader.path == address)


def focused_address(reader: Reader) -> str:
    """The address of the link that has the focus."""
    return str(reader.runs("return document.activeElement.getAttribute('href')"))


def test_an_indicator_has_chart_and_opens_its_folds(reader: Reader) -> None:
    reader.opens(f"/ru/kpi/{UNEMPLOYMENT}/")
    assert "1,8" in reader.text_of("main")
    box = reader.finds("main svg.trend").rect
    assert box["width"] > 200
    fold = reader.finds("main details > summary")
    fold.click()
    reader.waits(lambda: reader.runs("return arguments[0].parentElement.open", fold))


def answer_somehow(reader: Reader) -> None:
    """Choose the first option, of a drawing too, or write a number of the line."""
    reader.finds("form button[type=submit]")  # The question has come, with what it has before it.
    if reader.driver.find_elements(By.ID, "quiz-number"):
        lowest = reader.finds("#quiz-slider").get_attribute("min")
        reader.finds("#quiz-number").send_keys(str(lowest))
        return
    if reader.driver.find_elements(By.ID, "quiz-choose"):
        reader.clicks("#quiz-choose")
    reader.clicks("main input[name=option] + label")


def test_a_run_of_the_quiz_comes_to_its_result(reader: Reader, dash_app: Dash) -> None:
    """The first and the last two questions by hand, the same steps of the others without it."""
    reader.opens("/en/quiz/")
    reader.clicks("main form button")
    for position in (1, 9, 10):
        if position == 9:
            store, run_id = context_of(dash_app.server).quiz.store, reader.path.split("/")[3]
            run = store.find_run(run_id)
            assert run
            answer_rightly(store, run, 7)
            reader.opens(f"/en/quiz/{run_id}/{position}/")
        reader.waits(lambda n=position: urlsplit(reader.path).path.endswith(f"/{n}/"))
        answer_somehow(reader)
        reader.clicks("main form button[type=submit]")
        reader.clicks("#quiz-next")
    reader.waits(lambda: urlsplit(reader.path).path.endswith("/result/"))
    assert reader.text_of("h1")


def test_a_question_is_answered_in_its_frame(reader: Reader) -> None:
    reader.opens("/en/about/")
    reader.runs(
        "document.body.innerHTML = '<iframe src=\"/embed/en/quiz/water-at-home\" height=600>'"
    )
    reader.driver.switch_to.frame(reader.finds("iframe"))
    try:
        answer_somehow(reader)
        reader.clicks("form button[type=submit]")
        reader.finds(".q-feedback")
        assert reader.driver.find_elements(By.CSS_SELECTOR, ".q-facts a")
    finally:
        reader.driver.switch_to.default_content()


def test_a_question_is_opened_answered_and_closed_in_a_room(reader: Reader) -> None:
    reader.opens("/en/quiz/")
    reader.clicks("#together form button")
    code = reader.text_of(".q-code").replace(" ", "")
    presenter = reader.path
    reader.clicks(".q-side form button")
    reader.finds(".q-asked")
    reader.opens(f"/en/quiz/join/{code}/")
    reader.clicks("main form button")
    reader.waits(lambda: reader.path.endswith("/1/"))
    answer_somehow(reader)
    reader.clicks("main form button[type=submit]")
    reader.waits(lambda: reader.text_of("h1") == text("room_answered_title", "en"))
    member = reader.path
    reader.opens(presenter)
    reader.clicks(".q-side form button")
    reader.finds(".q-distribution")
    reader.opens(member)
    reader.finds("#quiz-verdict")


def test_a_chart_stands_in_a_frame_of_its_height(reader: Reader) -> None:
    reader.opens(f"/en/embed/?chart={UNEMPLOYMENT}&place=frame")
    assert UNEMPLOYMENT in reader.text_of("#share-code")
    # By script, since the preview is inert, and WebKit's driver finds nothing in what is.
    preview = "const frame = document.querySelector('#embed-stage iframe'); return "
    height = f"{preview} frame.getBoundingClientRect().height"
    words = f"{preview} frame.contentDocument.body.textContent"
    reader.waits(lambda: reader.driver.execute_script(height) > 150)
    reader.waits(lambda: "1.8" in reader.driver.execute_script(words))


def test_a_choice_that_got_no_answer_says_so_and_is_made_up_for(reader: Reader) -> None:
    reader.opens("/en/")
    reader.line.broken = True
    choose_year(reader, "2018")
    again = text("retry_again", "en")
    reader.waits(lambda: again in reader.text_of("#retry-status"))
    assert "as_of" not in reader.path
    reader.line.broken = False
    reader.waits(lambda: shows_2018_or_is_pressed(reader))


def shows_2018_or_is_pressed(reader: Reader) -> bool:
    """Press the button unless the page has gone on by itself, as it does soon."""
    if "as_of=2018" in reader.path:
        return True
    reader.finds("#retry-status button").click()
    return False
