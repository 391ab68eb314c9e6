//! All tests of the client in one program, which links once.

mod support;

mod any_input;
mod auth;
mod blocking;
mod calls;
mod chunks;
mod drift;
mod example_operation;
mod faults;
mod forms;
mod load;
mod misfits;
mod mock;
mod mock_misfits;
mod oauth;
mod outcomes;
mod refusals;
mod retries;
mod secrets;
mod setup;
mod tls;

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
