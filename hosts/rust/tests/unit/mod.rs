//! An app behind the layer, a provider, and a browser, for the tests of the package.

mod fetch;
mod hostile;
mod keys;
mod memory;
mod module;
mod next;
mod sessions;
mod sign_in;

use crate::{Builder, Landfall, Parts, Profile};
use axum::body::{Body, to_bytes};
use axum::extract::{Form, RawQuery, State};
use axum::response::{IntoResponse, Result};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use http::header::{AUTHORIZATION, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Write;
use std::sync::Once;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::sleep;
use tower::ServiceExt;

const SECRET: &str = "a secret of a host under test: 32 bytes and more";
const ORIGIN: &str = "http://127.0.0.1:3000";

/// Serves a router until the test ends, and gives its origin.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    origin
}

/// A provider whose token is the code, and whose profile has the token as its sub.
fn provider() -> Router {
    let token = |Form(form): Form<HashMap<String, String>>| async move {
        Json(json!({ "access_token": form["code"], "token_type": "bearer" }))
    };
    let userinfo = |headers: HeaderMap| async move {
        let (_, token) = headers[AUTHORIZATION].to_str().unwrap().split_once(' ').unwrap();
        Json(json!({ "sub": token, "name": "Ada Lovelace" }))
    };
    Router::new().route("/token", post(token)).route("/userinfo", get(userinfo))
}

/// The settings of an app at ORIGIN with the provider `work`.
fn settings(provider: &str) -> Value {
    let at = |path: &str| format!("{provider}{path}");
    let work = json!({ "clientId": "id", "clientSecret": "secret", "authorizationEndpoint": at("/authorize"),
        "tokenEndpoint": at("/token"), "userinfoEndpoint": at("/userinfo") });
    json!({ "origin": ORIGIN, "secret": SECRET, "session": true, "providers": { "work": work } })
}

#[derive(Clone)]
struct App {
    auth: Landfall,
    router: Router,
}

async fn show(State(auth): State<Landfall>, request: Parts) -> String {
    let session = auth.get_session(&request).await.unwrap();
    session.map(|session| format!("{} {}", session.user.sub.unwrap_or_default(), session.data)).unwrap_or_default()
}

async fn account(State(auth): State<Landfall>, request: Parts) -> Result<String> {
    Ok(auth.require(&request).await?.user.name.unwrap_or_default())
}

async fn password(State(auth): State<Landfall>, RawQuery(sub): RawQuery, request: Parts) -> impl IntoResponse {
    let user = Profile { provider: "password".into(), sub, ..Profile::default() };
    match auth.create_session(&request, &user, json!({ "n": 1 })).await {
        Ok(session) => (StatusCode::OK, session.sid),
        Err(error) => (StatusCode::BAD_REQUEST, error.to_string()),
    }
}

async fn change(State(auth): State<Landfall>, request: Parts) -> String {
    let session = auth.update_session(&request, json!({ "n": 2 })).await.unwrap();
    session.map_or("nobody".into(), |session| session.sid)
}

impl App {
    fn new(builder: Builder) -> Self {
        let auth = builder.build().unwrap();
        let pages = Router::new().route("/me", get(show)).route("/account", any(account));
        let pages = pages.route("/password", get(password)).route("/data", get(change));
        Self { router: pages.with_state(auth.clone()).layer(auth.layer()), auth }
    }

    /// An app with the provider of this file.
    async fn start(change: impl FnOnce(Builder) -> Builder) -> Self {
        Self::new(change(Landfall::builder(settings(&serve(provider()).await))))
    }

    fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: HashMap::new() }
    }
}

/// An answer whose body has been read.
#[derive(Debug)]
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Page {
    fn location(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    fn cookies(&self) -> String {
        let lines = self.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn expect(self, status: u16, location: &str) -> Self {
        let is_wanted = self.status == status && self.location().starts_with(location);
        assert!(is_wanted, "{} {:?} {}, wanted {status} {location}", self.status, self.location(), self.body);
        self
    }
}

/// A browser has cookies, and follows no redirect.
#[derive(Clone)]
struct Browser {
    router: Router,
    cookies: HashMap<String, String>,
}

impl Browser {
    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
        let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header("host", &ORIGIN[7..]);
        request = request.header(COOKIE, pairs.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap()
    }

    async fn send(&mut self, request: Request<Body>) -> Page {
        let (head, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        for line in head.headers.get_all(SET_COOKIE) {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.into(), value.into());
        }
        self.cookies.retain(|_, value| !value.is_empty());
        let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().into()).unwrap();
        Page { status: head.status, headers: head.headers, body }
    }

    async fn get(&mut self, path: &str) -> Page {
        self.send(self.request("GET", path, &[])).await
    }

    /// Goes to the provider, and gives the address with which it sends the browser back.
    async fn start(&mut self, code: &str, next: &str) -> String {
        let start = self.request(
            "GET",
            &format!("/auth/sign-in?provider=work&next={next}"),
            &[("sec-fetch-site", "same-origin")],
        );
        let start = self.send(start).await.expect(303, "http");
        let (_, state) = start.location().split_once("state=").unwrap();
        format!("/auth/callback/work?code={code}&state={}", state.split('&').next().unwrap())
    }

    async fn sign_in(&mut self, code: &str, next: &str) -> Page {
        let back = self.start(code, next).await;
        self.get(&back).await
    }

    #[track_caller]
    fn get_body(&mut self, path: &str) -> impl Future<Output = String> {
        let request = self.request("GET", path, &[]);
        async move { self.send(request).await.body }
    }

    /// The parts of a request that the layer lets through, and the layer's own view of its cookies.
    fn parts(&self) -> Parts {
        let (mut parts, _) = self.request("GET", "/", &[]).into_parts();
        let passage = crate::Passage::new(&parts);
        parts.extensions.insert(passage);
        parts
    }

    /// Takes the cookies that a call set.
    fn keep(&mut self, parts: &Parts) -> usize {
        let passage = parts.extensions.get::<crate::Passage>().unwrap();
        let lines: Vec<_> = passage.take_cookies().collect();
        for line in &lines {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.into(), value.into());
        }
        self.cookies.retain(|_, value| !value.is_empty());
        lines.len()
    }
}

/// Waits for something that another task does.
async fn until(is_done: impl Fn() -> bool) {
    while !is_done() {
        sleep(Duration::from_millis(1)).await;
    }
}

thread_local! {
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Takes what the log says in this thread from now on, which is the thread of one test.
struct Log;

impl Log {
    /// There is one subscriber: those of single threads miss what another thread has met first.
    fn start() -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| tracing_subscriber::fmt().with_writer(|| Log).with_ansi(false).init());
        LOG.take();
        Self
    }

    fn text(&self) -> String {
        String::from_utf8(LOG.with_borrow(Clone::clone)).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
