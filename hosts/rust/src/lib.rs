//! Sign-in routes in front of a tower service: OAuth 2.0, OpenID Connect and Supabase Auth.
//!
//! [`Landfall::builder`] takes the options, and [`Landfall::layer`] puts the routes in front of an app. Every rule is in
//! `core.wasm`, which is inside the crate. The crate brings the clock, the random bytes, the network and the cryptography.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod fetch;
mod keys;
mod layer;
mod memory;
mod module;
mod session;
mod visit;

pub use fetch::make_fetch;
pub use http::request::Parts;
pub use layer::{LandfallLayer, LandfallService};
pub use session::{AccessToken, Profile, Session};

use http::{HeaderMap, Request, Response};
use layer::Passage;
use memory::Memory;
use module::{Core, Step};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
#[cfg(test)]
#[path = "../tests/unit/mod.rs"]
mod tests;

/// An error of the app.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
/// What a service returns.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// Makes a request to a provider.
pub type Fetch = Arc<dyn Fn(Request<String>) -> BoxFuture<Result<Response<reqwest::Body>, BoxError>> + Send + Sync>;
type Hook<I, O> = Arc<dyn Fn(I) -> BoxFuture<Result<O, BoxError>> + Send + Sync>;

/// A person who is about to be signed in.
#[derive(Clone)]
pub struct SignIn {
    /// The request of the browser.
    pub request: Arc<Parts>,
    /// The provider's name in the settings.
    pub provider: String,
    /// The path that the person wanted.
    pub next: String,
    /// `recovery` where the person came to choose a new password.
    pub redirect_type: String,
    /// Who it is, in the same form for every provider.
    pub profile: Profile,
    /// All of it, with the names on the wire: `access_token`, `refresh_token`, `claims`.
    pub session: Value,
    /// The session in which the sign-in started, to link an account.
    pub current: Option<Session>,
}

/// What a hook answers. The default agrees.
#[derive(Clone, Default)]
pub struct Answer {
    /// Added to the response. They replace nothing that Landfall sets itself.
    pub headers: HeaderMap,
    /// Leads elsewhere: a path of the app, or a complete https URL in ASCII.
    pub redirect: Option<String>,
    /// Of `on_session`: the app's own data for the session.
    pub data: Option<Value>,
    /// Of `on_sign_out`: a token to revoke.
    pub revoke: Option<Revoke>,
}

/// A token to revoke at its provider (RFC 7009).
#[derive(Clone, Default)]
pub struct Revoke {
    /// The provider's name in the settings.
    pub provider: String,
    /// The token.
    pub token: String,
    /// `access_token` or `refresh_token`.
    pub token_type_hint: String,
}

/// A failure by its code in docs/errors.md.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The code.
    pub code: String,
    /// What happened, and who must act.
    pub message: String,
    /// The option or the argument at fault.
    pub parameter: String,
}

impl Error {
    fn new(code: impl Into<String>, message: impl Into<String>, parameter: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), parameter: parameter.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.parameter.is_empty() { "" } else { " " };
        write!(f, "landfall: {}{space}{}: {}", self.code, self.parameter, self.message)
    }
}

impl std::error::Error for Error {}

struct Inner {
    core: Core,
    ready: Step,
    on_session: Hook<SignIn, Answer>,
    on_sign_out: Hook<Arc<Parts>, Answer>,
    is_revoked: Hook<(Arc<Parts>, Session), bool>,
    fetch: Fetch,
    addresses: Arc<Memory>,
    renewals: Arc<Memory>,
}

/// The sign-in of an app. A clone is the same one.
#[derive(Clone)]
pub struct Landfall {
    inner: Arc<Inner>,
}

impl fmt::Debug for Landfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Landfall").finish_non_exhaustive()
    }
}

impl Landfall {
    /// Takes the options of docs/options.md by their names there: a `serde_json::Value`, or a struct of the app's own.
    ///
    /// An empty text is a setting that has no value yet, and blocks what needs it.
    pub fn builder(settings: impl Serialize) -> Builder {
        let settings = serde_json::to_value(settings).map_err(|error| error.to_string());
        Builder { settings, on_session: None, on_sign_out: None, is_revoked: None, fetch: None }
    }

    /// The layer that answers the routes of the sign-in. Put it around the whole app.
    pub fn layer(&self) -> LandfallLayer {
        LandfallLayer(self.clone())
    }

    /// Gives the path to use for the `next` of a request; none for one that is not safe.
    ///
    /// The origin is the app's own, for a `next` that is a complete URL. It may be empty.
    pub fn check_next(&self, next: &str, origin: &str) -> Option<String> {
        let answer = self.inner.core.call("check_next", &[next.as_bytes(), origin.as_bytes()]).ok()?;
        match answer.len() {
            0 => None,
            1 => answer.into_iter().next(),
            _ => Some(next.into()),
        }
    }
}

/// Options of a [`Landfall`].
pub struct Builder {
    settings: Result<Value, String>,
    on_session: Option<Hook<SignIn, Answer>>,
    on_sign_out: Option<Hook<Arc<Parts>, Answer>>,
    is_revoked: Option<Hook<(Arc<Parts>, Session), bool>>,
    fetch: Option<Fetch>,
}

impl Builder {
    /// Takes a new sign-in after all checks. An error refuses the person.
    pub fn on_session<F>(mut self, hook: impl Fn(SignIn) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Answer, BoxError>> + Send + 'static,
    {
        self.on_session = Some(Arc::new(move |sign_in| Box::pin(hook(sign_in))));
        self
    }

    /// Ends the app's own session. An error makes the sign-out fail.
    pub fn on_sign_out<F>(mut self, hook: impl Fn(Arc<Parts>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Answer, BoxError>> + Send + 'static,
    {
        self.on_sign_out = Some(Arc::new(move |request| Box::pin(hook(request))));
        self
    }

    /// Tells whether the app has ended a session, by its `sid`. [`Landfall::get_user`], [`Landfall::require`] and
    /// [`Landfall::get_access_token`] ask it. An error lets nobody in.
    pub fn is_revoked<F>(mut self, hook: impl Fn(Arc<Parts>, Session) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<bool, BoxError>> + Send + 'static,
    {
        self.is_revoked = Some(Arc::new(move |(request, session)| Box::pin(hook(request, session))));
        self
    }

    /// Makes the requests to providers instead of [`make_fetch`]. It follows no redirect, keeps no cookies, and undoes
    /// every coding that it asks for.
    pub fn fetch<F>(mut self, hook: impl Fn(Request<String>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Response<reqwest::Body>, BoxError>> + Send + 'static,
    {
        self.fetch = Some(Arc::new(move |request| Box::pin(hook(request))));
        self
    }

    /// Checks the options. A wrong one gives an [`Error`] with the code `config_invalid`.
    pub fn build(self) -> Result<Landfall, Error> {
        let wrong = |message: &str| Error::new("config_invalid", message, "settings");
        let mut settings = self.settings.map_err(|error| wrong(&error))?;
        let all = settings.as_object_mut().ok_or_else(|| wrong("they are no JSON object"))?;
        let hooks = [
            ("onSession", self.on_session.is_some()),
            ("onSignOut", self.on_sign_out.is_some()),
            ("isRevoked", self.is_revoked.is_some()),
        ];
        all.extend(hooks.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| (name.into(), json!(true))));
        let config = settings.to_string();
        let core = Core::new(config.clone());
        let ready = core.perform("configure", "", &module::Fields::new(), &[config.as_bytes()])?;
        if ready.kind != "ready" {
            let problem = format!("the option is refused: {}", ready.get("problem"));
            let hint = Some(ready.get("suggestion")).filter(|like| !like.is_empty());
            let message = hint.map_or(problem.clone(), |like| format!("{problem}; like {like}"));
            return Err(Error::new("config_invalid", message, ready.get("parameter")));
        }
        let failed = |cause: BoxError| Error::new("internal_error", format!("no HTTP client: {cause}"), "");
        let inner = Inner {
            core,
            ready,
            on_session: self.on_session.unwrap_or_else(refuse),
            on_sign_out: self.on_sign_out.unwrap_or_else(refuse),
            is_revoked: self.is_revoked.unwrap_or_else(refuse),
            fetch: self.fetch.map_or_else(make_fetch, Ok).map_err(failed)?,
            addresses: Memory::new(32, Duration::MAX),
            renewals: Memory::new(1000, Duration::from_secs(60)),
        };
        Ok(Landfall { inner: Arc::new(inner) })
    }
}

/// Lets nobody in where the settings name a hook that is not there.
fn refuse<I: 'static, O: 'static>() -> Hook<I, O> {
    Arc::new(|_| Box::pin(async { Err("there is no such hook".into()) }))
}
