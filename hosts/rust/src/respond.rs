//! The last answer of a request.

use crate::Error;
use crate::module::{Fields, Step};
use crate::visit::Visit;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, Response, StatusCode};

impl Visit {
    /// The answer where the core or the host failed.
    pub fn fail(mut self, error: Error) -> (Self, Step) {
        self.added.clear();
        let inner = &self.auth.inner;
        let is_page = self.request.uri.path() == inner.ready.get("error_path");
        let about = Fields::from([
            ("code", error.code.as_str().into()),
            ("method", self.request.method.as_str().into()),
            ("route", if is_page { "error".into() } else { Vec::new() }),
        ]);
        let answer = inner.core.perform("fail", "FAIL", &about, &[]).unwrap_or_else(|_| {
            let log = "landfall: the module cannot answer";
            Step::make("respond", &[("status", "500"), ("code", &error.code), ("log", log)])
        });
        self.cause = Some(error.into());
        (self, answer)
    }

    /// Makes the response of a RESPOND, and logs it.
    pub fn respond<B: From<String>>(self, step: &Step) -> Response<B> {
        self.log(step);
        let parse = |(name, value): (&str, &str)| Some((name.parse::<HeaderName>().ok()?, value.parse().ok()?));
        let mut headers = HeaderMap::from_iter(step.pairs().filter_map(parse));
        let mut added = if step.get("parameter") == "redirect" { HeaderMap::new() } else { self.added };
        for name in headers.keys().filter(|name| *name != SET_COOKIE) {
            added.remove(name);
        }
        headers.extend(added.iter().map(|(name, value)| (name.clone(), value.clone())));
        let mut response = Response::new(step.get("body").to_owned().into());
        *response.status_mut() = step.get("status").parse().unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.headers_mut() = headers;
        response
    }

    /// Writes the line of a RESPOND. It warns of what is not a browser's own doing.
    pub fn log(&self, step: &Step) {
        let (line, code, provider) = (step.get("log"), step.get("code"), step.get("provider"));
        let cause = self.cause.as_ref().filter(|_| !code.is_empty()).map(ToString::to_string);
        if line.is_empty() {
            return;
        }
        if code.is_empty() || step.get("blame") == "browser" {
            tracing::info!(target: "landfall", code, provider, cause, "{line}");
        } else {
            tracing::warn!(target: "landfall", code, provider, cause, "{line}");
        }
    }
}
