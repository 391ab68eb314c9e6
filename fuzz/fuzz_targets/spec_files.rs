//! Any text as a file of the spec: it is read or refused, and what was read is written and read again as the same.

#![no_main]

use slate_codegen::{InputError, spec};
use libfuzzer_sys::fuzz_target;

const API: &str = include_str!("../../spec/api/api.yaml");

fuzz_target!(|yaml: &str| {
    // Only one entity: its file is what the fuzzer makes.
    let name = "parcel";
    let list = API.find("entities:").map_or("", |at| &API[at..]);
    let listed = list
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with("- "));
    let mut api = API.to_owned();
    for line in listed {
        api = api.replacen(&format!("\n{line}"), "", 1);
    }
    let api = api.replacen("entities:", "entities:\n- parcel", 1);
    let read = |yaml: String| {
        let api = api.clone();
        spec::from_files(move |file| match file {
            "api.yaml" => Ok(api.clone()),
            "parcel.yaml" => Ok(yaml.clone()),
            other => Err(InputError::new(format!("there is no {other}"))),
        })
    };
    let Ok(mut first) = read(yaml.to_owned()) else {
        return;
    };
    for entity in &mut first.entities {
        name.clone_into(&mut entity.entity);
    }
    let written = spec::to_files(&first).unwrap();
    let (_, text) = written
        .iter()
        .find(|(file, _)| file == "parcel.yaml")
        .unwrap();
    assert_eq!(read(text.clone()).unwrap(), first);
});
