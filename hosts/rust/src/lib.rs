//! Sign-in routes in front of a tower service: OAuth 2.0, OpenID Connect and Supabase Auth.
//!
//! [`Landfall::builder`] takes the options, and [`Landfall::layer`] puts the routes in front of an app. Every rule is
//! in `core.wasm`, which is inside the crate. The crate brings the clock, the random bytes, the network and the
//! cryptography.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod builder;
mod fetch;
mod keys;
mod layer;
mod memory;
mod module;
mod respond;
mod session;
mod visit;

pub use builder::Builder;
pub use fetch::make_fetch;
pub use http::request::Parts;
pub use layer::{LandfallLayer, LandfallService};
pub use session::{AccessToken, Logout, Profile, Session};

use builder::Hooks;
use http::{HeaderMap, Request, Response};
use layer::Passage;
use memory::Memory;
use module::{Core, Step};
use serde_json::Value;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

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
    hooks: Hooks,
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
