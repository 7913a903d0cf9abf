//! Who is signed in.

use crate::module::{Fields, Step};
use crate::visit::Visit;
use crate::{Error, Landfall};
use http::Response;
use http::request::Parts;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Operations that change a session, where others keep it.
const WRITING: [&str; 3] = ["create_session", "update_session", "get_access_token"];

/// Who a person is, in the same form for every provider; `None` where the provider does not say it. Through Supabase,
/// `provider` may be empty.
///
/// Accounts hang on `provider` and `sub`, never on `email`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Profile {
    #[serde(deserialize_with = "read_or_default")]
    pub provider: String,
    pub sub: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub email_verified: bool,
    pub picture: Option<String>,
    pub username: Option<String>,
    pub locale: Option<String>,
}

/// Reads `null` as an absent value.
fn read_or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(value: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

/// A session of somebody who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The person.
    pub user: Profile,
    /// The provider's name in the settings.
    #[serde(deserialize_with = "read_or_default")]
    pub provider: String,
    /// The session's own name, random.
    #[serde(deserialize_with = "read_or_default")]
    pub sid: String,
    /// Seconds since 1970; 0 through Supabase.
    #[serde(deserialize_with = "read_or_default")]
    pub created: u64,
    /// Seconds since 1970; 0 through Supabase.
    #[serde(deserialize_with = "read_or_default")]
    pub expires: u64,
    /// The app's own data; `null` for none.
    pub data: Value,
    /// False from [`Landfall::get_session`] through Supabase: nobody has verified its cookies.
    pub verified: bool,
}

impl Session {
    /// Reads a session as JSON; none for an empty text.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, serde_json::Error> {
        if text.is_empty() { Ok(None) } else { serde_json::from_str(text) }
    }
}

/// An access token of a provider.
#[derive(Clone)]
pub struct AccessToken {
    /// The token itself.
    pub access_token: String,
    /// When it ends, where somebody says it.
    pub expires: Option<SystemTime>,
}

/// Whose sessions a provider has ended: the one that the ID Token's claim `sid` names, or without it all of `sub`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Logout {
    pub provider: String,
    pub sub: Option<String>,
    pub sid: Option<String>,
    /// The token's own name.
    pub jti: String,
}

/// Who is signed in. These calls set the cookies that keep a session: [`Landfall::layer`] adds them to the response. So
/// the request must have come through the layer.
impl Landfall {
    /// Gives who is signed in. It makes no request, and asks no hook.
    pub async fn get_session(&self, request: &Parts) -> Result<Option<Session>, Error> {
        Ok(self.session(request, "get_session", Fields::new()).await?)
    }

    /// Gives who is signed in, verified and asked about at the hook `is_revoked`. Through Supabase it may make
    /// requests.
    pub async fn get_user(&self, request: &Parts) -> Result<Option<Profile>, Error> {
        Ok(self.session(request, "get_user", Fields::new()).await?.map(|session| session.user))
    }

    /// Gives who is signed in, verified as by [`Landfall::get_user`].
    ///
    /// The error is the response for everybody else: a page leads to the sign-in, a fetch gets 401, and a change that
    /// another site asks for gets 403.
    #[allow(clippy::result_large_err)]
    pub async fn require(&self, request: &Parts) -> Result<Session, Response<String>> {
        let session = self.session(request, "require_session", Fields::new()).await.map_err(Refusal::respond)?;
        session.ok_or_else(|| self.refuse(request, no_session()).respond())
    }

    /// Gives an access token of the person's provider that lives for a minimum of seconds, by default 60. It renews the
    /// token where it must.
    pub async fn get_access_token(&self, request: &Parts, minimum: Option<u32>) -> Result<AccessToken, Error> {
        let minimum = minimum.map(|seconds| seconds.to_string()).unwrap_or_default();
        let step = self.ask(request, "get_access_token", Fields::from([("minimum", minimum.into())])).await?;
        let expires = Some(step.number("expires_at")).filter(|seconds| *seconds > 0);
        let expires = expires.map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        Ok(AccessToken { access_token: step.get("access_token").into(), expires })
    }

    /// Signs in a person whom the app knows itself. The data are the app's own, written as JSON.
    pub async fn create_session(
        &self,
        request: &Parts,
        user: &Profile,
        data: impl Serialize,
    ) -> Result<Session, Error> {
        let given = Fields::from([("user", to_json(user)?), ("data", to_json(data)?)]);
        self.session(request, "create_session", given).await?.ok_or_else(no_session)
    }

    /// Replaces the app's data in the session. Where nobody is signed in, it gives none.
    pub async fn update_session(&self, request: &Parts, data: impl Serialize) -> Result<Option<Session>, Error> {
        Ok(self.session(request, "update_session", Fields::from([("data", to_json(data)?)])).await?)
    }

    /// Checks the logout token in a form that a provider posts (OpenID Connect Back-Channel Logout 2.5). Answer 200, and
    /// 400 for an error.
    pub async fn verify_logout_token(&self, request: &Parts, body: &[u8]) -> Result<Logout, Error> {
        let given = Fields::from([("has_body", b"1".to_vec()), ("body", body.to_vec())]);
        let step = self.ask(request, "verify_logout_token", given).await?;
        let get = |name| Some(step.get(name).to_owned()).filter(|text| !text.is_empty());
        let (provider, jti) = (step.get("provider").into(), step.get("jti").into());
        Ok(Logout { provider, sub: get("sub"), sid: get("sid"), jti })
    }

    async fn session(
        &self,
        request: &Parts,
        operation: &'static str,
        given: Fields,
    ) -> Result<Option<Session>, Refusal> {
        let step = self.ask(request, operation, given).await?;
        let failed = |error: serde_json::Error| Error::new("internal_error", error.to_string(), "");
        Session::parse(step.get("session")).map_err(|error| self.refuse(request, failed(error)))
    }

    /// Performs an operation, and passes on the cookies of its answer.
    async fn ask(&self, request: &Parts, operation: &'static str, given: Fields) -> Result<Step, Refusal> {
        let mut visit = Visit::new(self, Arc::new(request.clone()));
        if visit.passage.url.is_empty() {
            let message = "the request did not come through Landfall's layer: put the layer around the whole app";
            return Err(self.refuse(request, Error::new("argument_invalid", message, "request")));
        }
        visit.given.extend(given);
        let first = visit.perform(operation, Fields::new());
        let (visit, step) = visit.run(operation, first).await;
        if step.kind == "respond" {
            return Err(Refusal { visit, step });
        }
        visit.passage.set_cookies(WRITING.contains(&operation), step.list().iter().map(String::as_str));
        Ok(step)
    }

    fn refuse(&self, request: &Parts, error: Error) -> Refusal {
        let (visit, step) = Visit::new(self, Arc::new(request.clone())).fail(error);
        Refusal { visit, step }
    }
}

/// A RESPOND instead of an answer: an error for a caller, or a response for the browser.
struct Refusal {
    visit: Visit,
    step: Step,
}

impl Refusal {
    fn respond(self) -> Response<String> {
        self.visit.respond(&self.step)
    }
}

impl From<Refusal> for Error {
    fn from(Refusal { visit, step }: Refusal) -> Self {
        let lines = step.pairs().filter(|(name, _)| *name == "set-cookie");
        visit.passage.set_cookies(false, lines.map(|(_, line)| line));
        visit.log(&step);
        let own =
            visit.cause.and_then(|cause| cause.downcast::<Self>().ok()).filter(|own| own.code == step.get("code"));
        // The host's own failure says more.
        own.map_or_else(|| Self::new(step.get("code"), step.get("message"), step.get("parameter")), |own| *own)
    }
}

fn no_session() -> Error {
    Error::new("internal_error", "the module gave no session", "")
}

fn to_json(value: impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(&value).map_err(|error| Error::new("argument_invalid", error.to_string(), "data"))
}
