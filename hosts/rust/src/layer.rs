//! The routes of the sign-in in front of a service.

use crate::module::Fields;
use crate::visit::{Visit, to_latin1};
use crate::{BoxError, BoxFuture, Landfall};
use bytes::Bytes;
use http::header::{HOST, HeaderValue, SET_COOKIE};
use http::request::Parts;
use http::uri::Scheme;
use http::{Request, Response};
use http_body::Body;
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// What a request has with it behind the layer: its address as it came, and the cookies for its response.
#[derive(Clone, Default)]
pub(crate) struct Passage {
    pub url: String,
    cookies: Arc<Mutex<BTreeMap<String, (u8, HeaderValue)>>>,
}

impl Passage {
    pub fn new(request: &Parts) -> Self {
        let scheme = request.extensions.get().or(request.uri.scheme()).unwrap_or(&Scheme::HTTP).as_str();
        let authority = request.uri.authority().map_or("", |authority| authority.as_str());
        let host = request.headers.get(HOST).map_or(authority.as_bytes(), HeaderValue::as_bytes);
        let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
        let url = [scheme.as_bytes(), b"://", host, path.as_bytes()].concat();
        Self { url: to_latin1(&url), cookies: Arc::default() }
    }

    /// Adds Set-Cookie values. All calls of a request read the cookies that it came with, so a value that is written
    /// wins over one that is removed, and that over one that is renewed.
    pub fn set_cookies<'a>(&self, is_written: bool, lines: impl Iterator<Item = &'a str>) {
        let mut cookies = self.cookies.lock().unwrap();
        for line in lines {
            let name = line.split('=').next().unwrap_or_default();
            let rank = if is_written { 2 } else { u8::from(line.contains("; Max-Age=0;")) };
            if let (true, Ok(value)) = (cookies.get(name).is_none_or(|old| old.0 <= rank), line.parse()) {
                cookies.insert(name.into(), (rank, value));
            }
        }
    }

    /// Takes the values that were added.
    pub fn take_cookies(&self) -> impl Iterator<Item = HeaderValue> {
        mem::take(&mut *self.cookies.lock().unwrap()).into_values().map(|(_, value)| value)
    }
}

/// Answers the routes of the sign-in, and leaves every other address to the service inside.
///
/// It also adds the cookies of [`Landfall::get_session`] and its like to the response, so put it around the whole app.
#[derive(Clone)]
pub struct LandfallLayer(pub(crate) Landfall);

impl<S> Layer<S> for LandfallLayer {
    type Service = LandfallService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        LandfallService { auth: self.0.clone(), inner }
    }
}

/// The service that [`LandfallLayer`] makes.
#[derive(Clone)]
pub struct LandfallService<S> {
    auth: Landfall,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for LandfallService<S>
where
    S: Service<Request<B>, Response = Response<R>, Future: Send> + Clone + Send + 'static,
    B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    R: From<String>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = BoxFuture<Result<Response<R>, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let ready = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, ready);
        let auth = self.auth.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let passage = Passage::new(&parts);
            parts.extensions.insert(passage.clone());
            let mut visit = Visit::new(&auth, Arc::new(parts));
            let first = visit.perform("serve", Fields::new());
            let mut response = if first.as_ref().is_ok_and(|step| step.kind.is_empty()) {
                let parts = Arc::unwrap_or_clone(visit.request);
                inner.call(Request::from_parts(parts, body)).await?
            } else {
                visit.body = Some(body.map_err(Into::into).boxed_unsync());
                let (visit, step) = visit.run("serve", first).await;
                visit.respond(&step)
            };
            response.headers_mut().extend(passage.take_cookies().map(|line| (SET_COOKIE, line)));
            Ok(response)
        })
    }
}
