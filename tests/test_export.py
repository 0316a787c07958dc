import hashlib
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import WriteFiles
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from metoo_research import charts
from metoo_research.errors import ExportError
from metoo_research.export import SavedFigure, save_figure
from metoo_research.write import read_table

SVG = "{http://www.w3.org/2000/svg}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
HARD = "<script>alert('x')</script> & \"$x_1$\" 100 %"


def bar_chart(width_mm: float = 180, label: str = "Harbour Herald") -> Axes:
    table = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "label": [label, "Radio Seven"],
            "words_analysed": [300, 120],
            "words_set_aside": [20, 0],
        }
    )
    return charts.corpus_overview(table, width_mm=width_mm)


def save(
    out: Path, name: str = "overview", ax: Axes | None = None, **changes: Any
) -> SavedFigure:
    given: dict[str, Any] = {"caption": "Words of two articles.", "source": "2 articles."}
    return save_figure(ax or bar_chart(), name, out=out, **(given | changes))


def record(out: Path, name: str = "overview") -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    entry: dict[str, Any] = manifest["figures"][name]
    return entry


def test_a_bundle_is_five_files_and_a_manifest(tmp_path: Path) -> None:
    save(tmp_path / "figures")
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == [
        "manifest.json",
        "overview.csv",
        "overview.json",
        "overview.pdf",
        "overview.png",
        "overview.svg",
    ]


def test_the_csv_is_the_table_that_is_drawn(tmp_path: Path) -> None:
    ax = bar_chart()
    save(tmp_path, ax=ax)
    saved = pd.read_csv(tmp_path / "overview.csv")
    pd.testing.assert_frame_equal(saved, charts.drawn(ax), check_dtype=False)
    widths = [bar.get_width() for bar in ax.patches]  # type: ignore[attr-defined]
    assert widths == [*saved["words_analysed"], *saved["words_set_aside"]]


@pytest.mark.parametrize("width_mm", [85, 100.5, 180])
def test_the_width_is_exact_in_each_format(tmp_path: Path, width_mm: float) -> None:
    save(tmp_path, ax=bar_chart(width_mm))
    with Image.open(tmp_path / "overview.png") as picture:
        assert picture.width == round(width_mm / 25.4 * 300)
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    page = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", _pdf(tmp_path))
    assert page is not None
    assert float(page[1]) / 72 * 25.4 == pytest.approx(width_mm, abs=0.01)
    drawing = ET.parse(tmp_path / "overview.svg").getroot()  # noqa: S314 - our own file
    assert float(drawing.attrib["width"].removesuffix("pt")) / 72 * 25.4 == pytest.approx(
        width_mm, abs=0.01
    )
    assert record(tmp_path)["width_mm"] == width_mm


def _pdf(out: Path) -> bytes:
    return (out / "overview.pdf").read_bytes()


def test_pdf_fonts_are_embedded_truetype(tmp_path: Path) -> None:
    save(tmp_path)
    content = _pdf(tmp_path)
    fonts = content.count(b"/Type /FontDescriptor")
    assert fonts > 0
    assert content.count(b"/FontFile2") == fonts  # FontFile2 holds TrueType
    assert b"/Type3" not in content


def test_another_reader_sees_one_page_of_that_width_and_only_embedded_truetype(
    tmp_path: Path,
) -> None:
    pypdf = pytest.importorskip("pypdf")
    save(tmp_path, ax=bar_chart(85, label="Zoë’s → Ω"))
    document = pypdf.PdfReader(tmp_path / "overview.pdf", strict=True)
    assert len(document.pages) == 1
    page = document.pages[0]
    assert float(page.mediabox.width) == pytest.approx(85 / 25.4 * 72, abs=0.001)
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]
    assert fonts
    for font in fonts:
        for part in font.get("/DescendantFonts", [font]):
            part = part.get_object()
            assert part["/Subtype"] in {"/TrueType", "/CIDFontType2"}
            assert "/FontFile2" in part["/FontDescriptor"]


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts is not on this machine")
def test_pdffonts_sees_only_embedded_truetype(tmp_path: Path) -> None:
    save(tmp_path)
    told = subprocess.run(
        ["pdffonts", tmp_path / "overview.pdf"], capture_output=True, text=True, check=True
    )
    fonts = told.stdout.splitlines()[2:]
    assert fonts
    assert all("TrueType" in font and " yes yes yes " in font for font in fonts)


def test_svg_text_is_text(tmp_path: Path) -> None:
    save(tmp_path)
    drawing = ET.parse(tmp_path / "overview.svg").getroot()  # noqa: S314 - our own file
    assert "Harbour Herald" in [text.text for text in drawing.iter(f"{SVG}text")]


def test_svg_is_named_and_described_for_a_screen_reader(tmp_path: Path) -> None:
    saved = save(tmp_path, alt=HARD, title=HARD)
    drawing = ET.parse(tmp_path / "overview.svg").getroot()  # noqa: S314 - our own file
    title, description = drawing[0], drawing[1]
    assert (title.tag, title.text) == (f"{SVG}title", HARD)
    assert (description.tag, description.text) == (f"{SVG}desc", HARD)
    assert drawing.attrib["role"] == "img"
    assert drawing.attrib["aria-labelledby"].split() == [
        title.attrib["id"],
        description.attrib["id"],
    ]
    assert saved.alt == HARD


def test_png_and_pdf_carry_title_and_alt_text(tmp_path: Path) -> None:
    saved = save(tmp_path, alt="Two bars.", title="Words")
    with Image.open(tmp_path / "overview.png") as picture:
        assert picture.info["Title"] == "Words"
        assert picture.info["Description"] == "Two bars."
        assert "Software" not in picture.info
    assert b"/Subject (Two bars.)" in _pdf(tmp_path)
    assert b"/Title (Words)" in _pdf(tmp_path)
    assert saved.title == "Words"


def test_each_picture_carries_caption_and_source_line(tmp_path: Path) -> None:
    save(tmp_path, caption="Words of <two>.", source="2 articles (buses).")
    with Image.open(tmp_path / "overview.png") as picture:
        assert picture.info["Comment"] == "Words of <two>. 2 articles (buses)."
    drawing = ET.parse(tmp_path / "overview.svg").getroot()  # noqa: S314 - our own file
    told = {element.tag: element.text for element in drawing.iter()}
    assert told[f"{DUBLIN_CORE}description"] == "Words of <two>."
    assert told[f"{DUBLIN_CORE}source"] == "2 articles (buses)."
    assert rb"/Caption (Words of <two>.)" in _pdf(tmp_path)
    assert rb"/Source (2 articles \(buses\).)" in _pdf(tmp_path)


def test_no_file_holds_a_clock_time_a_creator_or_a_path(tmp_path: Path) -> None:
    save(tmp_path)
    assert b"CreationDate" not in _pdf(tmp_path)
    assert b"Producer" not in _pdf(tmp_path)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert str(tmp_path).encode() not in content
        assert b"matplotlib.org" not in content


def test_the_manifest_says_what_the_figure_rests_on(tmp_path: Path) -> None:
    corpus = {"name": "night buses", "sha256": "ab" * 32, "articles": 2}
    save(tmp_path, corpus=corpus, parameters={"top": 25, "kinds": ["body"]})
    entry = record(tmp_path)
    assert entry["corpus"] == corpus
    assert entry["parameters"] == {"top": 25, "kinds": ["body"]}
    assert entry["caption"] == "Words of two articles."
    assert entry["source"] == "2 articles."
    assert entry["alt"].startswith("Stacked bar chart")
    assert {"metoo-research", "numpy", "pandas", "matplotlib"} <= set(entry["versions"])
    assert not {"python", "platform"} & set(entry["versions"])
    for name, digest in entry["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    assert len(entry["files"]) == 4


def test_a_corpus_object_gives_its_name_hash_and_length(tmp_path: Path) -> None:
    class Corpus:
        name = "night buses"
        sha256 = "cd" * 32

        def __len__(self) -> int:
            return 7

    save(tmp_path, corpus=Corpus())
    assert record(tmp_path)["corpus"] == {
        "name": "night buses",
        "sha256": "cd" * 32,
        "articles": 7,
    }


def test_saving_again_replaces_the_row_and_keeps_the_others(tmp_path: Path) -> None:
    save(tmp_path, "one")
    save(tmp_path, "two")
    save(tmp_path, "one", caption="Another caption.")
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["figures"]) == ["one", "two"]
    assert manifest["figures"]["one"]["caption"] == "Another caption."


SCRIPT = """
import sys
from pathlib import Path
import pandas as pd
from metoo_research import charts
from metoo_research.export import save_figure
out = Path(sys.argv[1])
table = pd.DataFrame({"word": ["bus", "night", "$5"], "count": [3, 2, 1]})
counts = pd.DataFrame({"article_id": ["a", "b"], "word": ["bus", "night"], "count": [3, 2]})
use = pd.DataFrame({"article_id": ["a", "b"], "label": ["Zoë", "B"],
                    "words_analysed": [300, 120], "words_set_aside": [20, 0]})
drawings = {"words": lambda: charts.word_frequency(table, counts),
            "overview": lambda: charts.corpus_overview(use)}
for name in sys.argv[2:]:
    save_figure(drawings.get(name, drawings["words"])(), name, caption="Wörter.",
                source="2 articles.", out=out)
"""

TABLES_SCRIPT = """
import sys
from pathlib import Path
from metoo_research.corpus import read_corpus
from metoo_research.tables import TABLE_NAMES, make_table
from metoo_research.write import write_table
corpus = read_corpus(sys.argv[2], progress=False)
for name in TABLE_NAMES:
    table = make_table(name, corpus)
    for ending in ("csv", "jsonl", "parquet"):
        write_table(table, Path(sys.argv[1]) / f"{name}.{ending}")
"""

HERE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
THERE = {
    "PYTHONHASHSEED": "2",
    "TZ": "America/Lima",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "86400",
}


def start(
    out: Path, *arguments: str, cwd: Path, script: str = SCRIPT, **settings: str
) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[1])
    environment = os.environ | {"PYTHONPATH": root} | settings
    command = [sys.executable, "-c", script, str(out), *arguments]
    return subprocess.Popen(command, env=environment, cwd=cwd)


def made_here_and_there(tmp_path: Path, script: str, *arguments: str) -> list[dict[str, bytes]]:
    """What two processes write that share nothing but the machine."""
    (tmp_path / "elsewhere").mkdir()
    here, there = tmp_path / "x", tmp_path / "elsewhere" / "y"
    both = [
        start(here, *arguments, cwd=tmp_path, script=script, **HERE),
        start(there, *arguments, cwd=tmp_path / "elsewhere", script=script, **THERE),
    ]
    assert [process.wait() for process in both] == [0, 0]
    return [{path.name: path.read_bytes() for path in out.iterdir()} for out in (here, there)]


def test_another_folder_time_zone_hash_seed_and_locale_give_the_same_figures(
    tmp_path: Path,
) -> None:
    first, second = made_here_and_there(tmp_path, SCRIPT, "words", "overview")
    assert len(first) == 11
    assert first == second


def test_another_folder_time_zone_hash_seed_and_locale_give_the_same_tables(
    tmp_path: Path, write_files: WriteFiles
) -> None:
    corpus = write_files(
        {
            "herald.txt": "Thousands sign\n\nMore than 12,000 people signed on Monday.\n",
            "post.txt": "Zoë’s buses\n\n“Late again,” @rider wrote. +3 % since 2019.\n",
            "study.toml": 'study.time_zone = "Europe/Vienna"\n'
            '[articles."post.txt"]\npublished = 2021-03-08\n',
        }
    )
    first, second = made_here_and_there(tmp_path, TABLES_SCRIPT, str(corpus))
    assert len(first) == 21
    assert first == second


def test_two_processes_at_once_lose_no_row_of_the_manifest(tmp_path: Path) -> None:
    left, right = [f"left{at}" for at in range(4)], [f"right{at}" for at in range(4)]
    both = [start(tmp_path, *names, cwd=tmp_path) for names in (left, right)]
    assert [process.wait() for process in both] == [0, 0]
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["figures"]) == sorted([*left, *right])


def test_in_a_notebook_it_shows_with_alt_text_and_caption(tmp_path: Path) -> None:
    saved = save(tmp_path, caption=HARD, alt=HARD, source=HARD)
    shown = saved._repr_html_()
    assert "<script>" not in shown
    assert f'alt="{html.escape(HARD)}"' in shown
    assert f"<figcaption>{html.escape(HARD)}<br><small>{html.escape(HARD)}</small>" in shown
    with Image.open(io.BytesIO(saved.picture)) as picture:
        assert picture.width == round(180 / 25.4 * 130)


def test_its_name_in_a_console_holds_no_path(tmp_path: Path) -> None:
    assert repr(save(tmp_path)) == "<Figure 'overview': PNG, SVG, PDF, CSV (2 rows)>"


def test_the_source_line_is_part_of_the_picture(tmp_path: Path) -> None:
    save(tmp_path, source="2 articles from one week.")
    drawing = ET.parse(tmp_path / "overview.svg").getroot()  # noqa: S314 - our own file
    assert "Source: 2 articles from one week." in [t.text for t in drawing.iter(f"{SVG}text")]


def test_a_figure_of_another_hand_is_saved_with_its_own_data(tmp_path: Path) -> None:
    figure = Figure(figsize=(85 / 25.4, 2))
    figure.add_subplot().plot([1, 2])
    save_figure(
        figure,
        "own",
        data=pd.DataFrame({"x": [1, 2]}),
        caption="A line.",
        alt="A rising line.",
        source="None.",
        out=tmp_path,
    )
    with Image.open(tmp_path / "own.png") as picture:
        assert picture.width == round(85 / 25.4 * 300)


def test_a_figure_of_another_hand_needs_its_data(tmp_path: Path) -> None:
    figure = Figure()
    figure.add_subplot()
    with pytest.raises(ExportError, match="own: give data="):
        save_figure(figure, "own", caption="c", alt="a", source="s", out=tmp_path)


@pytest.mark.parametrize("missing", ["caption", "alt", "source"])
def test_a_figure_without_words_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(ExportError, match=f"give {missing}="):
        save(tmp_path, ax=bar_chart(), **{missing: "  "})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["", "../up", "a b", "Übersicht", "Words", "manifest", "con", "a" * 90, "a__b", "a/b"],
)
def test_a_name_that_some_system_cannot_hold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="cannot name a figure"):
        save(tmp_path, name)


def test_parameters_that_json_cannot_hold_are_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        save(tmp_path, parameters={"when": object()})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder", encoding="utf-8")
    with pytest.raises(ExportError, match="taken") as told:
        save(tmp_path / "taken")
    assert "\n" not in str(told.value)


def test_a_full_disk_leaves_the_old_bundle_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_bytes = Path.write_bytes

    def disk_full(path: Path, data: bytes) -> int:
        if path.suffix == ".pdf":
            raise OSError(28, "No space left on device")
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", disk_full)
    with pytest.raises(ExportError, match="No space left on device"):
        save(tmp_path, caption="New.")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("file", ["overview.png", "overview.csv", "manifest.json"])
def test_a_disk_that_is_full_while_files_change_places_leaves_the_old_bundle_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    save(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    replace = Path.replace

    def replace_until_full(path: Path, target: Path) -> Path:
        if path.parent.name == "new" and path.name == file:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace_until_full)
    with pytest.raises(ExportError, match="No space left on device") as told:
        save(tmp_path, caption="New.", source="3 articles.")
    assert "\n" not in str(told.value)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # the PNG is larger
from metoo_research.errors import ExportError
try:
    exec(SCRIPT)
except ExportError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_a_write_that_the_system_stops_leaves_the_old_bundle_whole(tmp_path: Path) -> None:
    out = tmp_path / "figures"
    assert start(out, "words", cwd=tmp_path).wait() == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(before["words.png"]) > 20_000
    script = f"SCRIPT = {SCRIPT.replace('Wörter', 'Others')!r}\nimport sys\n{LIMITED}"
    stopped = subprocess.run(
        [sys.executable, "-c", script, str(out), "words"], capture_output=True, text=True
    )
    assert stopped.returncode == 1
    assert stopped.stderr.count("\n") == 1
    assert f"{out} cannot be written" in stopped.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_that_may_not_be_written_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def refuse(*_: object, **__: object) -> None:  # root, as in containers, may write anywhere
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(ExportError, match=r"Permission denied.; choose a folder that you may"):
        save(tmp_path, caption="New.")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_labels_that_a_spreadsheet_would_run_are_neutralised_and_come_back(
    tmp_path: Path,
) -> None:
    save(tmp_path, ax=bar_chart(label="=HYPERLINK(1)"))
    saved = (tmp_path / "overview.csv").read_text(encoding="utf-8")
    assert saved.splitlines()[1] == "a,'=HYPERLINK(1),300,20"
    assert read_table(tmp_path / "overview.csv")["label"].tolist() == [
        "=HYPERLINK(1)",
        "Radio Seven",
    ]


def test_other_json_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text('{"figures": 3}', encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    save(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["figures"]) == ["overview"]
    assert (tmp_path / "broken.json").read_text(encoding="utf-8") == "{"


def test_hard_labels_are_saved_in_every_format(tmp_path: Path) -> None:
    label = f"{HARD}\n🤘 مرحبا " + "long " * 60
    caption = f"{label} \ud83d"
    save(tmp_path, ax=bar_chart(label=label), caption=caption, source=label, alt=label)
    ET.parse(tmp_path / "overview.svg")  # noqa: S314 - our own file
    assert pd.read_csv(tmp_path / "overview.csv")["label"].iloc[0].startswith("<script>")
    assert record(tmp_path)["caption"].startswith("<script>")


def test_saving_does_not_load_pyplot(tmp_path: Path) -> None:
    code = SCRIPT + "\nsys.exit('matplotlib.pyplot' in sys.modules)"
    command = [sys.executable, "-c", code, str(tmp_path), "words"]
    assert subprocess.run(command, check=False).returncode == 0
