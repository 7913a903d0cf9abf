//! Responses by a name: those that the core calls good, and those under way.

use crate::module::Fields;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::timeout;

/// The bodies of a memory.
const MAX_KEPT_BYTES: usize = 4 << 20;

/// A response that came: the fields of REQUEST that it brings.
pub(crate) struct Kept {
    pub fields: Fields,
    pub at: Instant,
    pub again: bool,
}

impl Kept {
    fn size(&self) -> usize {
        self.fields.get("answer").map_or(0, Vec::len)
    }
}

/// Gives the response to those who wait. Where it is dropped before, nothing came.
pub(crate) type Leader = watch::Sender<Option<Arc<Kept>>>;
pub(crate) type Underway = watch::Receiver<Option<Arc<Kept>>>;

/// Waits so long for the response to another request. One that failed, or takes longer, is none.
pub(crate) async fn wait_for(other: &mut Underway, patience: Duration) -> Option<Arc<Kept>> {
    let came = timeout(patience, other.wait_for(Option::is_some)).await.ok()?.ok()?.clone();
    came.filter(|response| !response.fields.contains_key("failure"))
}

/// What a memory has for a request.
pub(crate) enum Found {
    Kept(Arc<Kept>),
    Underway(Underway),
    Nothing(Leader),
}

#[derive(Default)]
struct Responses {
    kept: HashMap<String, Arc<Kept>>,
    underway: HashMap<String, Underway>,
}

/// The oldest responses leave first.
pub(crate) struct Memory {
    most: usize,
    life: Duration,
    responses: Mutex<Responses>,
}

impl Memory {
    pub fn new(most: usize, life: Duration) -> Arc<Self> {
        Arc::new(Self { most, life, responses: Mutex::default() })
    }

    /// Gives a kept response that is young enough, or one under way, but not the one that the caller has waited for.
    /// Otherwise the caller leads: others wait for it.
    pub fn join(&self, name: &str, max_age: Duration, again: bool, waited: Option<&Underway>) -> Found {
        let mut responses = self.responses.lock().unwrap();
        let kept = responses.kept.get(name);
        if let Some(kept) = kept.filter(|kept| kept.at.elapsed() <= max_age && (kept.again || !again)) {
            return Found::Kept(kept.clone());
        }
        match responses.underway.get(name) {
            Some(other) if !waited.is_some_and(|one| one.same_channel(other)) => Found::Underway(other.clone()),
            _ => Found::Nothing(responses.lead(name)),
        }
    }

    /// Ends the way of a response, and keeps one that is good, where nobody forgot it or asked anew.
    pub fn settle(&self, name: &str, response: &Arc<Kept>, is_good: bool) {
        let Responses { kept, underway } = &mut *self.responses.lock().unwrap();
        let is_same = |other: &Underway| other.borrow().as_ref().is_some_and(|one| Arc::ptr_eq(one, response));
        if !underway.get(name).is_some_and(is_same) {
            return;
        }
        underway.remove(name);
        if !is_good || kept.get(name).is_some_and(|old| old.at >= response.at) {
            return;
        }
        kept.insert(name.into(), response.clone());
        kept.retain(|_, one| one.at.elapsed() <= self.life);
        while kept.len() > self.most || kept.values().map(|one| one.size()).sum::<usize>() > MAX_KEPT_BYTES {
            let oldest = kept.iter().min_by_key(|(_, one)| one.at).map(|(name, _)| name.clone());
            kept.remove(&oldest.unwrap_or_default());
        }
    }

    /// Drops the responses whose name begins so, also those under way; none for an empty beginning.
    pub fn forget(&self, beginning: &str) {
        if !beginning.is_empty() {
            let Responses { kept, underway } = &mut *self.responses.lock().unwrap();
            kept.retain(|name, _| !name.starts_with(beginning));
            underway.retain(|name, _| !name.starts_with(beginning));
        }
    }
}

impl Responses {
    fn lead(&mut self, name: &str) -> Leader {
        let (leader, underway) = watch::channel(None);
        self.underway.insert(name.into(), underway);
        leader
    }
}
