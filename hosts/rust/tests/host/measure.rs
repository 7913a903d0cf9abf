//! Measures the host without a network: milliseconds of the start, microseconds of the rest.

use http::header::{COOKIE, LOCATION, SET_COOKIE};
use http::request::Builder;
use http::{Request, Response};
use landfall::{Answer, BoxError, Landfall};
use serde_json::json;
use std::future::ready;
use std::time::{Duration, Instant};
use tower::{Layer, Service, ServiceExt, service_fn};

const SITE: &str = "https://app.example";
const TOKENS: &str = r#"{"access_token":"access","token_type":"bearer","expires_in":3600}"#;
const WARM: u32 = 300;
const RUNS: u32 = 3000;

fn make_auth() -> Result<Landfall, landfall::Error> {
    let work = json!({ "clientId": "id", "clientSecret": "secret",
        "authorizationEndpoint": "https://work.example/authorize", "tokenEndpoint": "https://work.example/token" });
    let settings = json!({ "origin": SITE, "secret": "a secret of a host under test: 32 bytes and more",
        "session": true, "providers": { "work": work } });
    let answer = || Response::builder().header("content-type", "application/json").body(TOKENS.into());
    Landfall::builder(settings)
        .on_session(|_| ready(Ok(Answer::default())))
        .fetch(move |_| ready(answer().map_err(Into::into)))
        .build()
}

fn to_request(builder: Builder) -> Request<String> {
    builder.header("host", "app.example").body(String::new()).expect("it is a request")
}

fn with_cookies(request: Builder, response: &Response<String>) -> Builder {
    let lines = response.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()?.split(';').next());
    request.header(COOKIE, lines.collect::<Vec<_>>().join("; "))
}

async fn measure<F: Future>(run: impl Fn() -> F) -> f64 {
    let mut begin = Instant::now();
    for n in 0..WARM + RUNS {
        if n == WARM {
            begin = Instant::now();
        }
        run().await;
    }
    to_unit(begin.elapsed() / RUNS, 1e6)
}

fn to_unit(time: Duration, unit: f64) -> f64 {
    time.as_secs_f64() * unit
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let begin = Instant::now();
    let auth = make_auth()?;
    let start_up = to_unit(begin.elapsed(), 1e3);

    let inner = service_fn(|_: Request<String>| ready(Ok::<_, BoxError>(Response::new(String::new()))));
    let service = auth.layer().layer(inner);
    let send = |request: &Request<String>| service.clone().oneshot(request.clone());
    let sign_in = to_request(Request::get("/auth/sign-in?provider=work&next=/welcome"));
    let start = send(&sign_in).await?;
    let (_, state) = start.headers()[LOCATION].to_str()?.split_once("state=").ok_or("no state")?;
    let url = format!("/auth/callback/work?code=code&state={}", state.split('&').next().unwrap_or_default());
    let callback = to_request(with_cookies(Request::get(url), &start));
    let back = send(&callback).await?;
    assert_eq!(back.headers()[LOCATION], "/welcome#");
    let page = to_request(with_cookies(Request::get("/me"), &back));

    // The parts of a request that the layer let through.
    let (sender, receiver) = std::sync::mpsc::channel();
    let keep = service_fn(move |request: Request<String>| {
        ready(sender.send(request.into_parts().0).map(|()| Response::new(String::new())))
    });
    auth.layer().layer(keep).call(page.clone()).await?;
    let parts = receiver.recv()?;
    assert!(auth.get_session(&parts).await?.is_some());

    let found = json!({
        "start_up": start_up,
        "check_next": measure(|| ready(auth.check_next("/account/security?tab=keys", SITE))).await,
        "sign_in": measure(|| send(&sign_in)).await,
        "callback": measure(|| send(&callback)).await,
        "other_page": measure(|| send(&page)).await,
        "session": measure(|| auth.get_session(&parts)).await,
    });
    println!("{found}");
    Ok(())
}
