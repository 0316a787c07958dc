"""The styles of the Word report: few, and Word's own names, so that a journal's take over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from metoo_research.report.word_xml import NAMESPACES

if TYPE_CHECKING:
    from docx.document import Document

_INK: Final = "1F1F1F"
_GREY: Final = "595959"  # 7 to 1 on white
_OURS: Final = frozenset({"Term", "Picture", "Note", "TableText"})
_CUSTOM: Final = ' w:customStyle="1"'
_BLUE: Final = "0B5394"  # 7.6 to 1 on white


def _paragraph_style(
    identifier: str,
    name: str,
    *,
    based_on: str = "Normal",
    following: str = "",
    layout: str = "",
    letters: str = "",
) -> str:
    custom = _CUSTOM if identifier in _OURS else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/>{after}<w:qFormat/>'
        f"<w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _space(before: int, after: int, *, line: int = 259) -> str:
    return (
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'
    )


_KEEP: Final = "<w:keepNext/><w:keepLines/>"
_BOLD: Final = "<w:b/><w:bCs/>"
_DEFAULTS: Final = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" '
    'w:eastAsiaTheme="minorEastAsia" w:cs="Arial"/>'
    f"{_color(_INK)}{_size(11)}"
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    f"<w:pPrDefault><w:pPr>{_space(0, 120)}</w:pPr></w:pPrDefault></w:docDefaults>"
)
_RULE: Final = 'w:val="single" w:space="0"'
_STYLES: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>",
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
    "</w:style>",
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="70" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
    _paragraph_style(
        "Title", "Title", layout=_space(0, 120, line=240), letters=_BOLD + _size(24)
    ),
    _paragraph_style(
        "Heading1",
        "heading 1",
        following="BodyText",
        layout=f'{_KEEP}{_space(360, 120)}<w:outlineLvl w:val="0"/>',
        letters=_BOLD + _size(16),
    ),
    _paragraph_style(
        "Heading2",
        "heading 2",
        following="BodyText",
        layout=f'{_KEEP}{_space(240, 80)}<w:outlineLvl w:val="1"/>',
        letters=_BOLD + _size(13),
    ),
    # Pictures and tables want the whole width; a line of prose that long is hard to read.
    _paragraph_style(
        "BodyText", "Body Text", layout=f'{_space(0, 120)}<w:ind w:right="1417"/>'
    ),
    _paragraph_style(
        "Term",
        "Term",
        based_on="BodyText",
        layout='<w:keepLines/><w:ind w:left="284" w:right="1417" w:hanging="284"/>',
    ),
    _paragraph_style("Picture", "Picture", layout=f"<w:keepNext/>{_space(240, 60, line=240)}"),
    _paragraph_style(
        "Caption",
        "caption",
        following="BodyText",
        layout=f"<w:keepLines/>{_space(120, 60, line=240)}",
        letters=_size(10),
    ),
    _paragraph_style(
        "Note",
        "Note",
        layout=f"<w:keepLines/>{_space(40, 60, line=240)}",
        letters=_color(_GREY) + _size(9),
    ),
    _paragraph_style(
        "TableText", "Table Text", layout=_space(20, 20, line=240), letters=_size(8.5)
    ),
    _paragraph_style(
        "TOCHeading",
        "TOC Heading",
        following="Normal",
        layout=_KEEP + _space(240, 80),
        letters=_BOLD + _size(13),
    ),
    _paragraph_style("TOC1", "toc 1", layout=_space(0, 40)),
    _paragraph_style(
        "Footer", "footer", layout='<w:jc w:val="right"/>', letters=_color(_GREY) + _size(9)
    ),
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr>{_color(_BLUE)}<w:u w:val="single"/></w:rPr></w:style>',
    f'<w:style w:type="character"{_CUSTOM} w:styleId="Evidence"><w:name w:val="Evidence"/>'
    f"<w:qFormat/><w:rPr>{_color(_GREY)}{_size(7.5)}</w:rPr></w:style>",
    f'<w:style w:type="table"{_CUSTOM} w:styleId="ReportTable"><w:name w:val="Report Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    f'<w:top {_RULE} w:sz="8" w:color="{_INK}"/><w:bottom {_RULE} w:sz="8" w:color="{_INK}"/>'
    f'<w:insideH {_RULE} w:sz="4" w:color="BFBFBF"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    f'<w:bottom {_RULE} w:sz="8" w:color="{_INK}"/></w:tcBorders>'
    '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>',
)


def set_styles(document: Document) -> None:
    """Put our styles in place of those of the library's empty document."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    styles = document.styles.element
    for old in (*styles.findall(qn("w:docDefaults")), *styles.findall(qn("w:style"))):
        styles.remove(old)
    wrapped = f"<w:styles {NAMESPACES}>{_DEFAULTS}{''.join(_STYLES)}</w:styles>"
    defaults, *ours = parse_xml(wrapped)
    styles.insert(0, defaults)
    styles.extend(ours)
