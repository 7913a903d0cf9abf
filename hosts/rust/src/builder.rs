//! The options of a [`Landfall`].

use crate::memory::Memory;
use crate::module::{Core, Fields};
use crate::{Answer, BoxError, Error, Fetch, Hook, Inner, Landfall, Parts, Session, SignIn, make_fetch};
use http::{Request, Response};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

pub(crate) struct Hooks {
    pub on_session: Hook<SignIn, Answer>,
    pub on_sign_out: Hook<Arc<Parts>, Answer>,
    pub is_revoked: Hook<(Arc<Parts>, Session), bool>,
}

/// Options of a [`Landfall`].
pub struct Builder {
    settings: Result<Value, serde_json::Error>,
    hooks: Hooks,
    named: Vec<&'static str>,
    fetch: Option<Fetch>,
}

impl Landfall {
    /// Takes the options of docs/options.md by their names there: a `serde_json::Value`, or a struct of the app's own.
    ///
    /// An empty text is a setting that has no value yet, and blocks what needs it.
    pub fn builder(settings: impl Serialize) -> Builder {
        let hooks = Hooks { on_session: refuse(), on_sign_out: refuse(), is_revoked: refuse() };
        Builder { settings: serde_json::to_value(settings), hooks, named: Vec::new(), fetch: None }
    }
}

/// Lets nobody in where the settings alone name a hook.
fn refuse<I: 'static, O: 'static>() -> Hook<I, O> {
    Arc::new(|_| Box::pin(async { Err("there is no such hook".into()) }))
}

impl Builder {
    /// Takes a new sign-in after all checks. An error refuses the person.
    pub fn on_session<F>(mut self, hook: impl Fn(SignIn) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Answer, BoxError>> + Send + 'static,
    {
        self.named.push("onSession");
        self.hooks.on_session = Arc::new(move |sign_in| Box::pin(hook(sign_in)));
        self
    }

    /// Ends the app's own session. An error makes the sign-out fail.
    pub fn on_sign_out<F>(mut self, hook: impl Fn(Arc<Parts>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Answer, BoxError>> + Send + 'static,
    {
        self.named.push("onSignOut");
        self.hooks.on_sign_out = Arc::new(move |request| Box::pin(hook(request)));
        self
    }

    /// Tells whether the app has ended a session, by its `sid`. [`Landfall::get_user`], [`Landfall::require`] and
    /// [`Landfall::get_access_token`] ask it. An error lets nobody in.
    pub fn is_revoked<F>(mut self, hook: impl Fn(Arc<Parts>, Session) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<bool, BoxError>> + Send + 'static,
    {
        self.named.push("isRevoked");
        self.hooks.is_revoked = Arc::new(move |(request, session)| Box::pin(hook(request, session)));
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
        let wrong = |message: &str, parameter: &str| Error::new("config_invalid", message, parameter);
        let mut settings = self.settings.map_err(|error| wrong(&error.to_string(), "settings"))?;
        let all = settings.as_object_mut().ok_or_else(|| wrong("they are no JSON object", "settings"))?;
        all.extend(self.named.into_iter().map(|hook| (hook.into(), json!(true))));
        let config = settings.to_string();
        let core = Core::new(config.clone());
        let ready = core.perform("configure", "", &Fields::new(), &[config.as_bytes()])?;
        if ready.kind != "ready" {
            let problem = format!("the option is refused: {}; like {}", ready.get("problem"), ready.get("suggestion"));
            return Err(wrong(problem.trim_end_matches("; like "), ready.get("parameter")));
        }
        let failed = |cause: BoxError| Error::new("internal_error", format!("there is no HTTP client: {cause}"), "");
        let fetch = self.fetch.map_or_else(make_fetch, Ok).map_err(failed)?;
        let (addresses, renewals) = (Memory::new(32, Duration::MAX), Memory::new(1000, Duration::from_secs(60)));
        Ok(Landfall { inner: Arc::new(Inner { core, ready, hooks: self.hooks, fetch, addresses, renewals }) })
    }
}
