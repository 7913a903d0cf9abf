//! A request of a browser on its way through the core.

use crate::fetch::{Fetched, read_up_to};
use crate::module::{Fields, Step, names_of};
use crate::{Answer, BoxError, Error, Landfall, Passage, Revoke, Session, SignIn, keys};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use http_body_util::combinators::UnsyncBoxBody;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tracing::Instrument;
use zeroize::Zeroize;

/// More than any flow needs.
const MAX_STEPS: usize = 16;
const ENTROPY_BYTES: usize = 96;
/// What the core may ask for. Every other answer is the end.
const ASKS: [&str; 7] = ["fetch", "verify", "sign", "body", "session", "sign_out", "revoked"];

/// The body of a request.
pub(crate) type Body = UnsyncBoxBody<Bytes, BoxError>;

pub(crate) struct Visit {
    pub auth: Landfall,
    pub passage: Passage,
    pub given: Fields,
    pub cause: Option<BoxError>,
    pub fetched: Option<Fetched>,
    pub request: Arc<Parts>,
    pub added: HeaderMap,
    headers: Vec<Vec<u8>>,
    pub body: Option<Body>,
}

impl Visit {
    pub fn new(auth: &Landfall, request: Arc<Parts>) -> Self {
        let passage: Passage = request.extensions.get().cloned().unwrap_or_default();
        Self {
            auth: auth.clone(),
            given: Fields::from([("method", request.method.as_str().into()), ("url", passage.url.as_bytes().into())]),
            passage,
            cause: None,
            fetched: None,
            headers: names_of("REQUEST_HEADER").iter().map(|name| read_header(&request, name)).collect(),
            request,
            body: None,
            added: HeaderMap::new(),
        }
    }

    /// Runs an operation on the request, with the fields that the last step brought.
    pub fn perform(&self, operation: &str, mut brought: Fields) -> Result<Step, Error> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut entropy = vec![0; ENTROPY_BYTES];
        if getrandom::fill(&mut entropy).is_err() {
            entropy.clear(); // The core says so where it needs them.
        }
        brought.extend([("now", now.to_string().into()), ("entropy", entropy)]);
        for (name, value) in &self.given {
            brought.entry(name).or_insert_with(|| value.clone());
        }
        let headers: Vec<&[u8]> = self.headers.iter().map(Vec::as_slice).collect();
        let answer = self.auth.inner.core.perform(operation, "REQUEST", &brought, &headers);
        brought.values_mut().for_each(Zeroize::zeroize);
        answer
    }

    /// Carries out the steps of an operation until the core has an answer. They go on where the caller leaves: a code
    /// and a refresh token are good only once.
    pub async fn run(self, operation: &'static str, first: Result<Step, Error>) -> (Self, Step) {
        let step = match first {
            Ok(step) if ASKS.contains(&step.kind) => step,
            Ok(step) => return (self, step),
            Err(error) => return self.fail(error),
        };
        let (auth, request) = (self.auth.clone(), self.request.clone());
        tokio::spawn(self.go_on(operation, step).in_current_span())
            .await
            .unwrap_or_else(|panic| Self::new(&auth, request).fail(Error::new("internal_error", panic.to_string(), "")))
    }

    async fn go_on(mut self, operation: &str, mut step: Step) -> (Self, Step) {
        for _ in 0..MAX_STEPS {
            let answer = match self.carry_out(&step).await {
                Ok(mut brought) => {
                    brought.insert("resume", step.get("resume").into());
                    self.perform(operation, brought)
                }
                Err(cause) => Err(Error::new("internal_error", cause.to_string(), "")),
            };
            let fetched = self.fetched.take();
            step = match answer {
                Ok(step) => step,
                Err(error) => return self.fail(error),
            };
            if let Some(mut fetched) = fetched {
                fetched.is_good = step.get("keep") == "1";
            }
            if !ASKS.contains(&step.kind) {
                self.auth.inner.renewals.forget(step.get("forget"));
                return (self, step);
            }
        }
        self.fail(Error::new("internal_error", "the flow does not end", ""))
    }

    /// Carries out a step: the fields of REQUEST that it brings.
    async fn carry_out(&mut self, step: &Step) -> Result<Fields, BoxError> {
        match step.kind {
            "fetch" => Ok(self.fetch(step).await),
            "verify" => Ok(Fields::from([("status", to_flag(keys::verify(step)))])),
            "sign" => Ok(Fields::from([("answer", keys::sign(step).into())])),
            "body" => self.read_body(step.number("max_bytes") as usize).await,
            "session" => {
                let answer = self.ask_sign_in(step).await;
                Ok(self.agree(answer))
            }
            "sign_out" => {
                let answer = (self.auth.inner.hooks.on_sign_out)(self.request.clone()).await;
                Ok(self.agree(answer))
            }
            _ => Ok(self.ask_revoked(step).await),
        }
    }

    async fn read_body(&mut self, max_bytes: usize) -> Result<Fields, BoxError> {
        let bytes = match self.body.take() {
            Some(body) => read_up_to(body, max_bytes).await?,
            None => Vec::new(),
        };
        self.given.extend([("has_body", b"1".to_vec()), ("body", bytes)]);
        Ok(Fields::new())
    }

    async fn ask_sign_in(&mut self, step: &Step) -> Result<Answer, BoxError> {
        let session: serde_json::Value = serde_json::from_str(step.get("session"))?;
        (self.auth.inner.hooks.on_session)(SignIn {
            request: self.request.clone(),
            provider: step.get("provider").into(),
            next: step.get("next").into(),
            redirect_type: step.get("redirect_type").into(),
            profile: serde_json::from_value(session["profile"].clone())?,
            current: Session::parse(step.get("current"))?,
            session,
        })
        .await
    }

    /// Passes on what a hook answered. An error is a refusal.
    fn agree(&mut self, answer: Result<Answer, BoxError>) -> Fields {
        match answer {
            Err(cause) => {
                self.cause = Some(cause);
                Fields::from([("failure", "refused".into())])
            }
            Ok(Answer { headers, redirect, data, revoke }) => {
                self.added = headers;
                let Revoke { provider, token, token_type_hint } = revoke.unwrap_or_default();
                Fields::from([
                    ("redirect", redirect.unwrap_or_default().into()),
                    ("data", data.map(|data| data.to_string()).unwrap_or_default().into()),
                    ("revoke_provider", provider.into()),
                    ("revoke_token", token.into()),
                    ("token_type_hint", token_type_hint.into()),
                ])
            }
        }
    }

    async fn ask_revoked(&mut self, step: &Step) -> Fields {
        let answer = match serde_json::from_str(step.get("session")) {
            Ok(session) => (self.auth.inner.hooks.is_revoked)((self.request.clone(), session)).await,
            Err(error) => Err(error.into()),
        };
        match answer {
            Ok(is_revoked) => Fields::from([("status", to_flag(is_revoked))]),
            Err(cause) => self.agree(Err(cause)),
        }
    }
}

/// Reads a header of a request: the name on the wire has `-` for `_`.
fn read_header(request: &Parts, name: &str) -> Vec<u8> {
    let values = request.headers.get_all(name.replace('_', "-"));
    let joint: &[u8] = if name == "cookie" { b"; " } else { b", " };
    let value = values.iter().map(HeaderValue::as_bytes).collect::<Vec<_>>().join(joint);
    match request.uri.authority() {
        Some(authority) if name == "host" && value.is_empty() => authority.as_str().into(), // HTTP/2
        _ => to_latin1(&value).into(),
    }
}

/// Reads bytes beyond ASCII as Latin-1.
pub(crate) fn to_latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn to_flag(is_so: bool) -> Vec<u8> {
    if is_so { "1".into() } else { "0".into() }
}
