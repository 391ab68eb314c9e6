//! All tests of the generator in one program, which links once.

mod support;

mod addresses;
mod allow;
mod alternatives;
mod bad_input;
mod bases;
mod carets;
mod compile;
mod conditions;
mod evidence;
mod explain;
mod forms;
mod golden;
mod guesses;
mod hostile;
mod index_page;
mod init_other_docs;
mod methods;
mod mutations;
mod names;
mod names_again;
mod observe;
mod observe_answers;
mod observe_corrections;
mod observe_drift;
mod observe_forms;
mod observe_published;
mod observe_shown;
mod openapi;
mod other_calls;
mod other_docs;
mod other_habits;
mod places;
mod readings;
mod request_lines;
mod round_trip;
mod same_operation;
mod sample_tests;
mod shared_types;
mod shown;
mod spelling;
mod strange_pages;
mod survey;
mod tables_and_samples;
mod why;
mod why_answers;
mod wordings;

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
