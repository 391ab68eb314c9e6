//! Prints how the ways to read a reply and to make a call compare, as tables of ratios.
//!
//! `ratios [decode|xml|call|drift]…`; without an argument all four.

use std::error::Error;

use capillary_benches::call::{Caller, EXCHANGES};
use capillary_benches::drift::Listening;
use capillary_benches::race::{Times, race};
use capillary_benches::{CASES, floor};

const ROUNDS: usize = 201;

fn main() -> Result<(), Box<dyn Error>> {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|other| other == name);
    if let Some(odd) = chosen
        .iter()
        .find(|name| !["decode", "xml", "call", "drift"].contains(&name.as_str()))
    {
        return Err(format!(
            "there is no table {odd}: decode, xml, call and drift are what there is"
        )
        .into());
    }
    if wanted("decode") {
        decode()?;
    }
    if wanted("xml") {
        xml()?;
    }
    if wanted("call") {
        call()?;
    }
    if wanted("drift") {
        drift()?;
    }
    Ok(())
}

fn decode() -> Result<(), String> {
    heading("decode", ["SDK µs", "/ Value", "/ strict"]);
    for case in &CASES {
        let body = case.json.as_bytes();
        let times = race(
            [&|| case.sdk(body), &|| case.value(body), &|| {
                case.strict(body)
            }],
            ROUNDS,
        );
        row(case.name, body.len(), times)?;
    }
    Ok(())
}

fn xml() -> Result<(), String> {
    heading("xml", ["SDK µs", "/ JSON", "/ events"]);
    for case in &CASES {
        let body = case.xml();
        let times = race(
            [
                &|| case.sdk(&body),
                &|| case.sdk(case.json.as_bytes()),
                &|| floor::events(&body),
            ],
            ROUNDS,
        );
        row(case.name, body.len(), times)?;
    }
    Ok(())
}

fn call() -> Result<(), Box<dyn Error>> {
    heading("call", ["SDK µs", "/ bytes", "/ Value"]);
    for exchange in &EXCHANGES {
        let caller = Caller::new(exchange)?;
        let times = race(
            [&|| caller.sdk(), &|| caller.bytes(), &|| caller.value()],
            ROUNDS,
        );
        row(exchange.name, exchange.json.len(), times)?;
    }
    Ok(())
}

fn drift() -> Result<(), Box<dyn Error>> {
    heading("drift", ["no one µs", "/ told", "/ absent"]);
    for exchange in &EXCHANGES {
        let ways = Listening::new(exchange)?;
        let times = race(
            [&|| ways.nobody(), &|| ways.listener(), &|| ways.absent()],
            ROUNDS,
        );
        row(exchange.name, exchange.json.len(), times)?;
    }
    Ok(())
}

fn heading(table: &str, columns: [&str; 3]) {
    let [time, one, other] = columns;
    println!("{table:30} {:>7} {time:>8} {one:>8} {other:>8}", "bytes");
}

fn row(name: &str, bytes: usize, times: Option<Times<3>>) -> Result<(), String> {
    let times = times.ok_or_else(|| format!("{name} cannot be read"))?;
    let (time, one, other) = (times.micros(0), times.ratio(1), times.ratio(2));
    println!("{name:30} {bytes:7} {time:8.1} {one:8.2} {other:8.2}");
    Ok(())
}
