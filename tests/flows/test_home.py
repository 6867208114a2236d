"""The home: one writer at a time, by name; what a killed run left is ended."""

import os
import subprocess
import sys
import time

import pytest

from flows.home import Home, HomeInUseError, NoSpaceError
from flows.orphans import RUN_TAG, sweep_orphans

HOLD = """
import sys, time
from flows.home import Home
with Home.at(sys.argv[1]).lock("jixiao run"):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(home) -> subprocess.Popen:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(home)], stdout=subprocess.PIPE, text=True)
    assert child.stdout and child.stdout.readline() == "held\n"
    return child


def test_a_second_writer_is_refused_and_told_who_holds_the_home(tmp_path):
    child = holder(tmp_path)
    try:
        with (
            pytest.raises(HomeInUseError, match=rf"jixiao run.*pid {child.pid}"),
            Home.at(tmp_path).lock("second"),
        ):
            pass
        assert f"pid {child.pid}" in (Home.at(tmp_path).holder() or "")
    finally:
        child.kill()
        child.wait()


def test_a_killed_holder_leaves_the_home_free(tmp_path):
    child = holder(tmp_path)
    child.kill()
    child.wait()

    with Home.at(tmp_path).lock("next"):
        pass
    assert Home.at(tmp_path).holder() is None


def test_the_same_process_cannot_take_it_twice(tmp_path):
    home = Home.at(tmp_path)
    with home.lock("first"), pytest.raises(HomeInUseError, match="first"), home.lock("second"):
        pass


def test_orphans_of_this_home_are_ended_and_others_left_alone(tmp_path):
    # A process whose parent is gone, as after kill -9 of a run: started by a shell that ends at once.
    def orphan(home) -> int:
        shell = subprocess.run(
            ["sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!"],
            env=os.environ | {RUN_TAG: str(home)},
            capture_output=True,
            text=True,
        )
        return int(shell.stdout)

    mine, others = orphan(tmp_path / "mine"), orphan(tmp_path / "others")
    try:
        assert sweep_orphans(tmp_path / "mine") == 1
        deadline = time.monotonic() + 5
        while _runs(mine) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not _runs(mine)
        assert _runs(others)
    finally:
        os.kill(others, 9)


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_children_of_the_run_itself_are_no_orphans(tmp_path):
    child = subprocess.Popen(["sleep", "60"], env=os.environ | {RUN_TAG: str(tmp_path)})
    try:
        assert sweep_orphans(tmp_path) == 0
        assert child.poll() is None
    finally:
        child.kill()
        child.wait()


def test_a_full_disk_stops_the_run_before_it_writes(tmp_path):
    with pytest.raises(NoSpaceError, match="磁盘空间不足"):
        Home.at(tmp_path).require_space(min_free_mb=10**9)


def test_the_home_is_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("JIXIAO_HOME", str(tmp_path / "x"))
    assert Home.at().root == tmp_path / "x"
    assert Home.at(tmp_path / "y").root == tmp_path / "y"
    monkeypatch.delenv("JIXIAO_HOME")
    assert Home.at().root.name == "jixiao-home"
