"""What tests ask for by name: the repository, the shared folder, programs that may be missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine makes no test red: what is fast is told by benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent
NEED = "needs "


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared data beside the repository; TERTIUM_SHARED names another."""
    folder = Path(os.environ.get("TERTIUM_SHARED") or REPOSITORY.parent / "shared")
    if not (folder / "sources").is_dir():
        pytest.skip(
            f"{NEED}../shared (it lies beside the repository, or where TERTIUM_SHARED says)"
        )
    return folder.resolve()


@pytest.fixture(scope="session")
def originals(shared: Path) -> Path:
    """Return the folder of the five original texts."""
    return shared / "sources"


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the path of a Chromium; TERTIUM_CHROMIUM names another."""
    return _program(
        os.environ.get("TERTIUM_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"
    )


@pytest.fixture(scope="session")
def poppler() -> Path:
    """Return the folder of poppler's programs (pdftotext, pdftoppm, pdfinfo)."""
    return _program("pdftotext", package="poppler-utils").parent


@pytest.fixture(scope="session")
def node() -> Path:
    """Return the path of node."""
    return _program("node", "nodejs", package="nodejs")


def _program(*names: str | None, package: str = "chromium") -> Path:
    for name in filter(None, names):
        if path := shutil.which(name):
            return Path(path)
    pytest.skip(f"{NEED}{package} (no {' or '.join(filter(None, names))} on the PATH)")


# On CI everything is installed, so a missing program or folder there is a fault of the set-up and
# would otherwise pass unseen among the skips.


def _unmet_need(report: pytest.TestReport | pytest.CollectReport) -> str:
    if os.environ.get("TERTIUM_NO_SKIP") != "1" or not report.skipped:
        return ""
    if hasattr(report, "wasxfail") or not isinstance(report.longrepr, tuple):
        return ""
    reason = report.longrepr[2].removeprefix("Skipped: ")
    return reason if reason.startswith(NEED) else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip for a missing need into a failure where TERTIUM_NO_SKIP=1."""
    report = yield
    if reason := _unmet_need(report):
        report.outcome = "failed"
        report.longrepr = f"{reason}; TERTIUM_NO_SKIP=1 forbids skipping"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Do the same for modules that skip themselves when they are imported."""
    report = yield
    if reason := _unmet_need(report):
        report.outcome = "failed"
        report.longrepr = f"{reason}; TERTIUM_NO_SKIP=1 forbids skipping"
    return report
