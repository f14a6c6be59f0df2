"""The wheel, installed where there is nothing of this checkout: what a user of `pip install` gets."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def run(*words, cwd, **more):
    done = subprocess.run(words, cwd=cwd, check=True, capture_output=True, text=True, **more)  # noqa: S603 - ours
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that the build leaves nothing in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    run("git", "clone", "--quiet", "--no-local", str(ROOT), str(source), cwd=folder)
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(source),
        cwd=folder,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The `mist` of a clean environment."""
    folder = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", str(folder / "venv"), cwd=folder)
    python = folder / "venv" / "bin" / "python"
    pins = ROOT / "constraints.txt"
    run(str(python), "-m", "pip", "install", "--quiet", "--constraint", str(pins), str(wheel), cwd=folder)
    return python.with_name("mist")


def test_the_wheel_holds_every_module_mapping_and_template_and_no_generic_package(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, package, suffixes in (
        ("mist_connector", "mist_connector", {".py", ".typed", ".txt", ".mo"}),
        ("cli", "mist_connector/cli", {".py"}),
        ("mappings", "mist_connector/mappings", {".py", ".yaml"}),
        ("templates", "mist_connector/templates", {".py", ".j2"}),
    ):
        tracked = run("git", "ls-files", folder, cwd=ROOT).splitlines()
        files = [Path(path).relative_to(folder) for path in tracked if Path(path).suffix in suffixes]
        missing = [str(file) for file in files if f"{package}/{file.as_posix()}" not in names]
        assert not missing
    tops = {name.split("/")[0] for name in names}
    assert not {"cli", "mappings", "templates", "tests"} & tops


def test_mist_runs_from_the_wheel_with_its_own_mappings(installed, tmp_path):
    coverage = json.loads(run(str(installed), "rules", "list", "--json", cwd=tmp_path))
    assert len(coverage) == 145
    documents = json.loads(run(str(installed), "report", "list", "--json", cwd=tmp_path))
    assert documents


def test_a_user_s_install_carries_no_mail_server_and_the_sandbox_says_what_it_takes(installed, tmp_path):
    python = installed.with_name("python")
    listed = json.loads(run(str(python), "-m", "pip", "list", "--format", "json", cwd=tmp_path))
    assert not {"aiosmtpd", "pytest", "hypothesis"} & {each["name"] for each in listed}
    done = subprocess.run(  # noqa: S603 - ours
        [str(installed), "sandbox", "up", "--name", "nowhere"],
        cwd=tmp_path,
        env={"MIST_CACHE": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "mist-connector[sandbox]" in done.stderr
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("language", "commands", "help_of_help"),
    [("fr", "Commandes", "Montre cette aide."), ("en", "Commands", "Show this message and exit.")],
)
def test_every_command_has_a_help_in_each_language(installed, tmp_path, language, commands, help_of_help):
    environment = {**os.environ, "MIST_LANG": language}
    overview = run(str(installed), "--help", cwd=tmp_path, env=environment)
    names = re.findall(r"^  (\w+)  ", overview.partition(commands)[2], re.MULTILINE)
    assert {"plan", "apply", "sync", "check", "import", "report", "sandbox", "rules", "demo"} <= set(names)
    for name in names:
        assert help_of_help in run(str(installed), name, "--help", cwd=tmp_path, env=environment), name
