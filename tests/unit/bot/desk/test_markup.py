import pytest

from bot.desk.markup import as_html


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("**gras** et <b>", "<p><strong>gras</strong> et &lt;b&gt;</p>"),
        ("un\ndeux\n\ntrois", "<p>un<br>deux</p><p>trois</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. **b**", "<ol><li>a</li><li><strong>b</strong></li></ol>"),
        ("[**112**](tel:112)", "<p><strong>112</strong></p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("**ouvert", "<p>**ouvert</p>"),
        ("", ""),
    ],
)
def test_our_markup_becomes_safe_html_without_live_links(markup, html):
    assert as_html(markup) == html
