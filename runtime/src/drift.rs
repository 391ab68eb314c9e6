//! How answers differ from the documentation, told to whoever wants to know: the listener of a client, and `tracing`.
//!
//! Nothing is looked for where nobody listens.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use tracing::{Level, debug, warn};

use crate::wire::{Context, DriftKind, Misfit, Sight, Value, Watch, json};

/// The target of the events.
const TARGET: &str = "slate_runtime::drift";

/// One way in which an answer differs from the documentation: a place, a kind, how often. It never holds a value.
///
/// `Display` is a line for people, [`to_json`](Self::to_json) one for `cargo xtask observe`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    operation: &'static str,
    sight: Sight,
    count: usize,
}

impl Drift {
    /// The operation that was called: `parcel.get`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What differs.
    #[must_use]
    pub fn kind(&self) -> DriftKind {
        self.sight.kind
    }

    /// Where it is in the answer, from its root: `response.parcels.parcel[].weight`. `[]` stands for any item of a list,
    /// `*` for a key that may be data.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.sight.path
    }

    /// The type that was wanted there, where that matters.
    #[must_use]
    pub fn wanted(&self) -> Option<&'static str> {
        self.sight.wanted
    }

    /// The kind of thing that was found: `null`, `boolean`, `number`, `string`, `list`, `object` or `nothing`.
    #[must_use]
    pub fn found(&self) -> Option<&'static str> {
        self.sight.found
    }

    /// The code, if it is one that is not documented.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.sight.code
    }

    /// How often the answer has it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// It as a line of JSON, without an end of line: a drift stream is a file of such lines.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut line = crate::wire::Map::new();
        line.insert("drift", self.kind().as_str());
        line.insert("operation", self.operation);
        line.insert("path", self.path());
        for (key, text) in [("wanted", self.wanted()), ("found", self.found())] {
            if let Some(text) = text {
                line.insert(key, text);
            }
        }
        if let Some(code) = self.code() {
            line.insert("code", code);
        }
        line.insert("count", u64::try_from(self.count).unwrap_or(u64::MAX));
        String::from_utf8_lossy(&json::write(&Value::Object(line))).into_owned()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().as_str().replace('_', " ");
        write!(f, "{}: {kind}", self.operation)?;
        if !self.path().is_empty() {
            write!(f, " at {}", self.path())?;
        }
        if let Some(wanted) = self.wanted() {
            write!(f, ", wanted {wanted}")?;
        }
        if let Some(found) = self.found() {
            write!(f, ", found {found}")?;
        }
        if let Some(code) = self.code() {
            write!(f, ", code {code}")?;
        }
        match self.count {
            1 => Ok(()),
            count => write!(f, ", {count} times"),
        }
    }
}

/// What is called with each.
pub(crate) type Listener = Arc<dyn Fn(&Drift) + Send + Sync>;

/// Who wants to know.
#[derive(Clone, Default)]
pub(crate) struct Listeners {
    pub(crate) listener: Option<Listener>,
    /// Whether documented members that do not come are told too.
    pub(crate) absent: bool,
}

impl Listeners {
    /// What an answer is watched with, if somebody listens.
    pub(crate) fn watch(&self) -> Option<Watch> {
        let anyone = self.listener.is_some() || tracing::enabled!(target: TARGET, Level::DEBUG);
        anyone.then(|| Watch::new(self.absent))
    }

    /// Tells what was found in an answer.
    pub(crate) fn tell(&self, operation: &'static str, context: Context) -> Vec<Misfit> {
        let (misfits, watch) = context.into_parts();
        let Some(watch) = watch else {
            if let Some(first) = misfits.first() {
                let count = misfits.len();
                warn!(target: TARGET, operation, count, %first, "members of the answer do not fit their types");
            }
            return misfits;
        };
        for (sight, count) in watch.into_sights() {
            let drift = Drift {
                operation,
                sight,
                count,
            };
            event(&drift);
            if let Some(listener) = &self.listener {
                // The call went as it went, whatever becomes of its telling.
                let told = panic::catch_unwind(AssertUnwindSafe(|| listener(&drift)));
                if told.is_err() {
                    warn!(target: TARGET, "the listener of on_drift panicked");
                }
            }
        }
        misfits
    }
}

fn event(drift: &Drift) {
    let Drift {
        operation, count, ..
    } = *drift;
    let (kind, path) = (drift.kind().as_str(), drift.path());
    let (wanted, found, code) = (drift.wanted(), drift.found(), drift.code());
    let matters = matches!(
        drift.kind(),
        DriftKind::Misfit | DriftKind::MovedPayload | DriftKind::MissingPayload
    );
    let text = "the answer is not as documented";
    if matters {
        warn!(target: TARGET, operation, kind, path, wanted, found, code, count, "{text}");
    } else {
        debug!(target: TARGET, operation, kind, path, wanted, found, code, count, "{text}");
    }
}
