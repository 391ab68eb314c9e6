//! Builds emitted crates, each as the only member of a workspace that takes all versions from that of the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::Context as _;

use super::measure::Fault;
use crate::home::Home;

/// What is not switched on: the tests make clients, which need one TLS library, and `rustls` is enough.
const LEFT_OUT: &[&str] = &["default", "rustls-no-provider", "native-tls"];

/// Whether the crate compiles, and which of its tests fail; they are not run if it does not.
pub fn test(
    home: &Home,
    out: &Path,
    scratch: &Path,
) -> anyhow::Result<(Vec<Fault>, Option<Vec<Fault>>)> {
    let root = workspace(home, out, &scratch.join("crate"))?;
    let manifest = root.join(home.crate_manifest());
    let features = features(&read(&manifest)?);
    // What all crates stand on is built once, and stays for the next run where Cargo is told a target folder.
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || scratch.join("target"),
        |target| PathBuf::from(target).join("history"),
    );
    let cargo = |rest: &[&str]| -> anyhow::Result<Output> {
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["test", "--offline", "--quiet", "--no-default-features"])
            .args(["--features", &features])
            .args(rest)
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", &target)
            .output()
            .context("cargo test")
    };
    let built = cargo(&["--no-run"])?;
    if !built.status.success() {
        return Ok((errors(&String::from_utf8_lossy(&built.stderr)), None));
    }
    let run = cargo(&["--no-fail-fast"])?;
    let mut failed = failed(&String::from_utf8_lossy(&run.stdout));
    if failed.is_empty() && !run.status.success() {
        failed = errors(&String::from_utf8_lossy(&run.stderr));
    }
    Ok((Vec::new(), Some(failed)))
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn workspace(home: &Home, out: &Path, root: &Path) -> anyhow::Result<PathBuf> {
    let sdk = &home.layout.sdk;
    if root.exists() {
        fs::remove_dir_all(root).with_context(|| root.display().to_string())?;
    }
    copy(&out.join(sdk), &root.join(sdk))?;
    let members = format!("[workspace]\nmembers = [{sdk:?}]");
    if home.manifest.workspace {
        let manifest = read(&home.root.join("Cargo.toml"))?;
        let own = |line: &&str| !line.starts_with("members") && !line.starts_with("exclude");
        let manifest: Vec<&str> = manifest.lines().filter(own).collect();
        let manifest = manifest.join("\n").replacen("[workspace]", &members, 1);
        fs::write(root.join("Cargo.toml"), manifest).context("Cargo.toml")?;
        fs::copy(home.root.join("Cargo.lock"), root.join("Cargo.lock")).context("Cargo.lock")?;
    } else {
        fs::write(root.join("Cargo.toml"), members + "\n").context("Cargo.toml")?;
    }
    // The runtime stays where it is: it is no part of what is tested.
    let path = &home.manifest.runtime.path;
    if !path.is_empty() {
        let runtime = home.root.join(sdk).join(path);
        let runtime = runtime
            .canonicalize()
            .with_context(|| runtime.display().to_string())?;
        let manifest = root.join(home.crate_manifest());
        let runtime = format!("{:?}", runtime.to_string_lossy());
        let text = read(&manifest)?.replace(&format!("{path:?}"), &runtime);
        fs::write(&manifest, text).with_context(|| manifest.display().to_string())?;
    }
    Ok(root.to_owned())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let shown = || from.display().to_string();
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from).with_context(shown)? {
        let entry = entry.with_context(shown)?;
        let target = to.join(entry.file_name());
        if entry.file_type().with_context(shown)?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| target.display().to_string())?;
        }
    }
    Ok(())
}

/// All features of a manifest, with one TLS library.
fn features(manifest: &str) -> String {
    let names: Vec<&str> = manifest
        .lines()
        .skip_while(|line| line.trim() != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = ["))
        .map(|(name, _)| name.trim())
        .filter(|name| !LEFT_OUT.contains(name))
        .collect();
    names.join(",")
}

/// The errors that Cargo printed.
fn errors(stderr: &str) -> Vec<Fault> {
    let lines: Vec<&str> = stderr.lines().map(str::trim).collect();
    let place = |at: usize| {
        let line = lines.get(at + 1)?.strip_prefix("--> ")?;
        Some(format!(" ({line})"))
    };
    let found: Vec<Fault> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.starts_with("error"))
        .map(|(at, line)| Fault::new(format!("{line}{}", place(at).unwrap_or_default())))
        .collect();
    if found.is_empty() {
        return vec![Fault::new("cargo failed and named no error")];
    }
    found
}

/// The tests that failed, each with the first line that says why.
fn failed(stdout: &str) -> Vec<Fault> {
    let lines: Vec<&str> = stdout.lines().collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let name = line
            .strip_prefix("---- ")
            .and_then(|line| line.strip_suffix(" stdout ----"));
        let Some(name) = name else { continue };
        let why = lines
            .iter()
            .skip(at + 1)
            .take_while(|line| !line.starts_with("----"))
            .filter(|line| !line.trim().is_empty() && !line.contains("' panicked at "))
            .take_while(|line| !line.starts_with("stack backtrace:"))
            .filter(|line| !line.contains("' (") || !line.contains(") panicked at "));
        let why: Vec<&str> = why.take(2).map(|line| line.trim()).collect();
        out.push(Fault::new(format!("{name}: {}", why.join(" "))));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_features_with_one_tls_library() {
        let manifest = "[package]\nname = \"x\"\n[features]\ndefault = [\"rustls\"]\n# TLS\nrustls = []\nnative-tls = []\nmock = [\"a/mock\"]\nparcel = []\n[dependencies]\nx = []\n";
        assert_eq!(features(manifest), "rustls,mock,parcel");
    }

    #[test]
    fn failed_tests_and_errors_are_named() {
        let stdout = "test a ... ok\n\nfailures:\n\n---- b stdout ----\n\nthread 'b' (1) panicked at x.rs:1:2:\nno such\n\n\nfailures:\n    b\n";
        assert_eq!(failed(stdout)[0].what, "b: no such failures:");
        assert_eq!(
            errors("error[E1]: wrong\n  --> src/lib.rs:1:2\n")[0].what,
            "error[E1]: wrong (src/lib.rs:1:2)"
        );
    }
}
