//! The step `fetch`.

use super::module::make_step;
use super::{App, provider, serve, settings};
use crate::Landfall;
use crate::module::Step;
use crate::visit::Visit;
use axum::routing::{any, get, post};
use axum::{Json, Router};
use http::HeaderMap;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_rustls::rustls::{ServerConfig, pki_types::PrivateKeyDer};

/// Makes visits whose steps go to a server.
pub async fn make_visit(router: Router) -> (impl Fn() -> Visit, String) {
    let app = App::new(Landfall::builder(settings("https://work.example")));
    let site = serve(router).await;
    (move || Visit::new(&app.auth, Arc::new(app.browser().parts())), site)
}

/// A FETCH step with a cache_key.
pub fn renewal(url: &str, key: &str) -> Step {
    let fields = [("method", "POST"), ("url", url), ("max_bytes", "9"), ("deadline", "20000"), ("max_age", "60")];
    make_step("fetch", &[&fields[..], &[("patience", "500"), ("cache_key", key)]].concat(), &[])
}

#[tokio::test]
async fn requests() {
    let echo = |headers: HeaderMap, body: String| async move {
        let names: HashMap<_, _> =
            headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.clone())).collect();
        assert!(!names.contains_key("cookie") && names["user-agent"] == "landfall", "{names:?}");
        ([("content-type", names["x-type"].clone())], body)
    };
    let slow = || async {
        sleep(Duration::from_secs(60)).await;
    };
    let router = Router::new().route("/", post(echo)).route("/slow", post(slow));
    let busy = || async { (http::StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "7")]) };
    let (visits, site) = make_visit(router.route("/busy", post(busy))).await;
    let ask = async |url: &str, max_bytes: &str, deadline: &str| {
        let fields =
            [("method", "POST"), ("url", url), ("body", "12345"), ("max_bytes", max_bytes), ("deadline", deadline)];
        let mut all = visits().fetch(&make_step("fetch", &fields, &["x-type", "text/plain"])).await;
        all.retain(|name, value| !value.is_empty() && *name != "cause");
        let text = |value| String::from_utf8(value).unwrap();
        let mut list: Vec<_> = all.into_iter().map(|(name, value)| format!("{name}={}", text(value))).collect();
        list.sort();
        list.join(" ")
    };
    let site = |path: &str| format!("{site}{path}");
    assert_eq!(ask(&site("/"), "5", "5000").await, "answer=12345 content_type=text/plain status=200");
    assert_eq!(ask(&site("/"), "4", "5000").await, "failure=too_large");
    assert_eq!(ask(&site("/busy"), "9", "5000").await, "retry_after=7 status=503");
    assert_eq!(ask(&site("/slow"), "9", "100").await, "failure=timeout");
    assert_eq!(ask("http://127.0.0.1:1/", "9", "5000").await, "failure=network");
    for wrong in ["", "/path", "ftp://work.example/", "http://", "http://a b/"] {
        assert_eq!(ask(wrong, "9", "5000").await, "failure=network", "{wrong}");
    }
}

#[tokio::test]
async fn keeping() {
    let asked = Arc::new(AtomicU32::new(0));
    let same = asked.clone();
    let (visits, site) = make_visit(Router::new().fallback(any(async move || {
        same.fetch_add(1, SeqCst);
    })))
    .await;
    for (max_age, again, is_good, wanted) in [
        ("0", "", true, 1),
        ("600", "", false, 2),
        ("600", "", true, 3),
        ("600", "", true, 3),
        ("0", "", true, 4),
        ("600", "1", true, 5),
        ("600", "1", true, 5),
        ("600", "", true, 5),
    ] {
        let fields =
            [("method", "GET"), ("url", &*site), ("max_bytes", "9"), ("deadline", "5000"), ("max_age", max_age)];
        let mut visit = visits();
        visit.fetch(&make_step("fetch", &[&fields[..], &[("again", again)]].concat(), &[])).await;
        if let Some(fetched) = &mut visit.fetched {
            fetched.is_good = is_good;
        }
        assert_eq!(asked.load(SeqCst), wanted, "{max_age} {again} {is_good}");
    }
}

#[tokio::test]
async fn metadata_is_asked_once() {
    let (asked, listener) = (Arc::new(AtomicU32::new(0)), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let site = format!("http://{}", listener.local_addr().unwrap());
    let (same, issuer) = (asked.clone(), site.clone());
    let metadata = async move || {
        same.fetch_add(1, SeqCst);
        Json(json!({ "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks"),
            "response_types_supported": ["code"] }))
    };
    let router = Router::new().route("/.well-known/openid-configuration", get(metadata));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let mut own = settings(&site);
    own["providers"]["work"] = json!({ "issuer": site, "clientId": "id", "clientSecret": "secret" });
    let mut browser = App::new(Landfall::builder(own)).browser();
    for _ in 0..3 {
        browser.get("/auth/sign-in?provider=work").await.expect(303, &format!("{site}/authorize"));
    }
    assert_eq!(asked.load(SeqCst), 1);
}

#[tokio::test]
async fn a_certificate_that_nobody_knows() {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key);
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config.unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = acceptor.accept(stream).await;
        }
    });
    let mut own = settings(&serve(provider()).await);
    own["providers"]["work"]["tokenEndpoint"] = format!("https://{address}/token").into();
    let mut browser = App::new(Landfall::builder(own)).browser();
    browser.sign_in("code", "/me").await.expect(303, "/auth/auth-code-error?error=certificate_untrusted");
}

#[tokio::test]
async fn the_scheme_of_the_connection() {
    let mut own = settings("https://work.example");
    own["origin"] = json!({ "trustedHosts": ["app.example"] });
    let browser = App::new(Landfall::builder(own)).browser();
    let ask = |extension: Option<http::uri::Scheme>| {
        let mut request = browser.request("GET", "/auth/sign-in?provider=work", &[]);
        request.headers_mut().insert("host", "app.example".parse().unwrap());
        request.extensions_mut().extend(
            extension
                .map(|scheme| {
                    let mut own = http::Extensions::new();
                    own.insert(scheme);
                    own
                })
                .unwrap_or_default(),
        );
        let mut browser = browser.clone();
        async move { browser.send(request).await.status.as_u16() }
    };
    assert_eq!((ask(None).await, ask(Some(http::uri::Scheme::HTTPS)).await), (400, 303));
}
