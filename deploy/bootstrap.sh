#!/bin/sh
# bootstrap.sh PYTHON VENV: makes the virtual environment and installs the hash-locked dependencies.
# OCR=0 leaves out what only scans need (250 MB); scans then end with the status needs_tool.
set -eu
python=$1; venv=$2
command -v "$python" >/dev/null 2>&1 || { echo "bootstrap: $python not found; install Python 3.11 or newer, or: make PYTHON=/path/to/python"; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "bootstrap: Python 3.11 or newer is needed, $python is $("$python" -V 2>&1); try: make PYTHON=python3.11 run"; exit 1; }
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || {
  echo "bootstrap: could not make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
if ! "$venv/bin/python" -c 'import uv' 2>/dev/null; then
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r deploy/uv.lock.txt
fi
lock=deploy/requirements.lock
if [ "${OCR:-1}" = 0 ]; then
  lock=$venv/requirements-without-ocr.lock
  awk '/^[a-z0-9]/ { keep = !/^(rapidocr|openvino|opencv-python-headless|shapely|pyclipper)==/ } keep' \
    deploy/requirements.lock > "$lock"
fi
VIRTUAL_ENV=$venv "$venv/bin/uv" pip sync -q --compile-bytecode --require-hashes "$lock" deploy/uv.lock.txt
VIRTUAL_ENV=$venv "$venv/bin/uv" pip install -q --no-deps --no-build-isolation -e .
