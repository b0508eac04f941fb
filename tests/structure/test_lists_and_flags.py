"""Lists, initiatives and flags of small texts: what is found, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from normbook.extraction.initiatives import find_initiatives
from normbook.extraction.report import report
from normbook.structure.segments import segment

PROSE = "The six states met in the old town hall and spoke of the sea for two days and a night, and they were of one mind."


def codes(text: str) -> set[str]:
    return {problem["code"] for problem in report("case", text.encode())["problems"]}


def lists(text: str) -> list[tuple[Any, int]]:
    return [(each["declared"], len(each["items"])) for each in report("case", text.encode())["lists"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Minister stellte die Initiative „Sichere Küste“ vor. „Die Initiative ist gut“, sagte er.", ["Initiative „Sichere Küste“"]),
        ("Министр представил «Глобальную инициативу по картам моря».", ["Глобальную инициативу по картам моря"]),
        ("Инициатива «Открытые карты» полезна. «Наша инициатива по делу», – сказал он.", ["Инициатива «Открытые карты»"]),
        ("静海倡议提出五年来，参加国已增加到十九个。", ["静海倡议"]),
        ("按照蓝色航道倡议的安排，海图每季度更新。", ["蓝色航道倡议"]),
        ("东渚作为倡议发起国，将增加出资。这一倡议是公开的。", []),
        ("Le texte cite l’Initiative Mers lisibles, qui oblige chacun.", ["Initiative Mers lisibles"]),
        ("Recordó que la Iniciativa Carné Único nació de una petición.", ["Iniciativa Carné Único"]),
        ("Der Minister wird für die Initiative Sichere Küste werben.", ["Initiative Sichere Küste"]),
        ("Habló de la Iniciativa de Mares Abiertos impulsada por San Telmo.", ["Iniciativa de Mares Abiertos"]),
        ("La Iniciativa sobre Datos del Mar presentada ayer por el ministro.", ["Iniciativa sobre Datos del Mar"]),
        ("A Iniciativa Mar Aberto reúne nove países.", ["Iniciativa Mar Aberto"]),
        ("L’Iniziativa per i Porti Aperti riunisce nove paesi.", ["Iniziativa per i Porti Aperti"]),
        ("Die Initiative Offene Häfen wurde gegründet. Die Initiative ist gut.", ["Initiative Offene Häfen"]),
        ("L’Initiative pour la transparence des ports vise à réduire.", ["Initiative pour la transparence des ports"]),
        ("They praised the Sea and Sky Initiative.", ["Sea and Sky Initiative"]),
        ("The Initiative for Clear Waters was signed.", ["Initiative for Clear Waters"]),
        ("落实公海倡议、灯塔倡议。", ["公海倡议", "灯塔倡议"]),
        ("The Blue Lamp Initiative for Safer Piers was signed by all.", ["Blue Lamp Initiative for Safer Piers"]),
        ("They joined the Coast Initiative to Combat Fog in May.", ["Coast Initiative to Combat Fog"]),
        ("He gave the Tide Initiative to Minister Lund on Monday.", ["Tide Initiative"]),
        ("The Quay Initiative on Tuesday, said the mayor, is old.", ["Quay Initiative"]),
        ("This Shoal Initiative on the Safety of Boats is good. This Initiative is short.", ["Shoal Initiative on the Safety of Boats"]),
        ("各國響應《全球燈塔倡議》，並落實靜海倡議。", ["全球燈塔倡議", "靜海倡議"]),
        ("They joined the Initiative on Lit Ports and the Calm Seas Compact.", ["Initiative on Lit Ports"]),
        ("各国欢迎全球灯塔倡议和静海发展倡议。", ["全球灯塔倡议", "静海发展倡议"]),
        ("L’Initiative mondiale sur la sécurité des phares a été lancée.", ["Initiative mondiale sur la sécurité des phares"]),
        ("L’initiative est bonne, et l’Initiative a été lancée hier.", []),
        ("The Initiative Secretariat of the states is in the town, and it is the best of all that they have.", []),
    ],
)
def test_initiatives_are_named_in_several_languages(text: str, found: list[str]) -> None:
    assert [mention.name for mention in find_initiatives(text)] == found


def test_ordinals_with_a_dash_count() -> None:
    assert lists(
        "The fair asked for three things.\n\nFirst – common rules for all.\n\nSecond – a list of sellers.\n\nThird – training for all.\n"
    ) == [(3, 3)]
    assert lists("First-class seats were sold out.\n\nSecond-hand boats were not.\n") == []


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Consta de tres principios:\n\n1.º Transparencia.\n2.º Seguridad.\n3.º Cooperación.\n", [(3, 3)]),
        ("Il y a deux principes :\n\n1° la transparence ;\n2° le consentement.\n", [(2, 2)]),
        ("It was cold:\n\n1° C\n2° C\n", []),
    ],
)
def test_ordinal_marks_number_items_and_degrees_do_not(text: str, items: list[tuple[Any, int]]) -> None:
    assert lists(text) == items


@pytest.mark.parametrize(
    "words",
    [
        "We recall the Declaration of 14 June 2019 and reaffirm that:",
        "Le 5 mai 2020, les parties ont convenu :",
        "Nach 3 Jahren vereinbaren die Staaten:",
        "Tras 4 años las partes convienen:",
    ],
)
def test_days_months_and_years_announce_no_items(words: str) -> None:
    assert lists(f"{words}\n\n(a) ships keep right;\n(b) boats keep left; and\n(c) rafts wait.\n") == [(None, 3)]


def test_what_is_declared_in_other_languages_and_what_an_article_is_numbered() -> None:
    assert lists(
        "Das Kabinett hat drei Grundsätze. Erstens: Der Notruf bleibt frei. Zweitens: Daten werden gelöscht. Drittens: Keiner wird gefragt."
    ) == [(3, 3)]
    assert lists("The eight States referred to in Article 2 are the following:\n\nArdmere\nBrenland\nHallam\n\n" + PROSE) == [(8, 3)]


def test_each_of_many_lists_in_a_paragraph_is_counted_by_the_words_before_it() -> None:
    many = "We keep two rules here: first, the data stay safe; second, the data stay here; we keep three steps too: first, the walk goes on; second, the run goes on;"
    assert lists(many) == [(2, 2), (3, 2)]
    assert lists("第一，数据，第二，安全；" * 3_000) == [(None, 2)] * 3_000


def test_names_in_the_order_of_the_alphabet_end_before_the_heading_below() -> None:
    names = "These bodies sent clerks:\nArchive of the Isles\nCity Archive\nLighthouse Board\nRegistry of Wills\n"
    assert lists(f"{names}Hymn\n{PROSE}\n") == [(None, 4)]
    assert lists(f"{names}Weigh House\n{PROSE}\n") == []


def test_the_entry_of_a_book_is_not_cut_off_and_a_sentence_is() -> None:
    assert "N621" not in codes(f"{PROSE}\n\n{PROSE}\n\nS. Orr, Nineteen Years Old with a Borrowed Camera and a Boat, Skarne 1951\n")
    assert "N621" in codes(
        f"{PROSE}\n\n{PROSE}\n\nThe six states of the coast will meet again in the old town hall of the coast when the\n"
    )


def test_question_marks_behind_a_space_are_french_where_other_marks_stand_so() -> None:
    assert "N614" not in codes("« Qui mesure ? Qui paie ? », a demandé le ministre ; il a raison.\n")
    assert "N614" in codes("The sea is wide ? and deep ? and it was always so.\n")


def test_who_asks_may_speak_oftenest_and_a_dash_may_stand_behind_q_and_r() -> None:
    talk = "THE PILOT: What has changed?\n\nCAPT. EDDE: All of it.\n\nTHE PILOT: Is there a danger?\n\nCAPT. EDDE: There is.\n\nTHE PILOT: Thank you.\n"
    assert [s.kind for s in segment(talk).segments if s.kind in ("question", "answer")] == [
        "question",
        "answer",
        "question",
        "answer",
        "question",
    ]
    french = "Q - La ministre se rendra-t-elle à Tolk ?\n\nR - Elle s’y rendra le 10 mars.\n"
    assert [s.kind for s in segment(french).segments if s.kind in ("question", "answer")] == ["question", "answer"]
    report_of_two = "Norlund: The sea is wide and the charts are old, as all of us know.\n\nIt was said often.\n"
    assert not [s for s in segment(report_of_two).segments if s.kind in ("question", "answer")]


def test_a_text_that_stops_in_mid_sentence_is_flagged_and_one_that_ends_is_not() -> None:
    prose = "Title of it\n\nThe six states met in Tolk and spoke for two days about charts and the depth of the sea.\n\n"
    for end in (
        "The pact will be signed in the",
        "It will be signed in the town when the ministers of the six meet",
        "It says… [+1234 chars]",
    ):
        assert "N621" in codes(prose + end + "\n"), end
    for end in ("The pact will be signed.", "Tolk, 3 May 2021", "Ana Brook, Minister of Ports", "What comes next on the way to the sea"):
        assert "N621" not in codes(prose + end + "\n"), end


def test_points_without_marks_are_a_list_and_a_wrapped_paragraph_is_none() -> None:
    listed = (
        "The rules rest on three commitments:\na public register of systems\na named officer for each system\na review every two years\n"
    )
    found = segment(listed).lists
    assert [(each.declared, len(each.points)) for _, each in found] == [(3, 3)]
    assert not segment("He said this:\nthe sea is deep, and the chart of it is as old as\nthe pilot who drew it.\n").lists
    counted = segment(
        "He made these proposals.\n\nOne is to share charts.\n\nThe second is to train pilots.\n\nThree, keep the sea clean.\n"
    ).lists
    assert [len(each.points) for _, each in counted] == [3]


def test_a_page_that_hides_the_rest_is_incomplete() -> None:
    wall = f"Charts for all\n\n{PROSE} {PROSE}\n\nTo continue reading, subscribe today.\n\n© 2021 Harbour Daily\n"
    assert "N621" in codes(wall)
    assert "N621" not in codes(f"Charts for all\n\nTo continue reading, subscribe today.\n\n{PROSE} {PROSE}\n")
    assert "N621" not in codes(f"Charts for all\n\n{PROSE} {PROSE}\n\nSubscribe to our newsletter\n")


def test_a_last_line_that_goes_on_is_incomplete() -> None:
    assert "N621" in codes("Ministers fail\n\nMinisters of six states met on Monday to discuss the price of\n\nRead more\n")
    assert "N621" in codes("Ministers fail\n\nThe ministers met on Monday in the port. They said that they would. . .\n")
    assert "N621" not in codes(f"Charts for all\n\n{PROSE}\n\nYours sincerely,\n\nAna Brook\n")
    assert "N621" not in codes(
        "Karten für alle\n\nDie sechs Staaten trafen sich im Rathaus. Der Chef sprach von einem „Papier ohne Schiff“.\n"
    )


def test_a_text_that_ends_below_fewer_items_than_it_declared_is_told_of_the_count() -> None:
    sound = codes("A pact\n\nThe pact has three aims:\n\n1. To share charts.\n2. To count wells.\n")
    assert "N622" in sound and "N621" not in sound
    assert {"N621", "N622"} <= codes("A pact\n\nThe pact has three aims:\n\n1. To share charts.\n2. To count the wells of\n")


def test_counted_people_who_do_something_declare_no_items() -> None:
    assert lists(
        "The two leaders held talks and reached the following understandings:\n\n1. Share charts.\n2. Count wells.\n3. Print.\n"
    ) == [(None, 3)]
    assert lists("海方愿就三件事加快合作：一是开通热线，二是共享海图，三是共同救援。") == [(3, 3)]


def test_a_heading_may_stand_close_to_its_paragraph() -> None:
    text = f"States agree on charts\n\n{PROSE}\nUse of terms\n{PROSE}\nWho pays?\n{PROSE}\nPort Alwen, 9 May 2019\n"
    kinds = [each["kind"] for each in report("case", text.encode())["segments"] if each["kind"] in ("heading", "para")]
    assert kinds == ["para", "heading", "para", "heading", "para", "para"]


def test_a_title_whose_mark_goes_on_with_a_list_is_an_item() -> None:
    assert lists(
        "The ministry takes four steps.\n\nI. Measure\na) Sound all channels.\nb) Keep the readings.\nII. Publish\nIII. Teach\nIV. Report\n"
    ) == [(4, 4), (None, 2)]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "Press Briefing\n\nMR. DEERE:  Good afternoon.\n\nQ    Is it a loan?\n\nMR. DEERE:  It is.\n\nQ    Who pays?\n\nMR. DEERE:  We do.\n",
            "aqaqa",
        ),
        ("Press conference\n\nQ Ships were seen. Why?\n\nA We have noted it.\n\nQ Is there more?\n\nA In time there will be.\n", "qaqa"),
        (
            "Rueda de prensa\n\nPeriodista.- ¿Cuándo?\n\nBruno Rodas.- En otoño.\n\nPeriodista.- ¿Y el faro?\n\nBruno Rodas.- Sigue ahí.\n",
            "qaqa",
        ),
        ("Briefing\n\nKarin Pier (01:20):\nGood day to all.\n\nSpeaker 5 (01:30):\nIs it a loan?\n\nKarin Pier (01:31):\nIt is.\n", "aqa"),
        ("记者会\n\n《海屿日报》记者：海图何时公开？\n\n沈知：每周一次。\n\n东礁社记者：别国呢？\n\n沈知：可以。\n", "qaqa"),
        ("A pact\n\nQ Station was closed on Monday, and nobody said why it was.\n\nA Dane came to see it, and he stayed for a week.\n", ""),
    ],
)
def test_turns_are_known_by_letters_names_and_times(text: str, turns: str) -> None:
    kinds = [each["kind"] for each in report("case", text.encode())["segments"] if each["kind"] in ("question", "answer")]
    assert "".join(kind[0] for kind in kinds) == turns


def test_a_remark_below_the_last_answer_is_none() -> None:
    text = "Briefing\n\nQ: Is it a loan?\n\nA: It is.\n\n(The briefing ended at noon.)\n"
    result = report("case", text.encode())
    answer = next(each for each in result["segments"] if each["kind"] == "answer")
    assert result["text"][answer["start"] : answer["end"]] == "A: It is."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He made three points.\n\nPoint 1: Charts are shared.\n\nPoint 2: Wells are counted.\n\nPoint 3: Maps are printed.\n", [(3, 3)]),
        ("The pact asks its members: i) to share charts; ii) to count wells; iii) to print maps.\n", [(None, 3)]),
        ("There are three reasons: the first is that charts are old; the second is that wells are deep; and the third is that maps are few.", [(3, 3)]),
        ("He stressed three points: one is to share the charts, two is to count the wells, and three is to print the maps.\n", [(3, 3)]),
        ("Las partes acuerdan:\n\nPRIMERO.- Las cartas son públicas.\n\nSEGUNDO.- Los pozos se cuentan.\n", [(None, 2)]),
        ("План состоит из трёх пунктов. Первое: карты открыты. Второе: колодцы считают. Третье: планы печатают.\n", [(3, 3)]),
        ("会议提出三点建议：首先，共享海图。其次，统计水井。最后，印制地图。\n", [(3, 3)]),
        ("理由有三点：其一，海图陈旧；其二，水井太深；其三，地图太少。\n", [(3, 3)]),
        ("会议提出三点建议：\n\n——共享海图，开放数据。\n\n——统计水井，公布结果。\n\n——印制地图，免费发放。\n", [(3, 3)]),
        ("首先，我要感谢各位。海图是大家共同的成果，各国都出了力。最后，祝会议成功。\n", []),
        ("How to apply\n\nStep 1: Book an appointment\n\nIt is free, and it takes a day.\n\nStep 2: Come in person\n\nBring the form.\n", []),
        ("The parties (see annex a) agreed to it, and the annex (see part b) says why they did so.\n", []),
        ("The rule rests on (1) a chart which is drawn once a year, and on what is said there of (2).\n", []),
        ("Two messages were seen.\n\n— Ana Brook (@anabrook) May 3\n\n— Per Lund (@perlund) May 4\n", []),
    ],
)  # fmt: skip
def test_more_ways_of_counting(text: str, found: list[tuple[Any, int]]) -> None:
    assert lists(text) == found
