//! A host under test: docs/abi.md says what it takes and prints ("Test your host").

use axum::Router;
use axum::body::Body;
use http::header::SET_COOKIE;
use http::{HeaderMap, Request, StatusCode, Uri, header::COOKIE};
use landfall::{Answer, BoxError, Landfall, Logout, Parts, Revoke, SignIn, make_fetch};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::env;
use std::sync::{Arc, Mutex};

/// Providers and tokens by the value of the app's cookie.
type Sessions = Arc<Mutex<HashMap<String, (String, String)>>>;

fn set_cookie(line: &str) -> HeaderMap {
    HeaderMap::from_iter([(SET_COOKIE, line.parse().expect("it is ASCII"))])
}

fn sign_in(sessions: &Sessions, own: SignIn) -> Result<Answer, BoxError> {
    let SignIn { provider, next, redirect_type, session, current, .. } = own;
    let current = current.map(|session| session.provider).unwrap_or_default();
    let token = session["access_token"].as_str().unwrap_or_default().to_owned();
    let event = json!({ "hook": "session", "provider": provider, "next": next, "redirect_type": redirect_type,
        "current": current, "session": session });
    println!("{event}");
    if next == "/refused" {
        return Err("this person may not sign in".into());
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let headers = set_cookie(&format!("app-session={id}; Path=/; HttpOnly; SameSite=Lax"));
    sessions.lock().unwrap().insert(id, (provider, token));
    let ways = HashMap::from([("/first", "/tour"), ("/astray", "//evil.example")]);
    let redirect = ways.get(next.as_str()).map(ToString::to_string);
    Ok(Answer { headers, redirect, ..Answer::default() })
}

fn sign_out(sessions: &Sessions, request: &Parts) -> Result<Answer, BoxError> {
    println!("{}", json!({ "hook": "sign_out" }));
    let lines = request.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split("; ")).filter_map(|pair| pair.split_once('='));
    let id = cookies.find(|(name, _)| *name == "app-session").map(|(_, value)| value).unwrap_or_default();
    if id == "broken" {
        return Err("the database does not answer".into());
    }
    let revoke = sessions.lock().unwrap().remove(id).map(|(provider, token)| {
        let token_type_hint = "access_token".into();
        Revoke { provider, token, token_type_hint }
    });
    Ok(Answer { headers: set_cookie("app-session=; Path=/; Max-Age=0"), revoke, ..Answer::default() })
}

/// Sends a request to the address that its origin has in this network.
fn redirect(addresses: &HashMap<String, String>, mut request: Request<String>) -> Result<Request<String>, BoxError> {
    let url = request.uri();
    let origin =
        format!("{}://{}", url.scheme_str().unwrap_or_default(), url.authority().map_or("", |one| one.as_str()));
    if let Some(address) = addresses.get(&origin) {
        let path = url.path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = format!("{address}{path}").parse::<Uri>()?;
    }
    Ok(request)
}

/// A page of the app: a provider posts there that a session has ended.
async fn end_session(auth: Landfall, request: Request<Body>) -> StatusCode {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    let (status, event) = match auth.verify_logout_token(&parts, &body).await {
        Ok(Logout { provider, sub, sid, jti }) => {
            let (sub, sid) = (sub.unwrap_or_default(), sid.unwrap_or_default());
            (200, json!({ "hook": "logout", "provider": provider, "sub": sub, "sid": sid, "jti": jti }))
        }
        Err(error) => (400, json!({ "hook": "logout", "code": error.code, "parameter": error.parameter })),
    };
    println!("{event}");
    StatusCode::from_u16(status).expect("it is one")
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let read = |name: &str| env::var(name).unwrap_or_else(|_| "{}".into());
    let settings: Value = serde_json::from_str(&read("LANDFALL_OPTIONS"))?;
    let addresses: HashMap<String, String> = serde_json::from_str(&read("LANDFALL_ADDRESSES"))?;
    let sessions = Sessions::default();
    let same = sessions.clone();
    let send = make_fetch()?;
    let auth = Landfall::builder(settings)
        .on_session(move |own| std::future::ready(sign_in(&sessions, own)))
        .on_sign_out(move |request| std::future::ready(sign_out(&same, &request)))
        .fetch(move |request| {
            let (send, request) = (send.clone(), redirect(&addresses, request));
            async move { send(request?).await }
        })
        .build()?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{}", read("PORT"))).await?;
    println!("listening");
    let same = auth.clone();
    let page = axum::routing::any(move |request| end_session(same, request));
    axum::serve(listener, Router::new().route("/logout-token", page).layer(auth.layer())).await?;
    Ok(())
}
