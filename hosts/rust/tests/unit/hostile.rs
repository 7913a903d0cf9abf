//! Token endpoints and browsers that do what they should not.

use super::{App, provider, serve, settings};
use crate::Landfall;
use axum::extract::Request;
use axum::routing::get;
use axum::{Json, Router};
use flate2::{Compression, write::GzEncoder};
use http::HeaderValue;
use serde_json::json;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const GOOD: &str = r#"{"access_token":"person","token_type":"bearer"}"#;

fn pack(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}

/// Serves the same bytes to everybody, and counts who asks.
async fn serve_bytes(head: &str, body: &[u8], is_endless: bool) -> (String, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (site, asked) = (format!("http://{}", listener.local_addr().unwrap()), Arc::new(AtomicU32::new(0)));
    let (same, bytes) = (asked.clone(), [head.as_bytes(), body].concat());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            same.fetch_add(1, SeqCst);
            let bytes = bytes.clone();
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let mut last = stream.write_all(&bytes).await;
                while is_endless && last.is_ok() {
                    last = stream.write_all(&[b' '; 65536]).await;
                }
            });
        }
    });
    (site, asked)
}

#[tokio::test]
async fn hostile_token_endpoints() {
    let good = GOOD.as_bytes();
    let profile = Router::new().route("/userinfo", get(|| async { Json(json!({ "sub": "person" })) }));
    let profile = serve(profile).await;
    for (name, status, more, body, wanted) in [
        ("good", "200 OK", "", good.to_vec(), "/me"),
        ("a redirect", "307 X", "Location: /token\r\n", good.to_vec(), "token_redirect"),
        ("a redirect to no address", "302 X", "Location: http://%zz\r\n", good.to_vec(), "token_redirect"),
        ("gzip", "200 OK", "Content-Encoding: gzip\r\n", pack(good), "/me"),
        ("a gzip bomb", "200 OK", "Content-Encoding: gzip\r\n", pack(&vec![b' '; 64 << 20]), "token_"),
        ("half of gzip", "200 OK", "Content-Encoding: gzip\r\n", pack(good)[..30].to_vec(), "token_"),
        ("an endless body", "200 OK", "", good.to_vec(), "token_"),
        ("a body that breaks off", "200 OK", "Content-Length: 5000\r\n", good.to_vec(), "token_"),
        ("no response", "", "", Vec::new(), "token_"),
        ("a cookie", "200 OK", "Set-Cookie: foreign=1\r\n", good.to_vec(), "/me"),
    ] {
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n{more}\r\n");
        let head = if status.is_empty() { String::new() } else { head };
        let (site, asked) = serve_bytes(&head, &body, name == "an endless body").await;
        let mut own = settings(&site);
        own["providers"]["work"]["userinfoEndpoint"] = format!("{profile}/userinfo").into();
        let app = App::new(Landfall::builder(own));
        for _ in 0..2 {
            let back = app.browser().sign_in("code", "/me").await;
            assert!(back.status == 303 && back.location().contains(wanted), "{name}: {back:?}");
        }
        assert_eq!(asked.load(SeqCst), 2, "{name}: the code was sent too often");
    }
}

#[tokio::test]
async fn whatever_a_browser_sends() {
    let app = App::new(Landfall::builder(settings(&serve(provider()).await)));
    let browser = app.browser();
    let targets = [
        "*",
        "/",
        "//",
        "/auth/callback/work?code=a&state=b",
        "/auth/%2e%2e/x",
        "http://a.example/auth/sign-in",
        "/auth/sign-in?provider=work&next=%ff%00",
        "/auth/auth-code-error?error=%0d%0a",
        "/auth/sign-out",
        "/account",
    ];
    let values: [&[u8]; 5] =
        [b"", b"a=b; a=\xff", b"\xff\xfe", b"https://evil.example, x", b"application/x-www-form-urlencoded"];
    for method in ["GET", "HEAD", "POST", "OPTIONS", "DELETE", "ODD"] {
        for target in targets {
            for name in ["cookie", "host", "origin", "accept", "content-type", "x-forwarded-host", "sec-fetch-site"] {
                for value in values {
                    let mut request: Request = browser.request(method, target, &[]);
                    request.headers_mut().append(name, HeaderValue::from_bytes(value).unwrap());
                    let page = browser.clone().send(request).await;
                    let is_good = page.status.as_u16() < 500 && !page.location().contains("internal_error");
                    assert!(is_good, "{method} {target} {name}: {value:?}: {page:?}");
                }
            }
        }
    }
}
