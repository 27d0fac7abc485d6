# Makes a Python environment with one version of SUMO and the public networks; sourced by `run` and `fidelity`.
# Takes --sumo-version from the arguments; leaves the environment's interpreter in $python and its SUMO in $SUMO_HOME.

sumo_version=1.28.0
networks_version=1.4.5
expect=
for argument in "$@"; do
  case "$argument" in
    --sumo-version=*) sumo_version=${argument#*=} ;;
    --sumo-version) expect=version; continue ;;
    *) [ -z "$expect" ] || sumo_version=$argument ;;
  esac
  expect=
done

environment="$here/.venv/sumo-$sumo_version"
python="$environment/bin/python"
if [ ! -e "$environment/complete" ]; then
  echo "Installing SUMO $sumo_version and the networks of sumo-rl $networks_version" >&2
  python3 -m venv --clear "$environment"
  "$python" -m pip install --quiet --disable-pip-version-check "eclipse-sumo==$sumo_version"
  # Only its network files are wanted, not the learning libraries that it depends on.
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps "sumo-rl==$networks_version"
  touch "$environment/complete"
fi
SUMO_HOME=$("$python" -c 'from importlib.util import find_spec; print(find_spec("sumo").submodule_search_locations[0])')
export SUMO_HOME
export PYTHONPATH="$here"
# Greenwave and SUMO read names in any script.
export PYTHONUTF8=1
