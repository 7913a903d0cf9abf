//! Whole sign-ins, traps in the middle, and what an app does wrong.

use super::{App, Log, ORIGIN, SECRET, provider, serve, settings, until};
use crate::{Answer, BoxError, Landfall, Profile, SignIn};
use axum::middleware::{Next, from_fn};
use http::{HeaderMap, Request, Response};
use serde_json::json;
use std::future::{Ready, ready};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use tower::{Layer, ServiceExt, service_fn};

fn mine() -> HeaderMap {
    HeaderMap::from_iter([("set-cookie".parse().unwrap(), "mine=1".parse().unwrap())])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_sign_ins_at_once() {
    let app = App::start(|builder| builder).await;
    let people = (0..100).map(|n| {
        let mut browser = app.browser();
        tokio::spawn(async move {
            let code = format!("person-{n}");
            browser.sign_in(&code, "/me").await.expect(303, "/me");
            assert_eq!(browser.get_body("/me").await, format!("{code} null"));
        })
    });
    for person in people.collect::<Vec<_>>() {
        person.await.unwrap();
    }
}

#[tokio::test]
async fn a_trap_in_the_middle() {
    let log = Log::start();
    let own: Arc<OnceLock<Landfall>> = Arc::default();
    let same = own.clone();
    let app = App::start(|builder| {
        builder.on_session(move |sign_in| {
            if sign_in.next == "/trap" {
                same.get().unwrap().spoil();
            }
            async { Ok(Answer { headers: mine(), ..Answer::default() }) }
        })
    })
    .await;
    own.set(app.auth.clone()).unwrap();
    let mut browser = app.browser();
    let broken = browser.sign_in("one", "/trap").await.expect(303, "/auth/auth-code-error?error=internal_error");
    assert!(!broken.cookies().contains("mine"), "a sign-in that failed set {}", broken.cookies());
    assert!(log.text().contains("WARN") && log.text().contains("the module failed"), "{}", log.text());
    assert_eq!(browser.get_body("/me").await, "");
    assert!(browser.sign_in("two", "/me").await.expect(303, "/me").cookies().contains("mine=1"));
    assert_eq!(browser.get_body("/me").await, "two null");

    app.auth.spoil();
    let page = browser.get("/auth/auth-code-error?error=state_mismatch").await;
    assert!(page.body.contains('<'), "the error page after a trap: {page:?}");
    app.auth.spoil();
    assert_eq!(app.auth.check_next("/a", ""), None);
    assert_eq!(app.auth.check_next("/a", ""), Some("/a".into()));
    assert_eq!(browser.get_body("/me").await, "two null");
}

#[tokio::test]
async fn a_hook_that_panics() {
    let app = App::start(|builder| {
        builder.on_session(|sign_in| async move {
            assert_ne!(sign_in.next, "/panic");
            Ok(Answer::default())
        })
    })
    .await;
    let mut browser = app.browser();
    browser.sign_in("one", "/panic").await.expect(303, "/auth/auth-code-error?error=internal_error");
    browser.sign_in("two", "/me").await.expect(303, "/me");
}

#[tokio::test]
async fn a_large_request() {
    let mut browser = App::start(|builder| builder).await.browser();
    browser.cookies.insert("large".into(), "a".repeat(3 << 20));
    let location = "/auth/auth-code-error?error=request_too_large";
    browser.get("/auth/sign-in?provider=work").await.expect(303, location);
    assert!(browser.get_body("/auth/auth-code-error").await.contains("<"), "the error page leads to itself");
}

#[tokio::test]
async fn a_client_that_leaves() {
    let (asked, signed_in) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
    let (same, notify) = (asked.clone(), signed_in.clone());
    let slow = provider().layer(from_fn(move |request, next: Next| {
        same.store(true, SeqCst);
        async {
            sleep(Duration::from_millis(50)).await;
            next.run(request).await
        }
    }));
    let builder = Landfall::builder(settings(&serve(slow).await)).on_session(move |_| {
        notify.notify_one();
        async { Ok(Answer::default()) }
    });
    let mut browser = App::new(builder).browser();
    let back = browser.start("code", "/me").await;
    tokio::select! {
        _ = browser.get(&back) => {}
        () = until(|| asked.load(SeqCst)) => {}
    }
    timeout(Duration::from_secs(20), signed_in.notified()).await.expect("the sign-in ends without its client");
}

#[tokio::test]
async fn a_session_from_beginning_to_end() {
    let app = App::start(|builder| {
        builder.on_session(|sign_in| async move {
            assert_eq!((sign_in.profile.sub.as_deref(), sign_in.provider.as_str()), (Some("person"), "work"));
            assert_eq!(sign_in.session["access_token"], "person");
            let mut headers = mine();
            headers.insert("x-mine", "1".parse()?);
            headers.insert("location", "https://evil.example".parse()?);
            Ok(Answer { data: Some(json!({ "role": "admin" })), headers, ..Answer::default() })
        })
    })
    .await;
    let mut browser = app.browser();
    browser.send(browser.request("GET", "/account", &[("accept", "text/html")])).await.expect(303, "/auth/sign-in?");
    let fetch = browser.request("GET", "/account", &[("sec-fetch-dest", "empty"), ("accept", "application/json")]);
    browser.send(fetch).await.expect(401, "");
    assert_eq!(browser.get_body("/data").await, "nobody");
    let back = browser.sign_in("person", "/me").await.expect(303, "/me");
    assert!(back.cookies().contains("mine=1") && back.cookies().contains("landfall-session="), "{}", back.cookies());
    assert_eq!((back.headers.get_all("location").iter().count(), &back.headers["x-mine"]), (1, &"1".parse().unwrap()));
    assert_eq!(browser.get_body("/me").await, r#"person {"role":"admin"}"#);
    assert_eq!(browser.get_body("/account").await, "Ada Lovelace");
    let theirs =
        browser.request("POST", "/account", &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]);
    browser.send(theirs).await.expect(403, "");
    browser.get("/data").await;
    assert_eq!(browser.get_body("/me").await, r#"person {"n":2}"#);
    browser.get("/password?42").await.expect(200, "");
    assert_eq!(browser.get_body("/me").await, r#"42 {"n":1}"#);
    let parts = browser.parts();
    assert_eq!(app.auth.update_session(&parts, ()).await.unwrap().unwrap().data, json!(null));
    assert_eq!(app.auth.update_session(&parts, u64::MAX).await.unwrap().unwrap().data, json!(u64::MAX));
    let huge = app.auth.update_session(&parts, "a".repeat(3 << 20)).await.unwrap_err();
    assert_eq!((huge.code.as_str(), huge.message.contains("module")), ("request_too_large", true));
    browser.get("/password").await.expect(400, "");
    browser.cookies.insert("landfall-session".into(), "forged".into());
    assert_eq!(browser.get_body("/me").await, "");
    let out = browser.request("POST", "/auth/sign-out", &[("origin", ORIGIN)]);
    browser.send(out).await.expect(303, "/");
}

#[tokio::test]
async fn refusals() {
    type Hook = fn(SignIn) -> Ready<Result<Answer, BoxError>>;
    let astray: Hook = |_| {
        let redirect = Some("//evil.example".into());
        ready(Ok(Answer { redirect, headers: mine(), ..Answer::default() }))
    };
    for hook in [Some((|_| ready(Err("no".into()))) as Hook), Some(astray), None] {
        let mut own = settings(&serve(provider()).await);
        own["onSession"] = json!(true);
        let builder = Landfall::builder(own);
        let mut browser = App::new(match hook {
            Some(hook) => builder.on_session(hook),
            None => builder,
        })
        .browser();
        let back = browser.sign_in("person", "/me").await.expect(303, "/auth/auth-code-error?error=session_refused");
        assert!(!back.cookies().contains("mine=1"), "a refusal set the app's cookie");
        assert_eq!(browser.get_body("/me").await, "");
    }
}

#[tokio::test]
async fn options() {
    let providers = json!({ "work": { "use": "github", "clientId": "id", "clientSecret": "secret" } });
    for (parameter, own) in [
        ("settings", json!(null)),
        ("settings", json!([1])),
        ("basePath", json!({ "basePath": 7, "providers": providers })),
        ("provider", json!({ "provider": {}, "providers": providers })),
        ("session.name", json!({ "session": { "name": 1 }, "secret": SECRET, "providers": providers })),
    ] {
        let error = Landfall::builder(own).build().unwrap_err();
        assert!(error.code == "config_invalid" && error.parameter.contains(parameter), "{parameter}: {error}");
        assert!(error.to_string().starts_with(&format!("landfall: config_invalid {}: ", error.parameter)));
    }
    let no_json = std::collections::HashMap::from([((1, 2), 3)]);
    assert_eq!(Landfall::builder(no_json).build().unwrap_err().parameter, "settings");
    let mut own = settings("https://work.example");
    own["secret"] = "".into();
    let page = App::new(Landfall::builder(own)).browser().get("/auth/sign-in?provider=work").await;
    assert!(!page.location().contains("work.example"), "a sign-in started without the secret");
}

#[tokio::test]
async fn a_request_that_did_not_come_through_the_layer() {
    let app = App::start(|builder| builder).await;
    let (parts, _) = app.browser().request("GET", "/", &[]).into_parts();
    assert_eq!(app.auth.get_session(&parts).await.unwrap_err().code, "argument_invalid");
    assert_eq!(app.auth.create_session(&parts, &Profile::default(), 1).await.unwrap_err().code, "argument_invalid");
    assert_eq!(app.auth.require(&parts).await.unwrap_err().status(), 400);
}

#[tokio::test]
async fn a_service_without_axum() {
    let inner = service_fn(|_: Request<String>| async { Ok::<_, BoxError>(Response::new("inside".to_owned())) });
    let service = App::start(|builder| builder).await.auth.layer().layer(inner);
    let ask = |path: &str| service.clone().oneshot(Request::get(path).body(String::new()).unwrap());
    assert_eq!(ask("/").await.unwrap().into_body(), "inside");
    assert_eq!(ask("/auth/sign-in?provider=work").await.unwrap().status(), 303);
}
