//! Behaviours other than the documented one.

use std::time::Duration;

use super::behaviour::{Act, Behaviour};
use super::state::State;

/// Sets what the next calls get. Made by [`Server::on`](super::Server::on) and
/// [`Server::any`](super::Server::any).
///
/// Each of [`answer`](Self::answer), [`status`](Self::status), [`code`](Self::code),
/// [`cut`](Self::cut) and [`refuse_items`](Self::refuse_items) is one call, in their order. The other
/// methods say more of the one before them; where there is none, of a call that gets the documented
/// answer. When all are used up, the documented answer comes again. Calls that are refused as wrong
/// use up nothing; [`Server::assert_all_used`](super::Server::assert_all_used) tells. They are set when this is dropped, so at the end of the statement.
///
/// ```no_run
/// # fn f(server: &slate_runtime::mock::Server) {
/// use std::time::Duration;
///
/// // Twice 503, then an answer that comes late, then half an answer.
/// server.on("parcel.get")
///     .status(503).retry_after("1").times(2)
///     .answer().delay(Duration::from_secs(1))
///     .answer().cut_after(100);
/// # }
/// ```
pub struct On<'s> {
    state: &'s State,
    operation: Option<&'static str>,
    behaviours: Vec<Behaviour>,
}

impl<'s> On<'s> {
    pub(super) fn new(state: &'s State, operation: Option<&'static str>) -> Self {
        Self {
            state,
            operation,
            behaviours: Vec::new(),
        }
    }

    fn add(&mut self, act: Act) -> &mut Self {
        self.behaviours.push(Behaviour::new(act));
        self
    }

    fn change(&mut self, change: impl FnOnce(&mut Behaviour)) -> &mut Self {
        if self.behaviours.is_empty() {
            self.behaviours.push(Behaviour::new(Act::Answer));
        }
        self.behaviours.last_mut().map(change);
        self
    }

    /// The documented answer.
    pub fn answer(&mut self) -> &mut Self {
        self.add(Act::Answer)
    }

    /// An answer with this HTTP status: from 400 on one that says that the call failed, below that
    /// the documented one.
    pub fn status(&mut self, status: u16) -> &mut Self {
        self.add(Act::Status(status))
    }

    /// An answer that says that the call failed with this code, in HTTP status 200.
    pub fn code(&mut self, code: u32) -> &mut Self {
        self.add(Act::Code(code))
    }

    /// No answer: the request is read, and the connection closed.
    pub fn cut(&mut self) -> &mut Self {
        self.add(Act::Cut)
    }

    /// The documented answer with these items refused with this code. The code of the call, and the
    /// HTTP status, is 201 if others are accepted and 500 if not. Items are counted from 0. Those that
    /// an answer does not have are in [`Server::unused`](super::Server::unused).
    pub fn refuse_items(&mut self, items: &[usize], code: u32) -> &mut Self {
        self.add(Act::RefuseItems(items.to_vec(), code))
    }

    /// Another body.
    pub fn body(&mut self, body: impl Into<Vec<u8>>, content_type: impl Into<String>) -> &mut Self {
        let body = (body.into(), content_type.into());
        self.change(|last| last.body = Some(body))
    }

    /// The header `Retry-After`: seconds or a date.
    pub fn retry_after(&mut self, value: impl Into<String>) -> &mut Self {
        let value = value.into();
        self.change(|last| last.retry_after = Some(value))
    }

    /// Waits before the answer.
    pub fn delay(&mut self, delay: Duration) -> &mut Self {
        self.change(|last| last.delay = delay)
    }

    /// Closes the connection after so many bytes of the body.
    pub fn cut_after(&mut self, bytes: usize) -> &mut Self {
        self.change(|last| last.cut_after = Some(bytes))
    }

    /// Sends the body in pieces of so many bytes, with a pause after each.
    pub fn slow(&mut self, chunk_bytes: usize, pause: Duration) -> &mut Self {
        self.change(|last| last.slow = Some((chunk_bytes.max(1), pause)))
    }

    /// Puts something in place of a member of the answer that does not fit its type: of every member of this name, or of
    /// these last names (`effects.effect.id`), in every item. Of a list, each item is meant. Once more for another member.
    /// With [`body`](Self::body), those of that body. What says how the call or an item went stays as it is.
    ///
    /// [`Server::misfitted`](super::Server::misfitted) has the places, and what was put there. A name that the answer does
    /// not have, or whose type takes anything, is in [`Server::unused`](super::Server::unused), and so is every name where
    /// the call gets no answer, or one that says that it failed.
    ///
    /// ```no_run
    /// # fn f(server: &slate_runtime::mock::Server) {
    /// server.on("parcel.get").misfit("weight");
    /// # }
    /// ```
    pub fn misfit(&mut self, member: impl Into<String>) -> &mut Self {
        let member = member.into();
        self.change(|last| last.misfits.push(member))
    }

    /// How many calls get this.
    pub fn times(&mut self, times: usize) -> &mut Self {
        self.change(|last| last.times = times)
    }
}

/// All are set at once, so that no call comes in between.
impl Drop for On<'_> {
    fn drop(&mut self) {
        let set = self.behaviours.drain(..).filter(|set| set.times > 0);
        let mut inner = self.state.lock();
        match self.operation {
            Some(id) => inner.scripts.entry(id).or_default().extend(set),
            None => inner.any.extend(set),
        }
    }
}
