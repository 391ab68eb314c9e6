use std::time::{Duration, SystemTime};

use slate_codegen::manifest::Manifest;

use super::*;

type Tree = Vec<(String, String)>;

fn file(path: &str, text: &str) -> OutFile {
    OutFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn old() -> Vec<OutFile> {
    vec![
        file("generated/Cargo.toml", "old"),
        file("generated/src/a.rs", "old"),
        file("generated/src/b/c.rs", "old"),
        file("generated/src/kept.rs", "kept"),
        file("spec/api/api.yaml", "old"),
        file("spec/schema.json", "old"),
    ]
}

/// A folder is new, one is gone, one has other files, and single files differ.
fn new() -> Vec<OutFile> {
    vec![
        file("generated/Cargo.toml", "new"),
        file("generated/README.md", "new"),
        file("generated/samples/a/b.json", "new"),
        file("generated/src/a.rs", "new"),
        file("generated/src/kept.rs", "kept"),
        file("spec/schema.json", "new"),
    ]
}

fn tree_of(files: &[OutFile]) -> Tree {
    let hand_written = ("generated/examples/own.rs".to_owned(), "by hand".to_owned());
    let files = files
        .iter()
        .map(|file| (file.path.clone(), file.text.clone()));
    let mut tree: Tree = files.chain([hand_written]).collect();
    tree.sort();
    tree
}

fn tree(root: &Path) -> Tree {
    fn add(root: &Path, folder: &Path, tree: &mut Tree) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(root, &path, tree);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                tree.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Tree::new();
    for folder in ["generated", "spec"] {
        if root.join(folder).exists() {
            add(root, &root.join(folder), &mut found);
        }
    }
    found.sort();
    found
}

fn owned() -> Vec<String> {
    let manifest = Manifest::parse("slate.yaml", "crate: a\nsdk: ../generated\n").unwrap();
    manifest.layout("spec").owned().to_vec()
}

fn write(root: &Path, files: &[OutFile]) -> anyhow::Result<usize> {
    let changes = compare(root, &owned(), files)?;
    Output::open(root, &owned())?.apply(files, &changes)
}

/// A root that holds the old tree and a file by hand.
fn root() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &old()).unwrap();
    fs::create_dir_all(root.path().join("generated/examples")).unwrap();
    fs::write(root.path().join("generated/examples/own.rs"), "by hand").unwrap();
    assert_eq!(tree(root.path()), tree_of(&old()));
    root
}

/// Does all that comes before the first step.
fn prepare(root: &Path) -> (Output, Journal) {
    let changes = compare(root, &owned(), &new()).unwrap();
    let output = Output::open(root, &owned()).unwrap();
    let journal = stage::stage(root, &output.staged(), &owned(), &new(), &changes).unwrap();
    (output, journal)
}

fn no_remains(root: &Path) {
    let mut left: Vec<_> = fs::read_dir(root.join(WORK))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, [".gitignore", "lock"]);
}

#[test]
fn a_second_run_changes_nothing_and_files_that_are_gone_go() {
    let root = root();
    assert!(compare(root.path(), &owned(), &old()).unwrap().is_empty());
    assert_eq!(write(root.path(), &old()).unwrap(), 0);
    // Three changed, two new, two gone.
    assert_eq!(compare(root.path(), &owned(), &new()).unwrap().len(), 7);
    assert_eq!(write(root.path(), &new()).unwrap(), 7);
    assert_eq!(tree(root.path()), tree_of(&new()));
    assert!(!root.path().join("generated/src/b").exists());
    no_remains(root.path());
}

#[test]
fn what_did_not_change_keeps_its_time() {
    let root = root();
    let before = SystemTime::now() - Duration::from_hours(1);
    let kept = root.path().join("generated/src/kept.rs");
    let changed = root.path().join("generated/src/a.rs");
    for path in [&kept, &changed] {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(before).unwrap();
    }
    write(root.path(), &new()).unwrap();
    let time = |path| fs::metadata(path).unwrap().modified().unwrap();
    assert_eq!(time(&kept), before);
    assert!(time(&changed) > before);
}

#[test]
fn a_run_that_ends_before_the_journal_leaves_the_old_tree() {
    let root = root();
    let (output, _) = prepare(root.path());
    drop(output);
    assert_eq!(tree(root.path()), tree_of(&old()));
    recover(root.path()).unwrap();
    assert_eq!(tree(root.path()), tree_of(&old()));
    // What was staged does not get in the way, and goes.
    fs::write(root.path().join(".gen/new/generated/src/stray.rs"), "").unwrap();
    write(root.path(), &new()).unwrap();
    assert_eq!(tree(root.path()), tree_of(&new()));
    no_remains(root.path());
}

#[test]
fn a_run_that_ends_after_any_step_is_brought_to_its_end() {
    let steps = prepare(root().path()).1.steps.len();
    // Folders of the generator: one that differs, one that is new, one that is gone. And three single files.
    assert_eq!(steps, 6);
    for made in 0..=steps {
        let root = root();
        let (output, journal) = prepare(root.path());
        journal.write(&output.work).unwrap();
        for step in &journal.steps[..made] {
            place::swap(root.path(), &output.staged(), &step.path).unwrap();
        }
        drop(output);
        recover(root.path()).unwrap();
        assert_eq!(tree(root.path()), tree_of(&new()), "after {made} steps");
        no_remains(root.path());
    }
}

#[test]
fn a_run_that_ends_between_two_renames_is_brought_to_its_end() {
    for renames in 0..=3 {
        let root = root();
        let (output, journal) = prepare(root.path());
        journal.write(&output.work).unwrap();
        let (here, there) = (
            root.path().join("generated/src"),
            output.staged().join("generated/src"),
        );
        let aside = place::aside(&output.staged());
        let moves = [(&here, &aside), (&there, &here), (&aside, &there)];
        for (from, to) in &moves[..renames] {
            fs::rename(from, to).unwrap();
        }
        drop(output);
        recover(root.path()).unwrap();
        assert_eq!(
            tree(root.path()),
            tree_of(&new()),
            "after {renames} renames"
        );
        no_remains(root.path());
    }
}

#[test]
fn renames_exchange_too() {
    let root = root();
    let (a, b) = (root.path().join("generated"), root.path().join("spec"));
    let aside = root.path().join("aside");
    place::exchange_by_renames(&a, &b, &aside).unwrap();
    assert!(a.join("schema.json").exists() && b.join("Cargo.toml").exists());
    assert!(!aside.exists());
}

#[test]
fn what_was_staged_and_is_lost_is_written_by_the_next_run() {
    let root = root();
    let (output, journal) = prepare(root.path());
    journal.write(&output.work).unwrap();
    fs::write(output.staged().join("generated/src/a.rs"), "").unwrap();
    drop(output);
    recover(root.path()).unwrap();
    assert_eq!(
        fs::read_to_string(root.path().join("generated/src/a.rs")).unwrap(),
        "old"
    );
    write(root.path(), &new()).unwrap();
    assert_eq!(tree(root.path()), tree_of(&new()));
}

#[test]
fn an_error_half_way_leaves_the_old_tree() {
    // A file where a folder has to be: found while files are put in place, after the first steps.
    let root = root();
    let mut files = new();
    files.push(file("generated/zone/x.rs", "new"));
    fs::write(root.path().join("generated/zone"), "by hand").unwrap();
    let before = tree(root.path());
    let error = write(root.path(), &files).unwrap_err();
    assert!(format!("{error:#}").contains("generated/zone"), "{error:#}");
    assert_eq!(tree(root.path()), before);
    no_remains(root.path());
}

#[test]
fn a_folder_in_the_place_of_a_file_is_left_alone() {
    let root = root();
    fs::remove_file(root.path().join("spec/schema.json")).unwrap();
    fs::create_dir(root.path().join("spec/schema.json")).unwrap();
    let before = tree(root.path());
    let error = write(root.path(), &new()).unwrap_err();
    assert!(format!("{error:#}").contains("is a folder"), "{error:#}");
    assert_eq!(tree(root.path()), before);
}

#[test]
fn a_damaged_journal_moves_nothing() {
    for text in ["", "{", r#"{"steps": [{"path": "../x", "digest": null}]}"#] {
        let root = root();
        fs::write(root.path().join(".gen/journal.json"), text).unwrap();
        let error = recover(root.path()).unwrap_err();
        assert!(format!("{error:#}").contains("is damaged"), "{error:#}");
        assert_eq!(tree(root.path()), tree_of(&old()));
    }
}

#[test]
fn no_path_leaves_the_folder() {
    let root = tempfile::tempdir().unwrap();
    for path in ["../x", "/x", "a/../../x", "a//x"] {
        assert!(
            compare(root.path(), &owned(), &[file(path, "")]).is_err(),
            "{path}"
        );
    }
}
