//! Below which address calls are made, and what one line of another address says of that.

use crate::support::plain;

use plain::read;
use slate_codegen::Reading;
use slate_codegen::diagnostics::Code;

/// The paths of all calls, and the address that they are made below.
fn calls(reading: &Reading) -> (Vec<String>, String) {
    let spec = &reading.inferred.spec;
    let operations = spec.entities.iter().flat_map(|entity| &entity.operations);
    let paths = operations.map(|one| one.path.clone()).collect();
    let hosts = spec
        .api
        .hosts
        .values()
        .flat_map(|family| family.clusters.values());
    (paths, hosts.cloned().collect::<Vec<_>>().join(" "))
}

fn finds(reading: &Reading, words: &str) -> bool {
    let mut all = reading.diagnostics.iter();
    all.any(|finding| finding.code == Code::AssumedHost && finding.message.contains(words))
}

const BASE: &str = "The base URL is `https://api.parcels.example/v1`.";

/// Docs that begin with this.
fn docs(intro: &str, page: &str) -> Reading {
    read("", &format!("# Introduction\n\n{intro}\n\n{page}"))
}

/// A page with two calls that are stated without a host, and a third one.
fn page(third: &str) -> String {
    format!(
        "# Parcels\n\n## List Parcels\n\n`GET /parcels`\n\n## Add Parcel\n\n`POST /parcels`\n\n## Third Parcel\n\n`{third}`\n"
    )
}

#[test]
fn a_line_with_the_whole_address_takes_nothing_from_the_others() {
    let reading = docs(
        BASE,
        &page("GET https://api.parcels.example/v1/parcels/{id}"),
    );
    let (paths, host) = calls(&reading);
    assert_eq!(paths, ["/parcels", "/parcels", "/parcels/{id}"]);
    assert_eq!(host, "api.parcels.example/v1");
    assert!(!finds(&reading, ""));
}

#[test]
fn a_line_with_another_host_is_a_finding() {
    let reading = docs(
        BASE,
        &page("PUT https://upload.parcels.example/parcels/{id}/label"),
    );
    assert_eq!(calls(&reading).1, "api.parcels.example/v1");
    assert!(finds(&reading, "upload.parcels.example"));
}

#[test]
fn a_host_that_only_one_of_many_lines_names_is_a_guess() {
    let reading = docs("", &page("POST https://your-app.example.com/hooks"));
    assert_eq!(calls(&reading).1, "your-app.example.com");
    assert!(finds(&reading, "most calls name no host"));
    let all = "# Parcels\n\n## List Parcels\n\n`GET https://api.parcels.example/parcels`\n";
    let reading = docs("", all);
    assert_eq!(calls(&reading).1, "api.parcels.example");
    assert!(!finds(&reading, ""));
}
