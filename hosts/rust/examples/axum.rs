//! An app with GitHub sign-in, on axum.
//!
//! `AUTH_SECRET=$(openssl rand -base64 32) GITHUB_CLIENT_ID=… GITHUB_CLIENT_SECRET=… cargo run --example axum`

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, Result};
use axum::routing::get;
use landfall::{BoxError, Landfall, Parts, Profile};
use serde_json::json;
use std::env;

/// Texts of a person come from the provider: escape them.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn greet(user: &Profile) -> Html<String> {
    let name = user.name.as_deref().or(user.sub.as_deref()).unwrap_or("you");
    let out = r#"<form method="post" action="/auth/sign-out"><button>Sign out</button></form>"#;
    Html(format!("<!doctype html><title>Landfall</title>Hello {} {out}", escape(name)))
}

async fn home(State(auth): State<Landfall>, request: Parts) -> Result<Html<String>> {
    let session = auth.get_session(&request).await;
    let session = session.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.code))?;
    let link = r#"<!doctype html><title>Landfall</title><a href="/auth/sign-in?provider=github">Sign in</a>"#;
    Ok(session.map_or_else(|| Html(link.to_owned()), |session| greet(&session.user)))
}

async fn account(State(auth): State<Landfall>, request: Parts) -> Result<Html<String>> {
    let session = auth.require(&request).await?;
    Ok(greet(&session.user))
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let port = env::var("PORT").unwrap_or_else(|_| "3000".into());
    let auth = Landfall::builder(json!({
        "origin": format!("http://localhost:{port}"),
        "secret": env::var("AUTH_SECRET")?,
        "session": true,
        "providers": { "github": {
            "clientId": env::var("GITHUB_CLIENT_ID")?, "clientSecret": env::var("GITHUB_CLIENT_SECRET")?,
        } },
    }))
    .build()?;
    let app = Router::new().route("/", get(home)).route("/account", get(account));
    let app = app.with_state(auth.clone()).layer(auth.layer());
    let listener = tokio::net::TcpListener::bind(format!("localhost:{port}")).await?;
    println!("http://localhost:{port}");
    axum::serve(listener, app).await?;
    Ok(())
}
