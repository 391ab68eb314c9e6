//! All tests of the command line in one program, which links once.

mod support;

mod again;
mod cli;
mod command_line;
mod diff;
mod history;
mod init;
mod interrupted;
mod lint;
mod observe;
mod record;
mod unchanged;
mod watch;
mod why;

/// A file that is not named above would not be run.
#[test]
fn every_file_is_part_of_this() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let text = std::fs::read_to_string(here.join("main.rs")).unwrap();
    let mut count = 0;
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|name| *name != "main") {
            count += 1;
            assert!(text.contains(&format!("\nmod {module};\n")), "{name}");
        }
    }
    assert!(count > 1);
}
