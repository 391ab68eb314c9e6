//! Compiles emitted crates, each in a workspace of its own that takes all versions from this one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use slate_codegen::emit::OutFile;

use super::settings::in_workspace;

/// What cargo says against a crate with all its entities and its tests. The folder stays, for a look at it.
pub fn check(name: &str, files: &[OutFile]) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted");
    let root = workspace(&folder.join(name), files);
    let manifest = fs::read_to_string(root.join("generated/Cargo.toml")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--tests"])
        .args(["--no-default-features", "--features", &features(&manifest)])
        .current_dir(&root)
        // What crates of all tests stand on is built once.
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "-D warnings -A missing_docs")
        .output()
        .unwrap();
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{}: {errors}", root.display()))
}

/// All entities and the test server, without TLS.
fn features(manifest: &str) -> String {
    let default = manifest
        .lines()
        .find_map(|line| line.strip_prefix("default = ["))
        .unwrap();
    let mut features: Vec<&str> = default
        .trim_end_matches(']')
        .split(", ")
        .map(|name| name.trim_matches('"'))
        .filter(|name| !name.is_empty() && *name != "rustls")
        .collect();
    features.push("mock");
    features.join(",")
}

fn workspace(root: &Path, files: &[OutFile]) -> PathBuf {
    let _ = fs::remove_dir_all(root.join("generated"));
    fs::create_dir_all(root).unwrap();
    let manifest = fs::read_to_string(in_workspace("Cargo.toml")).unwrap();
    let own = |line: &&str| !line.starts_with("members") && !line.starts_with("exclude");
    let manifest = manifest.lines().filter(own).collect::<Vec<_>>().join("\n");
    fs::write(
        root.join("Cargo.toml"),
        manifest.replacen("[workspace]", "[workspace]\nmembers = [\"generated\"]", 1),
    )
    .unwrap();
    fs::copy(in_workspace("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let runtime = in_workspace("runtime").canonicalize().unwrap();
    let runtime = format!("{:?}", runtime.to_string_lossy());
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("generated/"))
    {
        let target = root.join(&file.path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        let text = if file.path == "generated/Cargo.toml" {
            file.text.replace("\"../runtime\"", &runtime)
        } else {
            file.text.clone()
        };
        fs::write(target, text).unwrap();
    }
    root.to_owned()
}
