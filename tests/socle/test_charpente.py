"""The frame by which the recette takes two pages for one: words may differ, nothing that is judged may."""

import pytest

from tests.recette.ecran.charpente import compute_charpente

PAGE = (
    '<html lang="fr"><body><main><h1 id="a">Un</h1><table><tr class="x"><td>1<td>2</tr></table>'
    '<svg role="img" aria-label="un trait"><rect width="3" fill="#fff"/></svg><br>fin</main></body></html>'
)
RANGEE = '<tr class="x"><td>1<td>2</tr>'


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Un", "Un tout autre titre"),
        ('id="a"', 'id="b"'),
        ("un trait", "deux traits"),
        ('width="3"', 'width="40"'),
        (RANGEE, RANGEE * 3),
    ],
)
def test_words_numbers_and_repeated_rows_leave_the_frame(avant: str, apres: str) -> None:
    assert avant in PAGE
    assert compute_charpente(PAGE.replace(avant, apres, 1)) == compute_charpente(PAGE)


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Un", ""),
        (' id="a"', ""),
        ('class="x"', 'class="y"'),
        ('lang="fr"', 'lang="en"'),
        ('role="img"', 'role="img" aria-hidden="true"'),
        ('fill="#fff"', 'fill="#eee"'),
        ("<br>", "<hr>"),
        ("h1", "h2"),
        (RANGEE, RANGEE + '<tr class="z"><td>1<td>2</tr>'),
        ("</table>", "</table><p>Autre.</p>"),
    ],
)
def test_what_is_judged_changes_the_frame(avant: str, apres: str) -> None:
    assert avant in PAGE
    assert compute_charpente(PAGE.replace(avant, apres)) != compute_charpente(PAGE)
