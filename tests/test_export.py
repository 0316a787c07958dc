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
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from metoo_research import charts
from metoo_research.errors import ExportError
from metoo_research.export import SavedFigure, save_figure

SVG = "{http://www.w3.org/2000/svg}"
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
table = pd.DataFrame({"word": ["bus", "night", "$5"], "count": [3, 2, 1]})
counts = pd.DataFrame({"article_id": ["a", "b"], "word": ["bus", "night"], "count": [3, 2]})
for name in sys.argv[2:]:
    save_figure(charts.word_frequency(table, counts), name, caption="Words.",
                source="2 articles.", out=Path(sys.argv[1]))
"""


def start(out: Path, *names: str, cwd: Path, **settings: str) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[1])
    environment = os.environ | {"PYTHONPATH": root} | settings
    command = [sys.executable, "-c", SCRIPT, str(out), *names]
    return subprocess.Popen(command, env=environment, cwd=cwd)


def test_another_folder_time_zone_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    one = start(tmp_path / "x", "words", cwd=tmp_path, PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    two = start(
        tmp_path / "other" / "y",
        "words",
        cwd=tmp_path / "elsewhere",
        PYTHONHASHSEED="2",
        TZ="America/Lima",
        SOURCE_DATE_EPOCH="86400",
    )
    assert (one.wait(), two.wait()) == (0, 0)
    first = {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "other" / "y").iterdir()}
    assert len(first) == 6
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
