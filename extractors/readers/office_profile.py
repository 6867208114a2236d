"""The user profile LibreOffice runs on: nothing active in a document runs, nothing is drawn that nobody sees.

Two things cost more than converting a form: looking for a font for every Chinese character while laying out pages that
are never shown (half the time), and a self-test of the graphics that a new profile runs at each start (two thirds of it).
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

# No macro runs, no link is followed, whatever the document asks for.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.9</value></prop></item>
</oor:items>
"""
"""The last entry makes LibreOffice believe that it was not upgraded: an upgrade starts the graphics self-test."""
FONTS = """<?xml version="1.0"?>
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
SYMBOL_FONT = "opens___.ttf"
SYMBOL_FONT_FOLDERS = (
    "/usr/share/fonts/truetype/libreoffice",
    "/usr/share/fonts/libreoffice-opensymbol-fonts",
)
SPARE_FONT = ("reportlab", "fonts/Vera.ttf")


@cache
def profile() -> Path:
    """A user profile of this process alone; two processes on one profile wait for each other."""
    folder = Path(tempfile.mkdtemp(prefix="jixiao-office-"))
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def environment(program: str) -> dict[str, str]:
    """What LibreOffice shall see: no screen, this profile, and one font only (the machine's own where none is found).

    Texts and tables do not depend on fonts; page breaks do, and nothing reads those.
    """
    settings = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "HOME": str(profile())}
    fonts = _one_font(program)
    return {**settings, "FONTCONFIG_FILE": str(fonts)} if fonts is not None else settings


@cache
def _one_font(program: str) -> Path | None:
    """A font configuration with a single small font; None where there is no such font on the machine."""
    installed = Path(program).resolve().parent.parent / "share" / "fonts" / "truetype"
    candidates = [Path(folder) / SYMBOL_FONT for folder in (installed, *SYMBOL_FONT_FOLDERS)]
    package = importlib.util.find_spec(SPARE_FONT[0])
    candidates += (
        [Path(folder) / SPARE_FONT[1] for folder in (package.submodule_search_locations or ())]
        if package
        else []
    )
    font = next((path for path in candidates if path.is_file()), None)
    if font is None:
        return None
    folder = profile() / "fonts"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(font, folder / font.name)
    configuration = profile() / "fonts.conf"
    configuration.write_text(FONTS.format(folder=folder), encoding="utf-8")
    return configuration
