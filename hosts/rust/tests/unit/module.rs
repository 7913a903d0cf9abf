//! The instances of the module.

use super::App;
use crate::module::{Fields, Step};
use crate::{Answer, Landfall};

impl Landfall {
    /// Overwrites the memory of the instance that the next call takes.
    pub fn spoil(&self) {
        self.inner.core.pool.lock().unwrap().last_mut().unwrap().memory().fill(0xff);
    }
}

/// An answer of the core with a list at its end.
pub fn make_step(kind: &'static str, fields: &[(&str, &str)], list: &[&str]) -> Step {
    let mut step = Step::make(kind, fields);
    step.values.extend(list.iter().map(ToString::to_string));
    step
}

#[tokio::test]
async fn a_token_stays_in_no_instance() {
    let app = App::start(|builder| builder.on_session(|_| async { Ok(Answer::default()) })).await;
    let (mut browser, code) = (app.browser(), "a-code-and-token-that-nobody-may-find");
    browser.sign_in(code, "/me").await.expect(303, "/me");
    assert_eq!(browser.get_body("/me").await, format!("{code} null"));
    let mut pool = app.auth.inner.core.pool.lock().unwrap();
    assert!(!pool.is_empty());
    for instance in pool.iter_mut() {
        let found = instance.memory().windows(code.len()).any(|window| window == code.as_bytes());
        assert!(!found, "the module still has the token");
    }
}

#[tokio::test]
async fn an_instance_that_trapped_is_not_used_again() {
    let app = App::start(|builder| builder).await;
    let core = &app.auth.inner.core;
    app.auth.spoil();
    let error = core.perform("serve", "REQUEST", &Fields::new(), &[]).err().unwrap();
    assert_eq!(error.code, "internal_error");
    assert!(core.pool.lock().unwrap().is_empty());
    assert!(core.perform("serve", "REQUEST", &Fields::new(), &[]).is_ok());
    assert_eq!(core.pool.lock().unwrap().len(), 1);
}

#[test]
fn an_answer_without_its_last_fields() {
    let mut step = make_step("respond", &[("status", "303"), ("code", "denied")], &["location", "/", "odd"]);
    assert_eq!((step.number("status"), step.get("code"), step.get("no such field")), (303, "denied", ""));
    assert_eq!(step.pairs().collect::<Vec<_>>(), [("location", "/")]);
    step.values.truncate(4);
    assert_eq!((step.number("status"), step.get("code"), step.list().len()), (303, "", 0));
}
