//! The step `fetch`: requests to providers.

use crate::memory::{Found, Kept, Leader, Memory, wait_for};
use crate::module::{Fields, Step};
use crate::visit::{Visit, to_latin1};
use crate::{BoxError, Fetch};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body::Body;
use http_body_util::BodyExt;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// The characters of a cause.
const MAX_CAUSE: usize = 200;

/// Makes the package's own client, for a `fetch` that changes requests before it sends them. It follows no redirect,
/// knows no cookies and no proxy of the machine, and undoes gzip.
pub fn make_fetch() -> Result<Fetch, BoxError> {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    let client = builder.user_agent("landfall").build()?;
    Ok(Arc::new(move |request| {
        let client = client.clone();
        Box::pin(async move { Ok(Response::from(client.execute(request.try_into()?).await?)) })
    }))
}

/// A response that the core has not judged yet. When it goes, its way has ended.
pub(crate) struct Fetched {
    memory: Arc<Memory>,
    name: String,
    response: Arc<Kept>,
    pub is_good: bool,
}

impl Drop for Fetched {
    fn drop(&mut self) {
        self.memory.settle(&self.name, &self.response, self.is_good);
    }
}

impl Visit {
    /// Carries out FETCH, with a kept response or one under way where the step takes it.
    pub async fn fetch(&mut self, step: &Step) -> Fields {
        if step.number("delay") > 0 {
            sleep(Duration::from_millis(step.number("delay"))).await;
        }
        let max_age = Duration::from_secs(step.number("max_age"));
        if max_age.is_zero() {
            return self.send(step).await;
        }
        let (memory, name) = match step.get("cache_key") {
            "" => (self.auth.inner.addresses.clone(), step.get("url")),
            key => (self.auth.inner.renewals.clone(), key),
        };
        let again = step.get("again") == "1";
        let patience = Duration::from_millis(step.number("patience"));
        let mut waited = None;
        let response = loop {
            match memory.join(name, max_age, again, waited.as_ref()) {
                Found::Kept(response) => break response,
                Found::Nothing(leader) => break self.share(step, leader).await,
                Found::Underway(mut other) => match wait_for(&mut other, patience).await {
                    Some(response) => break response,
                    None => waited = Some(other),
                },
            }
        };
        let mut fields = response.fields.clone();
        fields.insert("age", response.at.elapsed().as_secs().to_string().into());
        self.fetched = Some(Fetched { memory, name: name.into(), response, is_good: false });
        fields
    }

    /// Makes a request that others may wait for.
    async fn share(&mut self, step: &Step, leader: Leader) -> Arc<Kept> {
        let fields = self.send(step).await;
        let response = Arc::new(Kept { fields, at: Instant::now(), again: step.get("again") == "1" });
        leader.send_replace(Some(response.clone()));
        response
    }

    /// Makes one request within its deadline.
    async fn send(&mut self, step: &Step) -> Fields {
        let deadline = Duration::from_millis(step.number("deadline"));
        let fetch = &self.auth.inner.fetch;
        let (fields, cause) = match timeout(deadline, exchange(fetch, step)).await {
            Ok(Ok(fields)) => (fields, None),
            Ok(Err(cause)) => (to_failure(&*cause), Some(cause)),
            Err(late) => (failed("timeout", "TimeoutError"), Some(late.into())),
        };
        self.cause = cause;
        fields
    }
}

async fn exchange(fetch: &Fetch, step: &Step) -> Result<Fields, BoxError> {
    let mut request = Request::builder().method(step.get("method")).uri(step.get("url"));
    for (name, value) in step.pairs() {
        request = request.header(name, value);
    }
    let (head, body) = fetch(request.body(step.get("body").to_owned())?).await?.into_parts();
    if head.status.is_redirection() {
        return Ok(failed("redirect", ""));
    }
    let max_bytes = step.number("max_bytes") as usize;
    let answer = read_up_to(body, max_bytes).await?;
    if answer.len() > max_bytes {
        return Ok(failed("too_large", ""));
    }
    Ok(Fields::from([
        ("status", head.status.as_str().into()),
        ("content_type", read_header(&head.headers, "content-type")),
        ("retry_after", read_header(&head.headers, "retry-after")),
        ("answer", answer),
    ]))
}

/// Reads a body up to so many bytes and one more.
pub(crate) async fn read_up_to<B>(mut body: B, max_bytes: usize) -> Result<Vec<u8>, BoxError>
where
    B: Body<Data = Bytes, Error: Into<BoxError>> + Unpin,
{
    let mut bytes = Vec::new();
    while bytes.len() <= max_bytes
        && let Some(frame) = body.frame().await
    {
        bytes.extend_from_slice(&frame.map_err(Into::into)?.into_data().unwrap_or_default());
    }
    bytes.truncate(max_bytes + 1);
    Ok(bytes)
}

fn read_header(headers: &HeaderMap, name: &str) -> Vec<u8> {
    headers.get(name).map(|value| to_latin1(value.as_bytes()).into()).unwrap_or_default()
}

fn failed(failure: &str, cause: &str) -> Fields {
    Fields::from([("failure", failure.into()), ("cause", cause.into())])
}

/// Names what kept a request from a response: the innermost cause.
fn to_failure(error: &(dyn Error + 'static)) -> Fields {
    let mut last = error;
    while let Some(inner) = find_inner(last) {
        last = inner;
    }
    let text: String = last.to_string().chars().take(MAX_CAUSE).collect();
    let is_untrusted = last.downcast_ref().is_some_and(is_untrusted);
    failed(if is_untrusted { "tls" } else { "network" }, &text)
}

/// An error of `io` hides the one inside it from `source`.
fn find_inner<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

/// Nobody that this machine knows has signed the certificate. One that is over, or of another host, is another failure.
fn is_untrusted(error: &rustls::Error) -> bool {
    use rustls::CertificateError::{BadSignature, Other, UnknownIssuer};
    matches!(error, rustls::Error::InvalidCertificate(UnknownIssuer | BadSignature | Other(_)))
}
