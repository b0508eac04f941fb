"""The form that proposes a change, as people use it: from a fault on a page to a file that the check accepts, with each action counted."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from normbook.records.types import FOLDERS
from normbook.records.yaml.reader import load
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo
from tests.browser.barriers import Barriers
from tests.browser.test_picker import select
from tests.browser.test_propose import told
from tools.browser import open_page, settle, until
from tools.projects import copy_project

Run = Callable[..., tuple[int, str, str]]
MOST = 12  # actions of a walk
READY = "Boolean(window.normbookProposal?.state?.text)"


class Walker:
    """A person at a page: clicks, fields and keys that confirm are counted."""

    def __init__(self, page: Page, run: Run, book: Repo) -> None:
        self.page, self.actions, self.run, self.book = page, 0, run, book

    def click(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def fill(self, what: Locator, words: str) -> None:
        self.actions += 1
        what.fill(words)

    def choose(self, what: Locator, value: str) -> None:
        self.actions += 1
        what.select_option(value)

    def select(self, words: str) -> None:
        self.actions += 1
        select(self.page, words)

    def arrive(self) -> None:
        until(self.page, READY)
        self.page.evaluate("normbookProposal.ready")

    @property
    def verdict(self) -> str:
        self.page.evaluate("normbookProposal.refresh()")
        return self.page.locator(".nb-propose-verdict").inner_text()

    def accepted(self) -> set[str]:
        """The codes that `normbook check` gives for the whole book with the patch of the page, which CI accepts."""
        assert self.actions <= MOST
        patch = self.page.evaluate("normbookProposal.patch()")
        self._apply(patch)
        status, out, err = self.run("--root", str(self.book.root), "check")
        self._apply(patch, "--reverse")
        assert status == 0, out + err
        return set(re.findall(r"\[(N\d+)\]", out + err))

    def _apply(self, patch: str, *options: str) -> None:
        ran = subprocess.run(["git", "apply", *options, "-"], input=patch, cwd=self.book.root, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr

    @property
    def text(self) -> str:
        found: str = self.page.evaluate("normbookProposal.state.text")
        return found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A copy of the book in which patches are applied."""
    return copy_project(tmp_path_factory.mktemp("book") / "project")


@pytest.fixture
def walker(browser: Browser, served: str, run: Run, book: Repo) -> Iterator[Walker]:
    page, requests = open_page(browser, f"{served}about/cite.html")
    yield Walker(page, run, book)
    assert [each for each in requests if each.startswith(("error", "console")) or not each.startswith((served, "data:"))] == []
    page.context.close()


def value_of(text: str, path: str) -> Mapping[str, Any]:
    loaded = load(text, path)
    assert loaded.problems == () and isinstance(loaded.value, Mapping)
    return loaded.value


def field(page: Page, pointer: str) -> Locator:
    return page.locator(f'[data-pointer="{pointer}"] > :is(input, select, textarea)')


def test_a_wrong_word_of_a_record_is_put_right(walker: Walker, served: str, project: Project, tmp_path: Path) -> None:
    page = walker.page
    page.goto(f"{served}themes/data-security.html")
    walker.click(page.locator(".nb-state").get_by_role("link", name="Propose a change"))
    walker.arrive()
    walker.fill(field(page, "/definition"), "The protection of data against loss and misuse.")
    assert walker.verdict == "The check has no findings."
    with page.expect_download() as waiting:
        walker.click(page.get_by_role("button", name="Download a patch"))
    patch = Path(waiting.value.path()).read_text("utf-8")
    message = page.evaluate("normbookProposal.message()")
    assert message.startswith("Proposed change of data/themes/data-security.yaml\n\nThe form says of it: The check has no findings.\n")
    for text in (patch, message):
        ran = subprocess.run(
            ["git", "apply", "--check", "-"], input=text, cwd=project.repo.root, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
    assert told(project, "theme", "data/themes/data-security.yaml", walker.text)[1] <= {"N331"}
    assert walker.accepted() == set()


def test_a_wrong_date_of_an_event_is_put_right(walker: Walker, served: str, project: Project) -> None:
    page = walker.page
    page.goto(f"{served}events/press-conference-2020-09-11.html")
    walker.click(page.locator(".nb-state").get_by_role("link", name="Propose a change"))
    walker.arrive()
    walker.click(page.locator('[data-pointer="/date"] > summary'))
    walker.fill(field(page, "/date/value"), "10 September 2020")
    assert walker.verdict == "The check has one finding."
    below = page.locator('[data-pointer="/date/value"] > .nb-f-wrong').inner_text()
    assert below == "'10 September 2020' does not have the expected form. For example: 2020-09-08, 2020-09, 2020"
    assert page.locator('[data-pointer="/date"] > summary').inner_text() == "Date 10 September 2020"
    walker.fill(field(page, "/date/value"), "2020-09-10")
    assert (
        "N511" in (told_there := page.locator(".nb-propose-findings").inner_text() if walker.verdict else "")
        and "they state 2020-09-11" in told_there
    )
    walker.fill(field(page, "/date/value"), "2020-09-11")
    assert "unchanged" in walker.verdict
    walker.fill(
        field(page, "/date/derivation"),
        "Seed 001 states the day. Seed 003 says “Friday”; counted back from its dateline 2020-09-12, a Saturday.",
    )
    assert walker.verdict == "The check has no findings."
    assert told(project, "event", "data/events/press-conference-2020-09-11.yaml", walker.text) == (set(), set())
    assert walker.accepted() == set()


def test_a_missing_name_of_a_person_is_added_with_its_evidence(walker: Walker, served: str, project: Project) -> None:
    page, number = walker.page, len(project.records["sergey-lavrov"].fields["names"])
    place = f"/names/{number}"
    page.goto(f"{served}actors/sergey-lavrov.html")
    walker.click(page.locator(".nb-state").get_by_role("link", name="Propose a change"))
    walker.arrive()
    walker.click(page.locator('[data-pointer="/names"] > .nb-f-buttons button'))
    assert walker.verdict == "The check has 3 findings."
    assert page.locator(f'[data-pointer="{place}/lang"] > .nb-f-wrong').inner_text() == "This value is missing."
    assert f"names {number + 1} text · missing key 'text': add a line" in page.locator(".nb-propose-findings li").first.inner_text()
    walker.fill(field(page, f"{place}/text"), "Сергей Лавров")
    walker.fill(field(page, f"{place}/lang"), "ru")
    walker.choose(field(page, f"{place}/kind"), "official")
    walker.click(page.locator(f'[data-pointer="{place}/evidence"]').get_by_role("button", name="Add a text outside the book"))
    walker.fill(field(page, f"{place}/evidence/0/url"), "https://ministry.example/lavrov")
    walker.fill(field(page, f"{place}/evidence/0/paraphrase"), "The ministry's page gives his name in Russian.")
    assert walker.verdict == "The check has one finding."
    walker.choose(field(page, f"{place}/evidence/0/read"), "yes")
    assert walker.verdict == "The check has no findings."
    assert told(project, "actor", "data/actors/sergey-lavrov.yaml", walker.text) == (set(), set())
    assert walker.accepted() == set()


def cite(walker: Walker, served: str, source: str, words: str, button: str = "Cite these words") -> None:
    """Opens a source, selects words of its cleaned reading, and asks for their quotation, or for what another button makes of them."""
    walker.page.goto(f"{served}sources/{source}.html")
    walker.page.check('input[value="cleaned"]')
    walker.select(words)
    walker.click(walker.page.get_by_role("button", name=button))


def test_a_new_statement_is_made_from_words_of_a_source(walker: Walker, served: str, project: Project) -> None:
    page = walker.page
    cite(walker, served, "seed-002", "China purchases American personal and sensitive data for malicious activities")
    until(page, "document.getElementById('nb-quotation').textContent.includes('frame')")
    walker.click(page.get_by_role("button", name="Use in a proposal"))
    page.wait_for_url("**/propose.html?picked=1")
    walker.click(page.get_by_role("link", name="New statement"))
    walker.arrive()
    until(page, "normbookProposal.state.changed")
    assert page.evaluate("document.activeElement.closest('[data-pointer]').dataset.pointer") == "/title"
    walker.fill(field(page, "/title"), "Mao Ning denies that China purchases data")
    walker.click(page.locator('[data-pointer="/about"] > .nb-f-buttons button'))
    walker.fill(field(page, "/about/0"), "china")
    assert walker.verdict == "The check has no findings."
    day = "mao-ning-2024-02-29-"
    id = f"{day}{max(int(each.removeprefix(day)) for each in project.records if each.startswith(day)) + 1}"
    path = f"data/statements/{id}.yaml"
    made = value_of(walker.text, path)
    assert made["id"] == field(page, "/id").input_value() == id, "proposed from the speaker and the day of the event"
    assert made["speaker"] == "mao-ning" and made["stance"] == "denied" and {"/speaker", "/stance"} <= set(made["evidence"][0]["for"])
    assert {code for code in told(project, "statement", path, walker.text)[1] if code != "N408"} == set()
    assert walker.accepted() == set()


def test_a_missing_event_is_proposed_with_its_day(walker: Walker, served: str) -> None:
    page = walker.page
    page.goto(f"{served}events/index.html")
    walker.click(page.get_by_role("link", name="Propose a record"))
    walker.arrive()
    assert "Fill in what is required" in walker.verdict and not page.locator(".nb-propose-bar").is_visible(), "nothing is wrong yet"
    walker.fill(field(page, "/title"), "Press briefing of 1 March 2024")
    walker.choose(field(page, "/kind"), "press-briefing")
    walker.actions += 1
    page.locator(".nb-propose-fields > .nb-f-buttons select").select_option("date")
    walker.click(page.locator(".nb-propose-fields > .nb-f-buttons button"))
    walker.fill(field(page, "/date/value"), "2024-03-01")
    assert field(page, "/date/precision").input_value() == "day", "as the value is written"
    walker.choose(field(page, "/date/basis"), "stated")
    walker.click(page.locator('[data-pointer="/date/evidence"]').get_by_role("button", name="Add a text outside the book"))
    walker.fill(field(page, "/date/evidence/0/url"), "https://ministry.example/briefing")
    walker.fill(field(page, "/date/evidence/0/paraphrase"), "The page dates the briefing to 2 March 2024.")
    walker.choose(field(page, "/date/evidence/0/read"), "yes")
    assert walker.verdict == "The check has one finding." and "N521" in page.locator(".nb-propose-findings").inner_text()
    walker.fill(field(page, "/date/evidence/0/paraphrase"), "The page dates the briefing to 1 March 2024.")
    assert walker.verdict == page.locator(".nb-propose-said").inner_text() == "The check has no findings."
    assert field(page, "/id").input_value() == "press-briefing-2024-03-01" and walker.accepted() == set()


def test_a_missing_comparison_of_two_points_is_proposed(walker: Walker, served: str) -> None:
    page = walker.page
    page.goto(f"{served}correspondences/index.html")
    walker.click(page.get_by_role("link", name="Propose a record"))
    walker.arrive()
    walker.fill(field(page, "/title"), "User dependence / Cooperation between States")
    walker.fill(field(page, "/subject"), "gids-8")
    walker.fill(field(page, "/object"), "un-gge-norms-1")
    walker.choose(field(page, "/relation"), "relatedMatch")
    assert not field(page, "/object_initiative").count(), "which only a comparison without a match needs"
    walker.fill(field(page, "/justification"), "Both concern those on whom others depend.")
    assert "N323" in (page.locator(".nb-propose-findings").inner_text() if walker.verdict else "")
    walker.click(page.locator('[data-pointer="/evidence"]').get_by_role("button", name="Add a text outside the book"))
    walker.fill(field(page, "/evidence/0/url"), "https://assembly.example/report")
    walker.fill(field(page, "/evidence/0/paraphrase"), "States should cooperate.")
    walker.choose(field(page, "/evidence/0/read"), "part")
    assert walker.verdict == "The check has no findings." and walker.accepted() == set()


def test_a_wrong_modality_is_seen_and_mended(walker: Walker, served: str, project: Project) -> None:
    page = walker.page
    page.goto(f"{served}propose.html?type=principle&id=gids-7")
    walker.arrive()
    walker.choose(field(page, "/modality"), "may")
    assert walker.verdict == "The check has one finding."
    finding = page.locator(".nb-propose-findings li")
    assert "N513" in finding.inner_text() and finding.locator("a").get_attribute("href") == "findings/N513.html"
    walker.click(finding.get_by_role("button", name="Show"))
    assert page.evaluate("document.activeElement.closest('[data-pointer]').dataset.pointer").startswith("/evidence/")
    walker.choose(field(page, "/modality"), "should-not")
    assert "unchanged" in walker.verdict and not page.locator(".nb-propose-made").is_visible()


def test_a_quotation_is_picked_for_a_record(walker: Walker, served: str, project: Project) -> None:
    page = walker.page
    page.goto(f"{served}propose.html?type=principle&id=gids-7")
    walker.arrive()
    walker.click(page.locator('[data-pointer="/evidence"] a', has_text="seed-004"))
    page.wait_for_url("**/sources/seed-004.html?for=principle.gids-7")
    page.check('input[value="cleaned"]')
    walker.select("IT products and service providers should not create backdoors")
    walker.click(page.get_by_role("button", name="Cite these words"))
    walker.click(page.get_by_role("button", name="Use in a proposal"))
    page.wait_for_url("**/propose.html?type=principle&id=gids-7*")
    until(page, f"{READY} && normbookProposal.state.changed")
    page.evaluate("normbookProposal.ready")
    last = len(project.records["gids-7"].fields["evidence"])
    walker.click(page.locator(f'[data-pointer="/evidence/{last}/for"] label', has_text="modal verb").first)
    assert walker.verdict == "The check has no findings."
    path = "data/principles/gids-7.yaml"
    added = value_of(walker.text, path)["evidence"][last]
    assert added["exact"].startswith("IT products") and added["for"] == ["/modality"] and added["source"] == "seed-004"
    assert told(project, "principle", path, walker.text) == (set(), set())
    assert walker.accepted() == set()
    before = (project.repo.root / path).read_text("utf-8").splitlines()
    after = walker.text.splitlines()
    assert after[: len(before)] == before, "the entry is added at the end, and nothing else is touched"


def test_a_correction_is_proposed_from_the_words_of_a_source(walker: Walker, served: str, project: Project) -> None:
    page = walker.page
    cite(walker, served, "seed-004", "at global level", "Propose a correction")
    assert page.locator("#nb-pick-replacement").input_value() == "at global level"
    walker.fill(page.locator("#nb-pick-replacement"), "at the global level")
    walker.fill(page.locator("#nb-pick-reason"), "An article is missing.")
    walker.choose(page.locator("#nb-pick-category"), "grammar")
    walker.choose(page.locator("#nb-pick-certainty"), "high")
    walker.click(page.get_by_role("button", name="Use in a proposal"))
    page.wait_for_url("**/propose.html?type=correction&id=seed-004*")
    until(page, f"{READY} && normbookProposal.state.changed")
    assert walker.verdict == "The check has no findings."
    path = "data/corrections/seed-004.yaml"
    ids = [each["id"] for each in value_of(walker.text, path)["corrections"]]
    assert ids == sorted(ids) and len(ids) == len(project.corrections["seed-004"].fields["corrections"]) + 1
    assert told(project, "correction", path, walker.text)[0] == set()
    assert walker.accepted() == set()


def test_a_proposed_correction_is_disagreed_with(walker: Walker, served: str, project: Project) -> None:
    page = walker.page
    page.goto(f"{served}sources/seed-004.html")
    walker.click(
        page.locator("summary", has_text="corrections with reasons").or_(page.locator("details:has(.nb-corrections) > summary")).first
    )
    walker.click(page.locator("#seed-004-0055 a", has_text="Agree or disagree"))
    walker.arrive()
    until(page, "normbookProposal.state.changed")
    walker.fill(field(page, "/reviews/0/person"), "Ana Reyl")
    walker.choose(field(page, "/reviews/0/verdict"), "not-supported")
    walker.fill(field(page, "/reviews/0/note"), "seed-004-0055: the received words can stand.")
    assert walker.verdict == "The check has no findings."
    path = "data/corrections/seed-004.yaml"
    [review] = value_of(walker.text, path)["reviews"]
    assert review["claims"] == ["/corrections/1"] and review["verdict"] == "not-supported"
    assert project.corrections["seed-004"].fields["corrections"][1]["id"] == "seed-004-0055"
    assert told(project, "correction", path, walker.text)[0] == set()
    assert walker.accepted() == set()


def test_a_new_record_goes_to_the_host_filled_in(walker: Walker, served: str, project: Project) -> None:
    page = walker.page
    page.goto(f"{served}themes/index.html")
    walker.click(page.get_by_role("link", name="Propose a record"))
    walker.arrive()
    walker.fill(field(page, "/title"), "Data security")
    walker.fill(field(page, "/definition"), "The cables that carry data between countries.")
    assert walker.verdict == "The check has one finding."
    assert "is taken by data/themes/data-security.yaml" in page.locator(".nb-propose-findings").inner_text()
    walker.fill(field(page, "/title"), "The undersea cables")
    assert walker.verdict == "The check has no findings." and field(page, "/id").input_value() == "undersea-cables"
    address = urlsplit(page.locator(".nb-propose-host").get_attribute("href") or "")
    asked = parse_qs(address.query)
    assert address.path.endswith("/new/main") and asked == {"filename": ["data/themes/undersea-cables.yaml"], "value": [walker.text]}
    assert told(project, "theme", asked["filename"][0], walker.text)[1] <= {"N331"}
    assert walker.accepted() == {"N331"}, "no principle has the theme yet, which is a warning"
    page.evaluate("document.getElementById('nb-propose').dataset.edit = '_edit/main'")
    page.reload()
    walker.arrive()
    assert page.locator(".nb-propose-status").inner_text() == "Your draft was restored."
    assert field(page, "/id").input_value() == "undersea-cables"
    page.get_by_role("button", name="Delete the draft").click()
    assert (
        field(page, "/id").input_value() == ""
        and page.evaluate("Object.keys(localStorage).filter(each => each.includes('proposal'))") == []
    )


def test_every_record_and_every_index_leads_to_the_form_in_both_languages(site: Path, project: Project) -> None:
    for folder in ("", "zh/"):
        for record in project.records.values():
            page = (site / folder / FOLDERS[record.type] / f"{record.id}.html").read_text("utf-8")
            assert f"propose.html?type={record.type}&amp;id={record.id}" in page, record.path
        for type in {record.type for record in project.records.values()}:
            assert f"propose.html?type={type}" in (site / folder / FOLDERS[type] / "index.html").read_text("utf-8")


def test_nothing_typed_is_sent_and_only_this_page_loads_the_form(browser: Browser, served: str, site: Path) -> None:
    page, requests = open_page(browser, f"{served}propose.html?type=principle&id=gids-1")
    until(page, READY)
    page.evaluate("normbookProposal.ready")
    before = len(requests)
    field(page, "/title").fill("Something else")
    field(page, "/plain").fill("Something else too")
    page.evaluate("normbookProposal.refresh()")
    settle(page)
    assert requests[before:] == []
    page.context.close()
    loading = [path.relative_to(site).as_posix() for path in site.rglob("*.html") if "assets/propose/" in path.read_text("utf-8")]
    assert sorted(loading) == ["propose.html", "zh/propose.html"]


def test_the_form_works_from_a_file(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(site / 'propose.html').as_uri()}?type=statement&id=pakistan-2020-09-14-1")
    until(page, READY)
    page.evaluate("normbookProposal.ready")
    field(page, "/title").fill("Pakistan welcomes it")
    page.evaluate("normbookProposal.refresh()")
    assert "+title: Pakistan welcomes it" in page.locator(".nb-diff").inner_text()
    assert page.locator(".nb-propose-verdict").inner_text() == "The check has no findings."
    page.goto((site / "sources" / "seed-003.html").as_uri())
    page.locator(".nb-pick").nth(5).click()
    page.get_by_role("button", name="Use in a proposal").click()
    page.wait_for_url("**/propose.html?picked=1")
    assert "Your quotation is kept" in page.locator(".nb-propose-status").inner_text()
    page.evaluate("localStorage.clear()")  # as a browser does that gives each file a store of its own
    page.reload()
    assert "did not arrive" in page.locator(".nb-propose-status").inner_text()
    page.context.close()


OPEN_ALL = """() => { for (let more = true; more;) { more = false; for (const each of document.querySelectorAll('.nb-propose details:not([open])')) { each.open = true; each.fill(); more = true; } } }"""


@pytest.mark.parametrize(("address", "width", "scheme"), [("propose.html?type=principle&id=gids-1", 1280, "light"), ("zh/propose.html?type=statement&id=mao-ning-2024-02-29-4", 360, "dark")])  # fmt: skip
def test_axe_finds_no_violation_with_every_part_open(
    browser: Browser, served: str, address: str, width: int, scheme: str, barriers: Barriers
) -> None:
    page, requests = open_page(browser, served + address, width, 900, scheme)
    until(page, READY)
    page.evaluate(OPEN_ALL)
    field(page, "/title").fill("")
    page.evaluate("normbookProposal.refresh()")
    assert page.locator(".nb-propose-findings li").count() and page.locator(".nb-propose-made").is_visible()
    assert barriers.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    small = page.evaluate(
        "[...document.querySelectorAll('.nb-propose :is(button, input:not([type=checkbox]), select, textarea, summary)')].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == [] and [each for each in requests if each.startswith(("error", "console"))] == []
    page.context.close()


def test_the_form_is_used_by_keyboard(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, f"{served}propose.html?type=theme&id=data-security")
    until(page, READY)
    field(page, "/title").focus()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.evaluate("normbookProposal.refresh()")
    assert page.evaluate("normbookProposal.state.value.title").endswith("!")
    wanted = {
        "nb-propose-copy",
        "nb-propose-host",
        "nb-propose-patch",
        "nb-propose-message",
        "nb-propose-delete",
        "nb-f-absent",
        "nb-propose-said",
    }
    reached: set[str] = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        reached |= set(page.evaluate("[...document.activeElement.classList]"))
        if wanted <= reached:
            break
    assert wanted <= reached, wanted - reached
    page.context.close()


def test_picker_form_yaml_validator_and_schema_of_one_type_are_at_most_120_kib(site: Path) -> None:
    """The Chinese form loads the meaning of each field in Chinese besides: with it, they are at most 2 KiB more."""
    own = ["assets/picker.js", "assets/picker.css", *(f"assets/propose/{name}" for name in ("form.js", "file.js", "check.js", "support.js", "days.js", "denied.js", "context.js", "propose.css", "vendor/yaml.js")), "propose/words.js"]  # fmt: skip
    for type in FOLDERS:
        of_type = [f"assets/propose/vendor/{type}.js", f"propose/schemas/{type}.js"]
        weight = sum(len(gzip.compress((site / path).read_bytes(), 9)) for path in [*own, *of_type])
        chinese = len(gzip.compress((site / f"propose/descriptions/zh-Hans/{type}.js").read_bytes(), 9))
        assert weight <= 120 * 1024 and weight + chinese <= 122 * 1024, (type, weight, chinese)
