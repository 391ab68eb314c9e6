//! The examples, run as a user runs them: as programs, with the address of a server.

use std::process::Command;

use capillary_sdk::mock::{Seen, Server};

/// Runs an example to its end, and gives what it printed.
#[track_caller]
fn run(program: &str, server: &Server, settings: &[(&str, &str)]) -> String {
    let mut command = Command::new(program);
    command
        .env("CAPILLARY_URL", server.url())
        .envs(settings.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{out}{err}");
    assert_eq!(server.refusals(), [""; 0], "{out}");
    out
}

fn of<'s>(seen: &'s [Seen], operation: &str) -> Vec<&'s Seen> {
    seen.iter()
        .filter(|seen| seen.operation == Some(operation))
        .collect()
}

const LOOK_UP: &str = env!("CARGO_BIN_EXE_look_up_customer");
const REGISTER: &str = env!("CARGO_BIN_EXE_register_batch");
const ADD: &str = env!("CARGO_BIN_EXE_add_transaction");
const REDEEM: &str = env!("CARGO_BIN_EXE_redeem_points");
const OAUTH: &str = env!("CARGO_BIN_EXE_oauth_attribution");

#[test]
fn a_customer_is_looked_up() {
    let server = Server::start().unwrap();
    // Name, points and tier are those of the documented answer.
    assert_eq!(
        run(LOOK_UP, &server, &[]),
        "Tom has 500 points, tier Silver\n"
    );
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].parameter("mobile"), Some("44700900000"));
    assert_eq!(seen[0].parameter("next_slab"), Some("true"));

    server.on("customer.get").refuse_items(&[0], 1012);
    assert_eq!(run(LOOK_UP, &server, &[]), "no such customer\n");

    let nobody = r#"{"response":{"status":{"success":true,"code":200},"customers":""}}"#;
    server
        .on("customer.get")
        .answer()
        .body(nobody, "application/json");
    assert_eq!(run(LOOK_UP, &server, &[]), "no such customer\n");
}

#[test]
fn only_what_was_mended_is_registered_again() {
    let server = Server::start().unwrap();
    server.on("customer.register").refuse_items(&[1, 2], 1001);
    let out = run(REGISTER, &server, &[]);
    assert!(out.starts_with("item 0: registered as Some("), "{out}");
    assert!(
        out.contains("item 1 was refused with code 1001 (InvalidMobileNumber)"),
        "{out}"
    );
    assert!(
        out.ends_with("second call: 2 registered, 0 refused\n"),
        "{out}"
    );
    let seen = server.seen();
    let bodies: Vec<String> = of(&seen, "customer.register")
        .iter()
        .map(|seen| seen.text())
        .collect();
    let [first, second] = bodies.as_slice() else {
        panic!("{} calls", bodies.len())
    };
    assert!(
        first.contains("Tom") && first.contains("44700900999"),
        "{first}"
    );
    assert!(
        !second.contains("Tom") && second.contains("rita@example.com"),
        "{second}"
    );
    assert!(
        !second.contains("44700900999") && second.contains("sam@example.com"),
        "{second}"
    );
}

#[test]
fn what_cannot_be_mended_is_not_registered_again() {
    let server = Server::start().unwrap();
    server.on("customer.register").refuse_items(&[1], 1002);
    let out = run(REGISTER, &server, &[]);
    assert!(
        out.contains("(InvalidEmailId)") && out.contains("given up"),
        "{out}"
    );
    assert_eq!(server.count("customer.register"), 1);
}

#[test]
fn a_bill_is_added_once() {
    let server = Server::start().unwrap();
    // The number of the documented answer.
    assert_eq!(
        run(ADD, &server, &[]),
        "BILL99 added as transaction Some(37813251)\n"
    );
    let body = server.seen()[0].text();
    for part in ["1249.50", "2018-04-01 17:30:00", "shirt-42", "249.50"] {
        assert!(body.contains(part), "{part} in {body}");
    }

    server.on("transaction.add").refuse_items(&[0], 604);
    assert_eq!(run(ADD, &server, &[]), "BILL99 is there already\n");

    let nothing = r#"{"response":{"status":{"success":true,"code":200},"transactions":""}}"#;
    server
        .on("transaction.add")
        .answer()
        .body(nothing, "application/json");
    let out = run(ADD, &server, &[]);
    assert!(out.starts_with("BILL99 is open, to be checked"), "{out}");
    assert!(out.contains("the answer names no item"), "{out}");

    server.forget();
    server.on("transaction.add").cut();
    let out = run(ADD, &server, &[("BILL_NUMBER", "BILL100")]);
    assert!(
        out.starts_with("BILL100 is open, to be checked: transaction.add"),
        "{out}"
    );
    assert_eq!(server.count("transaction.add"), 1);
}

#[test]
fn points_are_redeemed_after_a_check_and_a_code() {
    let server = Server::start().unwrap();
    // Id and balance are those of the documented answer.
    assert_eq!(
        run(REDEEM, &server, &[]),
        "redeemed as Some(\"r0njPT\"), Some(2906) points left\n"
    );
    let seen = server.seen();
    let operations: Vec<_> = seen.iter().filter_map(|seen| seen.operation).collect();
    assert_eq!(
        operations,
        [
            "points.check_redeemable",
            "points.issue_validation_code",
            "points.redeem"
        ]
    );
    let body = seen[2].text();
    assert!(
        body.contains("bill-121") && body.contains("4PZGXC"),
        "{body}"
    );
}

#[test]
fn points_that_cannot_be_redeemed_end_before_the_code() {
    let server = Server::start().unwrap();
    server.on("points.check_redeemable").refuse_items(&[0], 818);
    let out = run(REDEEM, &server, &[]);
    assert!(
        out.starts_with("not redeemable: points.check_redeemable"),
        "{out}"
    );
    assert_eq!(server.count("points.issue_validation_code"), 0);
    assert_eq!(server.count("points.redeem"), 0);
}

#[test]
fn a_lost_redemption_is_looked_up_and_not_repeated() {
    let server = Server::start().unwrap();
    server.on("points.redeem").cut();
    // The documented history has a redemption of 30 points for this bill, with the id 121656.
    let out = run(
        REDEEM,
        &server,
        &[("POINTS", "30"), ("BILL_NUMBER", "bill-121")],
    );
    assert!(out.contains("may have been executed"), "{out}");
    assert!(out.ends_with("it was redeemed as 121656\n"), "{out}");
    assert_eq!(server.count("points.redeem"), 1);

    server.forget();
    server.on("points.redeem").answer().cut_after(10);
    let out = run(REDEEM, &server, &[("BILL_NUMBER", "another")]);
    assert!(out.ends_with("another is open, to be checked\n"), "{out}");
    assert_eq!(server.count("points.redeem"), 1);
    assert_eq!(server.count("customer.get_redemptions"), 1);

    // Nor is it repeated where the look-up fails.
    server.forget();
    server.on("points.redeem").cut();
    server.on("customer.get_redemptions").status(400);
    let out = run(REDEEM, &server, &[]);
    assert!(out.ends_with("bill-121 is open, to be checked\n"), "{out}");
    assert_eq!(server.count("points.redeem"), 1);
}

#[test]
fn one_token_serves_all_calls_and_each_says_on_whose_behalf() {
    let server = Server::start().unwrap();
    assert_eq!(
        run(OAUTH, &server, &[]),
        "2 answers for the store\n1 answer for the till\n"
    );
    assert_eq!(server.count("oauth.generate_access_token"), 1);
    let seen = server.seen_with_credentials();
    let calls = of(&seen, "customer.get");
    let attributions: Vec<_> = calls
        .iter()
        .map(|seen| {
            let value = |part| {
                seen.header(&format!("x-cap-api-attribution-entity-{part}"))
                    .unwrap()
            };
            (value("type"), value("code"))
        })
        .collect();
    let (store, till) = (("STORE_CODE", "blr-04"), ("TILL", "blr-04.till7"));
    assert_eq!(attributions, [store, store, till]);
    for call in calls {
        assert_eq!(call.header("x-cap-api-oauth-token"), Some("mock-token-1"));
        assert_eq!(call.header("authorization"), None);
    }
}
