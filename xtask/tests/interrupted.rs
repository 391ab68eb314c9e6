//! `gen` that is killed leaves the old tree or the new one, and two of them do not harm each other.
//!
//! `INTERRUPTIONS` asks for more kills than a usual run of the tests makes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

type Tree = BTreeMap<String, Vec<u8>>;

/// A documentation of these pages of the project's own, with some words changed.
fn docs(pages: &[&str], change: impl Fn(String) -> String) -> TempDir {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/slate/includes");
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("includes")).unwrap();
    let mut index = "---\ntitle: A Part\nincludes:\n".to_owned();
    for page in pages {
        index.extend(["  - ", page, "\n"]);
        let name = format!("_{page}.md");
        let text = fs::read_to_string(own.join(&name)).unwrap();
        fs::write(folder.path().join("includes").join(name), change(text)).unwrap();
    }
    index += "---\n# Introduction\n";
    fs::write(folder.path().join("index.html.md"), index).unwrap();
    folder
}

/// The second has another page, lacks one, and differs in every kind of file.
fn two() -> [TempDir; 2] {
    [
        docs(&["points", "communications"], |text| text),
        docs(&["points", "wallet"], |text| {
            text.replace("points/", "marks/")
                .replace("int |", "string |")
        }),
    ]
}

fn start(docs: &TempDir, out: &Path, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["gen", "--docs"])
        .arg(docs.path())
        .arg("--out")
        .arg(out)
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn run(docs: &TempDir, out: &Path) {
    assert!(start(docs, out, &[]).wait().unwrap().success());
}

fn tree(root: &Path) -> Tree {
    fn add(folder: &Path, name: &str, out: &mut Tree) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{name}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                add(&entry.path(), &path, out);
            } else {
                out.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut out = Tree::new();
    for folder in ["generated", "spec"] {
        add(&root.join(folder), folder, &mut out);
    }
    out
}

/// What a run makes of a tree; the changelog and the version depend on what was there.
fn after(before: &Tree, docs: &TempDir) -> Tree {
    let out = TempDir::new().unwrap();
    for (path, content) in before {
        let path = out.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    run(docs, out.path());
    tree(out.path())
}

/// When a run is killed.
enum Moment {
    /// After a time.
    After(Duration),
    /// That long after its new files began to be there, or after its journal was.
    Seen(&'static str, Duration),
}

fn interrupt(mut child: Child, out: &Path, moment: &Moment) {
    match moment {
        Moment::After(delay) => sleep(*delay),
        Moment::Seen(name, delay) => {
            let path = out.join(".gen").join(name);
            while !path.exists() && child.try_wait().unwrap().is_none() {}
            let since = Instant::now();
            while since.elapsed() < *delay {}
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn killed_at_any_moment_it_leaves_the_old_tree_or_the_new_one() {
    let asked = std::env::var("INTERRUPTIONS").ok();
    let kills: u32 = asked.and_then(|text| text.parse().ok()).unwrap_or(12);
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);

    let docs = two();
    let out = TempDir::new().unwrap();
    run(&docs[0], out.path());
    let began = Instant::now();
    run(&docs[1], out.path());
    let whole = began.elapsed();

    let (mut new, mut recovered) = (0, 0);
    for number in 0..kills {
        let before = tree(out.path());
        let docs = &docs[usize::from(!before.contains_key("spec/api/wallet.yaml"))];
        let trees = [after(&before, docs), before];
        assert_ne!(trees[0], trees[1]);
        let mut micros =
            |most: u128| Duration::from_micros(random.u64(0..=u64::try_from(most).unwrap()));
        let moment = match number % 3 {
            0 => Moment::After(micros(whole.as_micros())),
            1 => Moment::Seen("new", micros(20_000)),
            _ => Moment::Seen("journal.json", micros(400)),
        };
        interrupt(start(docs, out.path(), &[]), out.path(), &moment);
        if !trees.contains(&tree(out.path())) {
            // A kill between two system calls: the journal is there, and the next command needs nothing else.
            assert!(
                out.path().join(".gen/journal.json").exists(),
                "kill {number}"
            );
            recovered += 1;
        }
        // It only looks, and ends what was begun.
        start(docs, out.path(), &["--check"]).wait().unwrap();
        let left = tree(out.path());
        assert!(trees.contains(&left), "kill {number} left a mixture");
        new += u32::from(left == trees[0]);
    }
    println!(
        "{kills} kills: {new} left the new tree, {recovered} were between two steps and were ended by the next run"
    );
    // Both ends were seen.
    assert!(kills < 30 || (0 < new && new < kills), "{new} of {kills}");
    // What is left is fit to go on with.
    let next = after(&tree(out.path()), &docs[0]);
    run(&docs[0], out.path());
    assert_eq!(tree(out.path()), next);
}

#[test]
fn two_at_once_leave_what_one_of_them_made() {
    let docs = two();
    let out = TempDir::new().unwrap();
    run(&docs[0], out.path());
    for _ in 0..2 {
        let before = tree(out.path());
        let in_turn = |first: usize, then: usize| after(&after(&before, &docs[first]), &docs[then]);
        let trees = [in_turn(0, 1), in_turn(1, 0)];
        let mut both = [
            start(&docs[0], out.path(), &[]),
            start(&docs[1], out.path(), &[]),
        ];
        for child in &mut both {
            assert!(child.wait().unwrap().success());
        }
        assert!(trees.contains(&tree(out.path())));
    }
}
