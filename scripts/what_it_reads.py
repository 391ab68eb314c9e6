#!/usr/bin/env python3
"""Other Slate documentations, the whole way: read, linted, emitted, compiled, tested. Prints a table in Markdown.

usage: what_it_reads.py [NAME…]

The documentations are not part of this repository: ../shared/docs/other/NAME, or $OTHER_DOCS/NAME. How each of them is
written says codegen/tests/projects/NAME/dialect.yaml; what people read in it, ../shared/truth/other/NAME.json, or
$OTHER_TRUTH/NAME.json. Crates are built below the target folder. $OPENAPI_PYTHON is a Python that has
openapi-spec-validator; without one the column says so.
"""
import json, os, pathlib, re, shutil, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCS = pathlib.Path(os.environ.get('OTHER_DOCS', ROOT / '../shared/docs/other')).resolve()
TRUTH = pathlib.Path(os.environ.get('OTHER_TRUTH', ROOT / '../shared/truth/other')).resolve()
SCORER = ROOT / '../shared/tools/score_other.py'
TARGET = pathlib.Path(os.environ.get('CARGO_TARGET_DIR', ROOT / 'target')).resolve()
HEAD = ['documentation', 'dialect, lines', 'operations', 'F1', 'lost in silence', 'clippy', 'tests of the crate', 'OpenAPI']


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


def project(name, folder):
    """A folder as `init` makes it, but for the dialect, which is that of the tests."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(ROOT / 'codegen/tests/projects' / name / 'dialect.yaml', folder)
    runtime = os.path.relpath(ROOT / 'runtime', folder / 'sdk')
    docs = os.path.relpath(DOCS / name, folder)
    (folder / 'slate.yaml').write_text(f'crate: {name}-sdk\ndocs: {docs}\nruntime: {{path: {runtime}}}\n')


def score(kind, *files):
    done = run('python3', SCORER, kind, *files)
    return done.stdout


def row(name):
    folder = TARGET / 'what-it-reads' / name
    project(name, folder)
    tool = TARGET / 'debug/slate-gen'
    done = run(tool, '--project', folder, 'gen')
    if done.returncode:
        return [name, '', done.stderr.strip().splitlines()[-1]] + [''] * 5
    spec, lint = folder / 'spec.json', folder / 'lint.json'
    spec.write_text(run(tool, '--project', folder, 'spec', '--json').stdout)
    lint.write_text(run(tool, '--project', folder, 'lint', '--json', '--fail-on', 'never').stdout)
    operations = sum(len(entity['operations']) for entity in json.loads(spec.read_text())['entities'])
    f1, lost = '', ''
    if SCORER.is_file() and (TRUTH / f'{name}.json').is_file():
        f1 = re.search(r'F1 (\S+)', score('operations', spec, TRUTH / f'{name}.json')).group(1)
        source = next(path.parent for path in (DOCS / name).rglob('index*.md*'))
        lost = re.search(r'lost in silence (\d+)', score('silent', source, spec, lint)).group(1)
    dialect = (folder / 'dialect.yaml').read_text().splitlines()
    dialect = sum(1 for line in dialect if line.strip() and not line.lstrip().startswith('#'))
    crate = ['--offline', '--manifest-path', folder / 'sdk/Cargo.toml', '--features', 'mock']
    env = dict(os.environ, CARGO_TARGET_DIR=str(TARGET), CARGO_PROFILE_DEV_DEBUG='0', CARGO_INCREMENTAL='0')
    clippy = run('cargo', 'clippy', '--quiet', *crate, '--all-targets', '--', '-D', 'warnings', env=env)
    tests = run('cargo', 'test', '--quiet', '--no-fail-fast', *crate, env=env)
    said = tests.stdout + tests.stderr
    passed = sum(map(int, re.findall(r'(\d+) passed', said)))
    failed = sum(map(int, re.findall(r'(\d+) failed', said)))
    (folder / 'log').write_text(clippy.stderr + said)
    return [name, dialect, operations, f1, lost, 'clean' if clippy.returncode == 0 else 'fails',
            f'{passed} of {passed + failed}' if passed else 'do not compile', openapi(tool, folder)]


def openapi(tool, folder):
    python = os.environ.get('OPENAPI_PYTHON')
    if not python:
        return 'not looked at'
    document = folder / 'openapi.json'
    document.write_text(run(tool, '--project', folder, 'openapi').stdout)
    check = 'import json, sys, openapi_spec_validator as v; v.validate(json.load(open(sys.argv[1])))'
    return 'valid' if run(python, '-c', check, document).returncode == 0 else 'invalid'


def main(names):
    known = sorted(path.name for path in (ROOT / 'codegen/tests/projects').iterdir())
    names = names or known
    if not DOCS.is_dir():
        sys.exit(f'{DOCS} is not there')
    built = run('cargo', 'build', '--quiet', '--package', 'slate-gen', cwd=ROOT)
    if built.returncode:
        sys.exit(built.stderr)
    print('| ' + ' | '.join(HEAD) + ' |')
    print('|' + '---|' * len(HEAD))
    for name in names:
        if name not in known:
            sys.exit(f'{name} is none of {", ".join(known)}')
        print('| ' + ' | '.join(map(str, row(name))) + ' |', flush=True)


if __name__ == '__main__':
    main(sys.argv[1:])
