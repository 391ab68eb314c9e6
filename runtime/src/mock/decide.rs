//! From a request to what is done with it.

use std::time::Duration;

use super::behaviour::{Act, Behaviour};
use super::check;
use super::documented::Documented;
use super::refusal::{Refusal, Sent};
use super::reply::{self, Edits};
use super::route::{self, Routed};
use super::seen::{Misfitted, Seen};
use super::state::{Inner, State};
use crate::operation::{Encoding, Envelope};
use crate::service::Service;
use crate::wire::{Format, Map, Value};

/// What is done with a request.
pub(super) struct Plan {
    pub(super) delay: Duration,
    /// Nothing: the connection is closed.
    pub(super) answer: Option<Answer>,
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) cut_after: Option<usize>,
    pub(super) slow: Option<(usize, Duration)>,
    /// Where it was made not to fit.
    misfits: Vec<(String, Value)>,
}

impl State {
    /// Decides what is done with a request, and keeps it.
    pub(super) fn decide(&self, mut seen: Seen, body: &[u8]) -> Plan {
        let mut inner = self.lock();
        let service = self.service();
        let mut format = asked_format(&seen, service);
        // Where replies have their status when there is no operation that says so.
        let unknown = Envelope::of(service.status, &[]);
        let mut envelope = &unknown;
        let result = self.operation(&mut inner, &mut seen, body, &mut format, &mut envelope);
        let plan = result.unwrap_or_else(|refusal| {
            let code = u32::from(refusal.status);
            let body = reply::refusal(envelope, code, &refusal.why, format);
            let mut answer = Answer::new(refusal.status, format, body.unwrap_or_default());
            let allow = refusal.allow.map(|methods| ("allow", methods));
            answer.headers.extend(allow);
            seen.refused = Some(refusal.why);
            answer.now()
        });
        seen.status = plan.answer.as_ref().map(|answer| answer.status);
        seen.body = body.to_vec();
        inner.seen.push(seen);
        plan
    }

    /// Finds the operation, checks the request, and answers.
    fn operation(
        &self,
        inner: &mut Inner,
        seen: &mut Seen,
        body: &[u8],
        format: &mut Format,
        envelope: &mut &Envelope,
    ) -> Result<Plan, Refusal> {
        let (candidates, ending) = match route::route(self.operations(), &seen.method, &seen.path) {
            Routed::To(candidates, ending) => (candidates, ending),
            Routed::OtherMethods(methods) => {
                let methods = methods.join(", ");
                let why = format!("this path is for {methods}");
                return Err(Refusal {
                    allow: Some(methods),
                    ..Refusal::new(405, why)
                });
            }
            Routed::Nowhere => {
                let why = format!("no operation has the path {}", seen.path);
                return Err(Refusal::new(404, why));
            }
        };
        *format = ending.unwrap_or(*format);
        // Where no operation of this path takes a document, the body may be anything: a file.
        let takes_document = candidates.iter().any(|known| known.body);
        let parsed = match takes_document {
            true => {
                let of_json =
                    |known: &&Documented| known.operation.body.encoding == Encoding::JsonForm;
                Sent::parse(seen, body, candidates.iter().any(of_json))
            }
            false if !body.is_empty() && seen.header("content-type").is_none() => {
                Err(Refusal::new(400, "the body has no Content-Type"))
            }
            false => Ok(None),
        };
        let sent = parsed.as_ref().ok().and_then(Option::as_ref);
        let scripted = |id: &str| inner.is_scripted(id);
        let alike = route::most_like(&candidates, &seen.query, sent, scripted);
        let accepts = |known: &&&Documented| {
            check::check(known, self.service(), seen, ending, sent, inner).is_ok()
        };
        // Of several that nothing else tells apart, one that takes the request.
        let Some(known) = alike.iter().find(accepts).or(alike.first()).copied() else {
            return Err(Refusal::new(404, "no operation has this path"));
        };
        let operation = known.operation;
        seen.operation = Some(operation.id);
        *envelope = &operation.reply;
        *inner.counts.entry(operation.id).or_default() += 1;
        let parsed = parsed?;
        let sent = parsed.as_ref();
        check::check(known, self.service(), seen, ending, sent, inner)?;
        let sent = sent
            .filter(|_| operation.body.list)
            .map(|sent| sent.items(operation, self.service().identity));
        let sent = sent.as_deref();
        let mut plan = match inner.next(operation.id) {
            None => {
                let edits = Edits {
                    sent,
                    ..Edits::default()
                };
                self.answer(inner, known, *format, &edits)?.now()
            }
            Some(behaviour) => {
                seen.script = Some(behaviour.name());
                self.scripted(inner, known, *format, sent, behaviour)?
            }
        };
        if let Some(answer) = &mut plan.answer {
            let misfits = std::mem::take(&mut answer.misfits);
            inner
                .misfitted
                .extend(misfits.into_iter().map(|(path, value)| Misfitted {
                    operation: operation.id,
                    call: inner.seen.len(),
                    path,
                    value,
                }));
        }
        Ok(plan)
    }

    /// The documented answer.
    fn answer(
        &self,
        inner: &mut Inner,
        known: &Documented,
        format: Format,
        edits: &Edits<'_>,
    ) -> Result<Answer, Refusal> {
        let scheme = self.service().oauth;
        let scheme = scheme.filter(|scheme| scheme.operation.id == known.operation.id);
        let token = scheme.map(|scheme| (scheme, inner.token(), inner.token_ttl.as_secs()));
        let edits = Edits { token, ..*edits };
        let made = reply::documented(known, self.service(), format, &edits, inner.misfits())?;
        let items = made.items;
        inner.say_absent(known, &made.misfits.absent);
        let beyond = |at: &&usize| items.is_none_or(|items| **at >= items);
        if let Some(at) = edits.refused.and_then(|(at, _)| at.iter().find(beyond)) {
            let there = items.map_or("no items".to_owned(), |items| format!("{items} of them"));
            inner.no_effect.push(format!(
                "{}: refuse_items is for item {at}, and the answer has {there}",
                known.operation.id
            ));
        }
        Ok(Answer {
            misfits: made.misfits.done,
            ..Answer::new(made.status, format, made.body)
        })
    }

    fn scripted(
        &self,
        inner: &mut Inner,
        known: &Documented,
        format: Format,
        sent: Option<&[Map]>,
        set: Behaviour,
    ) -> Result<Plan, Refusal> {
        let envelope = &known.operation.reply;
        // Of another body the members of that are meant.
        let names = match set.body {
            Some(_) => &[],
            None => set.misfits.as_slice(),
        };
        let edits = Edits {
            sent,
            misfits: names,
            ..Edits::default()
        };
        let mut answer = match set.act {
            Act::Cut => {
                inner.say_absent(known, &set.misfits);
                return Ok(Plan {
                    delay: set.delay,
                    answer: None,
                });
            }
            Act::Answer => self.answer(inner, known, format, &edits)?,
            Act::RefuseItems(items, code) => {
                let refused = Some((items.as_slice(), code));
                let edits = Edits { refused, ..edits };
                self.answer(inner, known, format, &edits)?
            }
            Act::Status(status) if status < 400 => {
                let documented = self.answer(inner, known, format, &edits)?;
                Answer {
                    status,
                    ..documented
                }
            }
            Act::Status(status) => {
                inner.say_absent(known, names);
                let why = "set by the test";
                let body = reply::refusal(envelope, u32::from(status), why, format)?;
                Answer::new(status, format, body)
            }
            Act::Code(code) => {
                inner.say_absent(known, names);
                let body = reply::refusal(envelope, code, "set by the test", format)?;
                Answer::new(200, format, body)
            }
        };
        if let Some((body, content_type)) = set.body {
            let changed =
                reply::changed(known, self.service(), &body, &set.misfits, inner.misfits());
            let absent = changed
                .as_ref()
                .map_or(&set.misfits, |made| &made.misfits.absent);
            inner.say_absent(known, absent);
            (answer.body, answer.misfits) = match changed {
                Some(made) => (made.body, made.misfits.done),
                None => (body, Vec::new()),
            };
            answer.headers = vec![("content-type", content_type)];
        }
        answer
            .headers
            .extend(set.retry_after.map(|value| ("retry-after", value)));
        answer.cut_after = set.cut_after;
        answer.slow = set.slow;
        Ok(Plan {
            delay: set.delay,
            answer: Some(answer),
        })
    }
}

impl Answer {
    fn new(status: u16, format: Format, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("content-type", format.media_type().to_owned())],
            body,
            cut_after: None,
            slow: None,
            misfits: Vec::new(),
        }
    }

    fn now(self) -> Plan {
        Plan {
            delay: Duration::ZERO,
            answer: Some(self),
        }
    }
}

/// The format that the query or the header `Accept` asks for.
fn asked_format(seen: &Seen, service: &Service) -> Format {
    let asked = seen
        .parameter(service.format_query)
        .map(str::to_ascii_lowercase);
    match asked.as_deref() {
        Some("xml") => return Format::Xml,
        Some("json") => return Format::Json,
        _ => {}
    }
    let accept = seen.header("accept").unwrap_or_default();
    match (accept.find("xml"), accept.find("json")) {
        (Some(xml), Some(json)) if xml < json => Format::Xml,
        (Some(_), None) => Format::Xml,
        _ => Format::Json,
    }
}
