"""Our XForms in another reader: ODK Validate, which is JavaRosa, where there is a Java to run it."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from desktop.forms.reader.form_reader import INTAKE, read_xform
from desktop.services.dossier.form_locale import FORM_LOCALE

EXAMPLE = Path(__file__).parents[4] / "docs" / "examples" / "meedoen.md"
JAVA = shutil.which("java")


def _validator() -> Path:
    spec = find_spec("pyxform")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


@pytest.mark.parametrize("form", [INTAKE, EXAMPLE] if JAVA else [])
def test_odk_validate_takes_our_xform(form: Path, tmp_path: Path) -> None:
    written = tmp_path / "form.xml"
    written.write_bytes(read_xform(form, "md", locale=FORM_LOCALE))
    command = [str(JAVA), "-jar", str(_validator()), str(written)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603  # our own file
    assert (done.returncode, "Xform is valid" in done.stdout + done.stderr) == (0, True), done.stderr
