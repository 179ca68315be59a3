import pytest

from wcd.cli import check


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout with one module, one template and two catalogues."""
    (tmp_path / "pyproject.toml").write_text((check.CHECKOUT / "pyproject.toml").read_text())
    for folder in ("wcd", "templates", "migrations", "locales/zh/LC_MESSAGES", "locales/en/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "wcd" / "errors.py").write_text('says = _("The gate is closed.")\n')
    (tmp_path / "templates" / "page.html").write_text("{{ ngettext('%(n)s seat', '%(n)s seats', 2) }}")
    monkeypatch.setattr(check, "CHECKOUT", tmp_path)
    return tmp_path


def write(checkout, locale, *entries):
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=%d; plural=0;\\n"\n'
    text = "\n".join([head % (1 if locale == "zh" else 2), *entries])
    (checkout / "locales" / locale / "LC_MESSAGES" / "messages.po").write_text(text, "utf-8")


CLOSED = 'msgid "The gate is closed."\nmsgstr "%s"\n'
SEATS_ZH = 'msgid "%(n)s seat"\nmsgid_plural "%(n)s seats"\nmsgstr[0] "%(n)s 个座位"\n'
SEATS_EN = 'msgid "%(n)s seat"\nmsgid_plural "%(n)s seats"\nmsgstr[0] ""\nmsgstr[1] ""\n'


def test_complete_catalogues_are_good(checkout):
    write(checkout, "zh", CLOSED % "入口已关闭。", SEATS_ZH)
    write(checkout, "en", CLOSED % "", SEATS_EN)
    assert check.words_complete().good


@pytest.mark.parametrize(
    ("zh", "finding"),
    [
        ([SEATS_ZH], "zh: missing 'The gate is closed.'"),
        ([CLOSED % "", SEATS_ZH], "zh: not translated 'The gate is closed.'"),
        (["#, fuzzy\n" + CLOSED % "入口", SEATS_ZH], "zh: unsure 'The gate is closed.'"),
        ([CLOSED % "入口", SEATS_ZH, 'msgid "Gone"\nmsgstr "无"\n'], "zh: no longer used 'Gone'"),
    ],
)
def test_what_the_chinese_catalogue_lacks_is_named(checkout, zh, finding):
    write(checkout, "zh", *zh)
    write(checkout, "en", CLOSED % "", SEATS_EN)
    outcome = check.words_complete()
    assert not outcome.good
    assert outcome.words.splitlines()[:-1] == [finding]


def test_a_migration_that_is_missing_is_shown_and_not_left_behind(checkout, monkeypatch):
    made = checkout / "migrations" / "wcd_made_by_auto.py"

    def as_piccolo_does(*_argv):
        made.write_text("manager.add_column(...)\n")
        return check.Outcome(good=True, words="Created new migration at …\n")

    monkeypatch.setattr(check, "_run", as_piccolo_does)
    outcome = check.migrations_complete()
    assert not outcome.good
    assert "manager.add_column" in outcome.words
    assert not made.exists()
