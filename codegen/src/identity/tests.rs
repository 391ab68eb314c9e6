use super::pairs::{Strength, pairs};
use super::*;

/// An operation of one entity: method and path, heading, members.
fn face(address: &str, title: &str, members: &[&str]) -> Face {
    let (method, path) = address.split_once(' ').unwrap();
    Face {
        entity: "parcel".into(),
        method: method.into(),
        path: path.into(),
        heading: heading(title),
        members: members.iter().map(|name| (*name).to_owned()).collect(),
        ..Face::default()
    }
}

fn with_value(mut face: Face, name: &str, value: &str) -> Face {
    face.values
        .insert(name.into(), [value.to_owned()].into_iter().collect());
    face
}

#[test]
fn a_section_that_moved_leaves_nothing_to_the_one_at_its_address() {
    let old = [
        face("POST /add", "Make Parcels", &["number", "weight"]),
        face("POST /add", "Return Parcels", &["number", "type", "amount"]),
    ];
    let new = [
        face("POST /add", "Make Parcels", &["number", "weight"]),
        face(
            "POST /add_local",
            "Return Parcels",
            &["number", "type", "amount"],
        ),
        face("POST /add", "Cancel a Line", &["number", "type", "amount"]),
    ];
    assert_eq!(
        pairs(&old, &new),
        [(0, 0, Strength::Same), (1, 1, Strength::Heading)]
    );
}

#[test]
fn members_alone_say_nothing() {
    let members = ["mobile", "email", "external_id"];
    let old = [face("GET /coupons", "Get Customer Coupons", &members)];
    let new = [face("GET /tickets", "Get Customer Tickets", &members)];
    assert_eq!(pairs(&old, &new), []);
    // Not even at an address that others have as well.
    let old = [
        face("POST /add", "Make Parcels", &members),
        face("POST /add", "Return Parcels", &members),
    ];
    let new = [face("POST /add", "Weigh Them", &members)];
    assert_eq!(pairs(&old, &new), []);
    // But the last one of an address is found if no member is another.
    let new = [
        face("POST /add", "Make Parcels", &members),
        face("POST /add", "Weigh Them", &members),
    ];
    let found = [(0, 0, Strength::Same), (1, 1, Strength::Address)];
    assert_eq!(pairs(&old, &new), found);
}

#[test]
fn values_tell_operations_of_one_address_apart() {
    let request = |title: &str, kind: &str| {
        with_value(face("POST /add", title, &["id", "type"]), "type", kind)
    };
    let old = [request("Merge", "MERGE"), request("Change", "CHANGE")];
    let new = [
        request("Alter It", "CHANGE"),
        request("Unite Them", "MERGE"),
    ];
    let found = [(0, 1, Strength::Address), (1, 0, Strength::Address)];
    assert_eq!(pairs(&old, &new), found);
    // Another value is another operation, whatever else is the same.
    let new = [request("Merger", "SPLIT"), request("Change", "CHANGE")];
    assert_eq!(pairs(&old, &new), [(1, 1, Strength::Same)]);
}

#[test]
fn a_value_that_several_take_now_says_nothing() {
    let values = |mut face: Face, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        face.values.insert("type".into(), values);
        face
    };
    let one = face("POST /add", "Submit", &["id", "type"]);
    let old = [values(one, &["MERGE", "CHANGE"])];
    let new = [
        values(
            face("POST /add", "Add a Merge", &["id", "type"]),
            &["MERGE"],
        ),
        values(
            face("POST /add", "Add a Change", &["id", "type"]),
            &["CHANGE"],
        ),
    ];
    assert_eq!(pairs(&old, &new), []);
    assert_eq!(pairs(&new, &old), []);
}

#[test]
fn what_is_gone_comes_back_where_it_was_and_takes_nothing_else() {
    let gone = |face: Face| Face { gone: true, ..face };
    let add = || face("POST /notes", "Add Notes", &["id"]);
    let update = || face("POST /notes", "Update Notes", &["id"]);
    // Before another is taken for what stands at its address.
    assert_eq!(
        pairs(&[add(), gone(update())], &[update()]),
        [(1, 0, Strength::Same)]
    );
    // After one that the docs had last has its heading.
    let moved = || face("POST /change", "Update Notes", &["id"]);
    assert_eq!(
        pairs(&[moved(), gone(update())], &[moved()]),
        [(0, 0, Strength::Same)]
    );
    let elsewhere = face("POST /other", "Update Notes", &["id"]);
    assert_eq!(
        pairs(&[gone(update()), moved()], &[elsewhere]),
        [(1, 0, Strength::Heading)]
    );
}

#[test]
fn a_heading_leads_to_another_path_or_method_only_if_it_is_the_only_one() {
    let old = [
        face("GET /a", "Look", &["id"]),
        face("POST /b", "Look", &["name"]),
    ];
    let new = [
        face("POST /b", "Look", &["name"]),
        face("GET /c", "Look", &["id"]),
    ];
    let found = [(0, 1, Strength::Heading), (1, 0, Strength::Same)];
    assert_eq!(pairs(&old, &new), found);
    let new = [
        face("PUT /d", "Look", &["x"]),
        face("PUT /e", "Look", &["y"]),
    ];
    assert_eq!(pairs(&old, &new), []);
}

#[test]
fn the_order_of_sections_says_nothing() {
    let old = [
        face("GET /get", "Get Parcel", &["id"]),
        face("POST /notes", "Add Notes", &["id", "text"]),
        face("POST /notes", "Update Notes", &["id", "text"]),
        face("GET /find", "Find Parcels", &["street"]),
    ];
    let mut new = old.to_vec();
    new.reverse();
    let found: Vec<(usize, usize)> = pairs(&old, &new)
        .iter()
        .map(|pair| (pair.0, pair.1))
        .collect();
    assert_eq!(found, [(0, 3), (1, 2), (2, 1), (3, 0)]);
    // What is equal in all is taken in its order.
    let twice = [old[0].clone(), old[0].clone()];
    let found: Vec<(usize, usize)> = pairs(&twice, &twice)
        .iter()
        .map(|pair| (pair.0, pair.1))
        .collect();
    assert_eq!(found, [(0, 0), (1, 1)]);
}

#[test]
fn one_that_became_several_is_none_of_them_unless_words_say_which() {
    let members = ["id", "type"];
    let one = [face("POST /add", "Submit Requests", &members)];
    let several = [
        face("POST /add", "Add a Merge", &members),
        face("POST /add", "Add a Change", &members),
    ];
    assert_eq!(pairs(&one, &several), []);
    let several = [
        face("POST /add", "Add a Merge", &members),
        face("POST /add", "Submit Change Requests", &members),
    ];
    assert_eq!(pairs(&one, &several), [(0, 1, Strength::Address)]);
    // A reworded heading alone is the same.
    assert_eq!(pairs(&one, &several[..1]), [(0, 0, Strength::Address)]);
}
