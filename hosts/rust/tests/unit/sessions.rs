//! Tokens that end, sessions that the app ends, and accounts that are linked.

use super::{App, Browser, Log, ORIGIN, provider, serve, settings, until};
use crate::{Answer, Builder, Landfall};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use axum::extract::{Form, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::StatusCode;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::sleep;

/// A provider that takes each refresh token once. Its first access tokens live for a second.
#[derive(Default)]
struct Rotating {
    serial: AtomicU32,
    renewed: AtomicU32,
    revoked: AtomicU32,
}

async fn give_token(
    State(site): State<Arc<Rotating>>,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let is_renewal = form["grant_type"] == "refresh_token";
    if is_renewal {
        site.renewed.fetch_add(1, SeqCst);
        sleep(Duration::from_millis(50)).await;
        if form["refresh_token"] != format!("refresh-{}", site.serial.load(SeqCst)) {
            return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
        }
    }
    let (serial, life) = (site.serial.fetch_add(1, SeqCst) + 1, if is_renewal { 3600 } else { 1 });
    let answer = json!({ "access_token": format!("access-{serial}"), "token_type": "bearer", "expires_in": life,
        "refresh_token": format!("refresh-{serial}") });
    (StatusCode::OK, Json(answer))
}

/// Signs in a browser, whose access token is over when it returns.
async fn sign_in_for_tokens(change: impl FnOnce(Builder) -> Builder) -> (Arc<Rotating>, App, Browser) {
    let site = Arc::new(Rotating::default());
    let revoke = async |State(site): State<Arc<Rotating>>| _ = site.revoked.fetch_add(1, SeqCst);
    let router = Router::new().route("/token", post(give_token)).route("/revoke", post(revoke));
    let router = router.route("/userinfo", get(|| async { Json(json!({ "sub": "ada" })) }));
    let origin = serve(router.with_state(site.clone())).await;
    let mut own = settings(&origin);
    own["session"] = json!({ "tokens": true });
    own["providers"]["work"]["revocationEndpoint"] = format!("{origin}/revoke").into();
    let app = App::new(change(Landfall::builder(own)));
    let mut browser = app.browser();
    browser.sign_in("code", "/me").await.expect(303, "/me");
    sleep(Duration::from_millis(1100)).await;
    (site, app, browser)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_renew_once() {
    let (site, app, mut browser) = sign_in_for_tokens(|builder| builder).await;
    let old = browser.clone();
    let asks = (0..20).map(|_| {
        let (auth, parts) = (app.auth.clone(), old.parts());
        tokio::spawn(async move {
            let token = auth.get_access_token(&parts, None).await.unwrap();
            assert_eq!(token.access_token, "access-2");
            let life = token.expires.unwrap().duration_since(SystemTime::now()).unwrap();
            assert!(life > Duration::from_secs(59 * 60) && life <= Duration::from_secs(3600), "it lives for {life:?}");
            assert!(count_cookies(&parts) > 0, "no cookie keeps the new token");
        })
    });
    for ask in asks.collect::<Vec<_>>() {
        ask.await.unwrap();
    }
    let late = old.parts();
    assert_eq!(app.auth.get_access_token(&late, None).await.unwrap().access_token, "access-2");
    assert_eq!(site.renewed.load(SeqCst), 1);
    browser.keep(&late);
    let token = app.auth.get_access_token(&browser.parts(), Some(600)).await.unwrap();
    assert_eq!((token.access_token.as_str(), site.renewed.load(SeqCst)), ("access-2", 1));

    browser.send(browser.request("POST", "/auth/sign-out", &[("origin", ORIGIN)])).await.expect(303, "/");
    let error = app.auth.get_access_token(&old.parts(), None).await.err().unwrap();
    assert_eq!(error.code, "refresh_refused");
    assert_eq!((site.renewed.load(SeqCst), site.revoked.load(SeqCst)), (2, 1));
}

/// How many cookies the calls with these parts set.
fn count_cookies(parts: &crate::Parts) -> usize {
    parts.extensions.get::<crate::Passage>().unwrap().take_cookies().count()
}

#[test]
fn a_written_cookie_wins() {
    let passage = crate::Passage::default();
    passage.set_cookies(false, ["a=renewed; Path=/", "b=; Path=/; Max-Age=0; Secure", "c=1", "bad=\n"].into_iter());
    passage.set_cookies(true, ["a=written; Path=/"].into_iter());
    passage.set_cookies(false, ["a=renewed again", "b=renewed", "c=2"].into_iter());
    let lines: Vec<_> = passage.take_cookies().map(|line| line.to_str().unwrap().to_owned()).collect();
    assert_eq!(lines, ["a=written; Path=/", "b=; Path=/; Max-Age=0; Secure", "c=2"]);
    assert_eq!(passage.take_cookies().count(), 0);
}

#[tokio::test]
async fn a_caller_that_leaves_ends_no_renewal() {
    let (site, app, browser) = sign_in_for_tokens(|builder| builder).await;
    let parts = browser.parts();
    tokio::select! {
        _ = app.auth.get_access_token(&parts, None) => {}
        () = until(|| site.renewed.load(SeqCst) == 1) => {}
    }
    assert_eq!(app.auth.get_access_token(&browser.parts(), None).await.unwrap().access_token, "access-2");
    assert_eq!(site.renewed.load(SeqCst), 1);
}

#[tokio::test]
async fn a_refused_refresh_token() {
    let log = Log::start();
    let (site, app, mut browser) = sign_in_for_tokens(|builder| builder).await;
    site.serial.fetch_add(1, SeqCst); // Somebody else has used it.
    let parts = browser.parts();
    assert_eq!(app.auth.get_access_token(&parts, None).await.err().unwrap().code, "refresh_refused");
    assert!(log.text().contains("refresh_refused"), "{}", log.text());
    browser.keep(&parts);
    assert_eq!(browser.get_body("/me").await, "ada null");
    let ask = async |parts| app.auth.get_access_token(&parts, None).await.err().unwrap().code;
    assert_eq!(ask(browser.parts()).await, "access_token_missing");
    assert_eq!(ask(app.browser().parts()).await, "session_missing");
}

#[tokio::test]
async fn sessions_that_the_app_ends() {
    let log = Log::start();
    let answer = Arc::new(Mutex::new(Ok(false)));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (same, sids) = (answer.clone(), asked.clone());
    let (_, app, mut browser) = sign_in_for_tokens(|builder| {
        builder.is_revoked(move |_, session| {
            sids.lock().unwrap().push(session.sid);
            let answer = *same.lock().unwrap();
            async move { answer.map_err(|text: &str| text.into()) }
        })
    })
    .await;
    let (auth, parts) = (&app.auth, browser.parts());
    let sid = auth.get_session(&parts).await.unwrap().unwrap().sid;
    assert_eq!(auth.get_user(&parts).await.unwrap().unwrap().sub.as_deref(), Some("ada"));
    browser.get("/account").await.expect(200, "");
    auth.get_access_token(&browser.parts(), None).await.unwrap();
    assert_eq!(*asked.lock().unwrap(), [sid.clone(), sid.clone(), sid]);

    *answer.lock().unwrap() = Err("the store is down");
    assert_eq!(auth.get_user(&browser.parts()).await.unwrap_err().code, "session_unavailable");
    let page = browser.request("GET", "/account", &[("accept", "text/html"), ("sec-fetch-mode", "navigate")]);
    browser.send(page).await.expect(303, "/auth/auth-code-error?error=session_unavailable");
    assert!(log.text().contains("the store is down"), "{}", log.text());

    *answer.lock().unwrap() = Ok(true);
    let parts = browser.parts();
    assert_eq!(auth.get_user(&parts).await.unwrap(), None);
    assert_eq!(count_cookies(&parts), 2, "the cookies stay");
    let page = browser.request("GET", "/account", &[("accept", "text/html")]);
    browser.send(page).await.expect(303, "/auth/sign-in");
    assert_eq!(browser.get_body("/me").await, "");
}

#[tokio::test]
async fn a_hook_that_only_the_settings_name() {
    let mut own = settings(&serve(provider()).await);
    own["isRevoked"] = json!(true);
    let app = App::new(Landfall::builder(own));
    let mut browser = app.browser();
    browser.sign_in("ada", "/me").await.expect(303, "/me");
    assert_eq!(app.auth.get_user(&browser.parts()).await.unwrap_err().code, "session_unavailable");
}

#[tokio::test]
async fn the_session_in_which_a_sign_in_starts() {
    let found = Arc::new(Mutex::new(Vec::new()));
    let same = found.clone();
    let app = App::start(|builder| {
        builder.on_session(move |sign_in| {
            same.lock().unwrap().push(sign_in.current.and_then(|session| session.user.sub));
            async { Ok(Answer::default()) }
        })
    })
    .await;
    let mut browser = app.browser();
    browser.sign_in("first", "/me").await.expect(303, "/me");
    browser.sign_in("second", "/me").await.expect(303, "/me");
    assert_eq!(*found.lock().unwrap(), [None, Some("first".to_owned())]);
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[tokio::test]
async fn supabase_by_its_keys() {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let point = pair.public_key().as_ref();
    let keys = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "one", "use": "sig",
        "key_ops": ["verify"], "x": encode(&point[1..33]), "y": encode(&point[33..]) }] });
    let asked = Arc::new(AtomicU32::new(0));
    let same = asked.clone();
    let jwks = async move || {
        same.fetch_add(1, SeqCst);
        Json(keys)
    };
    let url = serve(Router::new().route("/auth/v1/.well-known/jwks.json", get(jwks))).await;
    let project = json!({ "origin": ORIGIN, "supabase": { "url": url, "key": "sb_publishable_key" } });
    let app = App::new(Landfall::builder(project));
    let make = |sub: &str, forge: bool| {
        let part = |value: Value| encode(value.to_string());
        let end = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 3600;
        let claims = json!({ "iss": format!("{url}/auth/v1"), "aud": "authenticated", "sub": sub, "exp": end,
            "iat": end - 3600, "role": "authenticated", "email": "ada@example.test", "session_id": "s",
            "app_metadata": { "provider": "github" } });
        let data = format!("{}.{}", part(json!({ "alg": "ES256", "kid": "one", "typ": "JWT" })), part(claims));
        let mut signature = pair.sign(&SystemRandom::new(), data.as_bytes()).unwrap().as_ref().to_vec();
        signature[40] ^= u8::from(forge);
        let session = json!({ "access_token": format!("{data}.{}", encode(signature)), "refresh_token": "refresh",
            "expires_at": end, "expires_in": 3600, "token_type": "bearer",
            "user": { "id": sub, "email": "ada@example.test" } });
        let mut browser = app.browser();
        browser.cookies.insert("sb-127-auth-token".into(), format!("base64-{}", part(session)));
        browser.parts()
    };
    let session = app.auth.get_session(&make("ada", false)).await.unwrap().unwrap();
    assert!(!session.verified && session.created == 0 && asked.load(SeqCst) == 0, "{session:?}");
    for _ in 0..3 {
        let user = app.auth.get_user(&make("ada", false)).await.unwrap().unwrap();
        assert_eq!((user.sub.as_deref(), user.provider.as_str()), (Some("ada"), "github"));
    }
    assert_eq!(app.auth.get_user(&make("eve", true)).await.unwrap(), None);
    assert_eq!(asked.load(SeqCst), 1);
}
