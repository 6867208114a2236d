#!/bin/sh
# Installs the Debian packages of deploy/apt-packages.txt that are missing. Never fails the caller:
# a machine where installing is not permitted still runs, and `jixiao doctor` names what is absent.
set -u
here=$(dirname "$0")
command -v dpkg-query >/dev/null 2>&1 || { echo "apt: not a Debian system; see deploy/apt-packages.txt for what to install"; exit 0; }
missing=""
for package in $(sed 's/#.*//' "$here/apt-packages.txt"); do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
as_root=""
if [ "$(id -u)" != 0 ]; then
  if sudo -n true 2>/dev/null; then as_root="sudo -n"; else
    echo "apt: not permitted to install:$missing"
    echo "apt: ask an administrator to run: apt-get install --no-install-recommends$missing"
    echo "apt: going on without; files that need them get the status needs_tool"
    exit 0
  fi
fi
echo "apt: installing$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
  echo "apt: could not install:$missing (going on; jixiao doctor names what is absent)"
}
exit 0
