"""Notebooks are run with checked parameters, give the same bytes, and are not run in vain."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tertium.errors import InputError
from tertium.report.running import run
from tertium.report.running.parameters import NotebookParameter, notebook_parameters
from tertium.report.running.run import Job, read_parameters, read_values, run_all, run_notebook
from tertium.report.running.tasks import Task, do_tasks

DECLARED = 'scheme: str = "approach"  # which scheme\nlimit: int = 2'


def write(path: Path, *cells: str, declared: str | None = DECLARED) -> Path:
    """Write a notebook: a title, a tagged cell unless it is None, then cells of code."""
    first = [] if declared is None else [tagged(declared)]
    made = [new_markdown_cell("# Title"), *first, *map(new_code_cell, cells)]
    for number, cell in enumerate(made):
        cell["id"] = f"c{number}"
    path.write_text(json.dumps(new_notebook(cells=made)), encoding="utf-8")
    return path


def tagged(source: str, tag: str = "parameters") -> dict:
    """Return a code cell with a tag."""
    return new_code_cell(source, metadata={"tags": [tag]})


def printed(notebook: dict) -> str:
    """Everything that the cells of a notebook wrote."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    return "".join(output.get("text", "") for output in outputs)


def faults_of(notebook: dict) -> list[str]:
    """The faults of a notebook's tagged cell."""
    with pytest.raises(InputError) as caught:
        notebook_parameters(notebook, file="a.ipynb")
    return [str(fault) for fault in caught.value.faults]


# --- parameters ------------------------------------------------------------------------------


def test_each_line_is_a_parameter():
    """A declaration gives name, type, default and meaning."""
    cell = tagged('# for all\ntexts: str = "digests"  # which texts\nlimit: int | None = None')
    assert notebook_parameters(new_notebook(cells=[cell]), file="a.ipynb") == (
        NotebookParameter("texts", "str", "digests", "which texts"),
        NotebookParameter("limit", "int | None", None, ""),
    )


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([new_code_cell("n: int = 1")], "no cell is tagged"),
        ([tagged("n: int = 1"), tagged("m: int = 1")], "cells 1, 2 are tagged"),
        ([tagged("n: int = 1"), tagged("n = 2", "injected-parameters")], "an earlier run"),
        ([new_markdown_cell("n: int = 1", metadata={"tags": ["parameters"]})], "is no code"),
        ([tagged("n: int = 1\nm: int = n + 1")], "'m' is derived: n + 1"),
        ([tagged('n: str = f"{1}"')], "'n' is derived"),
        ([tagged("n: list = [len('a')]")], "'n' is derived"),
        ([tagged("n = 1")], "'n = 1' is no typed value"),
        ([tagged("n: int")], "'n: int' is no typed value"),
        ([tagged("import os")], "'import os' is no typed value"),
        ([tagged("for n in (1, 2):\n    print(n)")], "is no typed value"),
        ([tagged("n: int = 1; m: int = 2")], "two statements stand in one line"),
        ([tagged("n: int = 1\nn: int = 2")], "'n' is declared twice"),
        ([tagged("n: int = 'a'")], "'n' is 'a', which is no int"),
        ([tagged("n: int = True")], "'n' is True, which is no int"),
        ([tagged("n: Path = 'a'")], "'n' has the type Path"),
        ([tagged("%matplotlib inline")], "it is no plain Python"),
    ],
)
def test_faulty_tagged_cells_are_refused(cells, found):
    """A cell from which papermill would silently run something else is refused."""
    faults = faults_of(new_notebook(cells=cells))
    assert len(faults) == 1
    assert found in faults[0]


def test_every_fault_of_a_tagged_cell_is_named_with_its_line():
    """Three faulty lines give three faults."""
    faults = faults_of(new_notebook(cells=[tagged("n = 1\nm: int = n\nok: int = 1\nk: int = ''")]))
    assert [fault.split(":")[0] for fault in faults] == [
        "a.ipynb, cell 1, line 1",
        "a.ipynb, cell 1, line 2",
        "a.ipynb, cell 1, line 4",
    ]


@pytest.mark.parametrize(
    ("annotation", "word", "value"),
    [
        ("str", "12", "12"),
        ("int", "12", 12),
        ("float", "0.5", 0.5),
        ("float", "2", 2),
        ("bool", "true", True),
        ("bool", "no", False),
        ("int | None", "None", None),
        ("list[str]", "['a', 'b']", ["a", "b"]),
        ("int", "many", "many"),
    ],
)
def test_words_become_values(annotation, word, value):
    """A word of the command line becomes what the parameter's type takes, or stays a word."""
    assert NotebookParameter("n", annotation, None, "").value_of(word) == value


def test_values_from_words_are_checked(tmp_path):
    """An unknown name and a word of another type are one error, which says what there is."""
    notebook = write(tmp_path / "a.ipynb")
    assert read_values(notebook, {"limit": "3"}) == {"limit": 3}
    with pytest.raises(InputError) as caught:
        read_values(notebook, {"limit": "many", "texts": "both"})
    assert [str(fault) for fault in caught.value.faults] == [
        "a.ipynb, parameters: 'texts' is no parameter; there are scheme, limit",
        "a.ipynb, parameters, limit: 'many' is no int; write a int, such as 2",
    ]


def test_wrong_values_stop_the_run_before_it_starts(tmp_path):
    """Unknown names and values of another type are refused together, and nothing is written."""
    notebook = write(tmp_path / "a.ipynb", "raise SystemExit")
    with pytest.raises(InputError) as caught:
        run_notebook(
            notebook, tmp_path / "o.ipynb", parameters={"x": 1, "limit": "2"}, cwd=tmp_path
        )
    assert len(caught.value.faults) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ipynb"]


@pytest.mark.parametrize("text", ["", "{}", '{"nbformat": 3, "worksheets": []}', "\x00", "[1, 2]"])
def test_what_is_no_notebook_is_named(tmp_path, text):
    """A file that is no notebook gives one fault, no traceback."""
    (tmp_path / "a.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.ipynb: it is no notebook"):
        read_parameters(tmp_path / "a.ipynb")


def test_a_notebook_is_not_overwritten_by_its_run(tmp_path):
    """The run's output may not be the notebook itself."""
    notebook = write(tmp_path / "a.ipynb")
    with pytest.raises(InputError, match="it would be overwritten"):
        run_notebook(notebook, notebook, parameters={}, cwd=tmp_path)


# --- one run ---------------------------------------------------------------------------------

SHOW = (
    "import os, sys\n"
    "print(scheme, limit, sys.executable == os.environ['EXPECTED_PYTHON'])\n"
    "print(*[os.environ[n] for n in ('SOURCE_DATE_EPOCH', 'MPLBACKEND', 'PYTHONHASHSEED', 'TZ')])\n"
    "print(os.path.basename(os.getcwd()), sorted(os.listdir()))"
)


@pytest.fixture
def kernel_of_another(tmp_path, monkeypatch):
    """Install a kernel spec named python3 that starts nothing."""
    folder = tmp_path / "jupyter" / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["no-such-program"], "display_name": "Broken", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("EXPECTED_PYTHON", sys.executable)


@pytest.mark.usefixtures("kernel_of_another")
def test_a_run_gives_the_same_bytes_without_traces_of_the_run(tmp_path, monkeypatch):
    """Two runs are equal; they ran in this Python, in their folder, and say nothing of when."""
    for name in ("SOURCE_DATE_EPOCH", "MPLBACKEND", "PYTHONHASHSEED", "TZ"):
        monkeypatch.delenv(name, raising=False)
    before, here = dict(os.environ), Path.cwd()
    (tmp_path / "here").mkdir()
    notebook = write(tmp_path / "here" / "a.ipynb", SHOW, "limit * 2")
    original = notebook.read_bytes()
    outputs = [tmp_path / "one.ipynb", tmp_path / "two.ipynb"]
    for output in outputs:
        run_notebook(notebook, output, parameters={"limit": 21}, cwd=notebook.parent)
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    executed = json.loads(outputs[0].read_text(encoding="utf-8"))
    assert printed(executed) == ("approach 21 True\n1767225600 agg 0 UTC\nhere ['a.ipynb']\n")
    assert executed["cells"][-1]["outputs"][0]["data"]["text/plain"] == "42"
    assert executed["cells"][2]["source"] == "# Parameters\nlimit = 21\n"
    assert executed["cells"][2]["id"] == "injected-parameters"
    assert set(executed["metadata"]) == {"kernelspec", "language_info", "tertium"}
    assert all(set(cell["metadata"]) <= {"tags"} for cell in executed["cells"])
    assert "version" not in executed["metadata"]["language_info"]
    assert outputs[0].read_bytes().endswith(b"}\n")
    assert (notebook.read_bytes(), dict(os.environ), Path.cwd()) == (original, before, here)


SETTINGS = (
    "import locale, os, sys\n"
    "print(*[os.environ[n] for n in ('LC_ALL', 'MPLBACKEND', 'PYTHONHASHSEED', 'TZ')])\n"
    "print(os.environ['SOURCE_DATE_EPOCH'], sys.flags.optimize, 'shadow' in ''.join(sys.path))\n"
    "print('started' in globals(), 'profiled' in globals())\n"
    "import matplotlib\n"
    "print(matplotlib.rcParams['font.size'], matplotlib.rcParams['axes.facecolor'])"
)


def test_a_users_settings_have_no_say_in_a_run(tmp_path, monkeypatch):
    """Shell, start-up files, search path, IPython profile and matplotlibrc of a user are left out."""
    home = tmp_path / "home"
    for folder in ("matplotlib", "ipython/profile_default/startup", "shadow"):
        (home / folder).mkdir(parents=True)
    (home / "matplotlib" / "matplotlibrc").write_text("font.size: 77\naxes.facecolor: red\n")
    (home / "start.py").write_text("started = True\n")
    (home / "ipython" / "profile_default" / "startup" / "a.py").write_text("profiled = True\n")
    (home / "shadow" / "papermill.py").write_text("raise SystemExit\n")
    for name, value in {
        "LC_ALL": "tr_TR.UTF-8",
        "MPLBACKEND": "svg",
        "PYTHONHASHSEED": "99",
        "TZ": "Asia/Almaty",
        "SOURCE_DATE_EPOCH": "86400",
        "PYTHONOPTIMIZE": "2",
        "PYTHONPATH": str(home / "shadow"),
        "PYTHONSTARTUP": str(home / "start.py"),
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "MATPLOTLIBRC": str(home / "matplotlib"),
    }.items():
        monkeypatch.setenv(name, value)
    notebook = write(tmp_path / "a.ipynb", SETTINGS)
    executed = run_notebook(notebook, tmp_path / "o.ipynb", parameters={}, cwd=tmp_path)
    assert printed(executed).splitlines() == [
        "C.UTF-8 agg 0 UTC",
        "86400 0 False",
        "False False",
        "10.0 white",
    ]


def test_without_parameters_no_cell_is_injected(tmp_path):
    """A run with the notebook's own values has the notebook's own cells."""
    notebook = write(tmp_path / "a.ipynb", "scheme")
    executed = run_notebook(notebook, tmp_path / "o.ipynb", parameters={}, cwd=tmp_path)
    assert [cell["id"] for cell in executed["cells"]] == ["c0", "c1", "c2"]


@pytest.mark.parametrize("parameters", [{}, {"limit": 0}])
def test_a_failing_cell_is_named_in_one_line(tmp_path, parameters):
    """Notebook, cell and the error's last line are named, and what was there before stays."""
    code = "def deep(n):\n    return deep(n - 1) if n else 1 / 0\ndeep(30)"
    notebook = write(tmp_path / "a.ipynb", "limit", code, "print('never')")
    (tmp_path / "o.ipynb").write_text("before", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run_notebook(notebook, tmp_path / "o.ipynb", parameters=parameters, cwd=tmp_path)
    assert str(caught.value) == (
        "a.ipynb, cell 4: it stopped with ZeroDivisionError: division by zero; "
        "mend the cell, or what it reads"
    )
    assert (tmp_path / "o.ipynb").read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ipynb", "o.ipynb"]


def test_a_dying_kernel_is_named(tmp_path):
    """A kernel that ends in the middle of a cell gives an error, not a hang or a traceback."""
    notebook = write(tmp_path / "a.ipynb", "import os\nos._exit(1)")
    with pytest.raises(InputError, match=r"a\.ipynb.*its kernel died"):
        run_notebook(notebook, tmp_path / "o.ipynb", parameters={}, cwd=tmp_path)


def test_outputs_that_name_this_machine_are_refused(tmp_path):
    """A path of this machine and an address in memory are named by their cells; both at once."""
    notebook = write(
        tmp_path / "a.ipynb",
        "import os\nprint('see', os.path.join(os.getcwd(), 'x.csv'))",
        "object()",
        "print('a web address such as example.org/root/tmp is none')",
        "import warnings\nwarnings.warn('soft')",
    )
    with pytest.raises(InputError) as caught:
        run_notebook(notebook, tmp_path / "o.ipynb", parameters={"limit": 1}, cwd=tmp_path)
    assert [fault.field for fault in caught.value.faults] == ["cell 3", "cell 4", "cell 6"]
    assert not (tmp_path / "o.ipynb").exists()


# --- many runs -------------------------------------------------------------------------------


def test_only_what_changed_is_run_again(tmp_path):
    """Nothing runs twice; a faulty notebook leaves the others' results; outputs kept in a
    notebook are no reason to run it, its code and an output that was touched are.
    """
    good = write(tmp_path / "good.ipynb", "print(limit)")
    bad = write(tmp_path / "bad.ipynb", "print(limit / 0)")
    database, lines = tmp_path / "digests.json", []
    jobs = [
        Job(good, tmp_path / "out" / "good.ipynb", {"limit": 5}, tmp_path),
        Job(bad, tmp_path / "out" / "bad.ipynb", {}, tmp_path),
    ]
    with pytest.raises(InputError, match=r"^bad\.ipynb, cell 3: it stopped with ZeroDivision"):
        run_all(jobs, database=database, progress=lines.append)
    assert [line.partition(":")[0] for line in lines] == ["good"]
    assert not jobs[1].output.exists()
    write(bad, "print(limit)")
    assert run_all(jobs, database=database, progress=lines.append) == ("notebook-bad",)
    kept = json.loads(good.read_text(encoding="utf-8"))
    kept["cells"][2]["outputs"] = [new_output("stream", name="stdout", text="5\n")]
    good.write_text(json.dumps(kept), encoding="utf-8")
    assert run_all(jobs, database=database, progress=lines.append) == ()
    jobs[1].output.write_text("touched", encoding="utf-8")
    assert run_all(jobs, database=database, progress=lines.append) == ("notebook-bad",)
    assert str(tmp_path) not in database.read_text(encoding="utf-8")


def task(name: str, did: list[str], **more) -> Task:
    """Return a task that takes note of being done."""
    given = {"inputs": dict, "made": lambda: {name: "made"}, "do": lambda: did.append(name), **more}
    return Task(name=name, **given)


def test_a_task_waits_for_those_before_it_and_sees_what_they_made(tmp_path):
    """Inputs of a later task are looked at when the earlier ones are done."""
    made, did = {}, []

    def first() -> None:
        did.append("first")
        made["first"] = str(len(did))

    tasks = [
        task("last", did, inputs=lambda: dict(made), after=("first",)),
        task("first", did, do=first, made=lambda: dict(made)),
    ]
    assert do_tasks(tasks, database=tmp_path / "d.json") == ("last", "first")
    assert did == ["first", "last"]
    assert do_tasks(tasks, database=tmp_path / "d.json") == ()
    made["first"] = "another"
    assert do_tasks(tasks, database=tmp_path / "d.json") == ("last", "first")


@pytest.mark.parametrize("text", ["", "{", "[1]", "null"])
def test_a_damaged_database_costs_time_only(tmp_path, text):
    """A database that can't be read is as good as none."""
    (tmp_path / "d.json").write_text(text, encoding="utf-8")
    did: list[str] = []
    assert do_tasks([task("a", did)], database=tmp_path / "d.json") == ("a",)


def test_the_database_does_not_tell_in_which_order_tasks_ended(tmp_path):
    """Tasks in two orders leave the same file."""
    names = ["b", "a", "c"]
    do_tasks([task(n, []) for n in names], database=tmp_path / "one.json", workers=1)
    do_tasks([task(n, []) for n in sorted(names)], database=tmp_path / "two.json", workers=1)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_an_error_of_ours_does_not_hide_a_defect(tmp_path):
    """An exception that is no TertiumError comes out as it is."""

    def broken() -> None:
        raise KeyError("defect")

    with pytest.raises(KeyError, match="defect"):
        do_tasks([task("a", [], do=broken)], database=tmp_path / "d.json")


def test_progress_is_for_terminals(monkeypatch, capsys):
    """Lines of progress go to stderr where a person looks on, else nowhere."""
    run.to_terminal("03-comparison: done in 4 s")
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    run.to_terminal("03-comparison: done in 4 s")
    assert capsys.readouterr() == ("", "03-comparison: done in 4 s\n")
