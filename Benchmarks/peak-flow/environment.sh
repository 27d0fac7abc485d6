# Makes a Python environment with HiGHS; sourced by `run`. Leaves the environment's interpreter in $python.

highs_version=1.16.0
environment="$here/.venv/highs-$highs_version"
python="$environment/bin/python"
if [ ! -e "$environment/complete" ]; then
  echo "Installing HiGHS $highs_version" >&2
  python3 -m venv --clear "$environment"
  "$python" -m pip install --quiet --disable-pip-version-check "highspy==$highs_version"
  touch "$environment/complete"
fi
export PYTHONUTF8=1
