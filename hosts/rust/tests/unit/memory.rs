//! The memories of responses.

use super::fetch::{make_visit, renewal};
use crate::memory::{Found, Kept, Memory};
use crate::module::Fields;
use axum::Router;
use axum::extract::Request;
use axum::routing::any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::time::sleep;

const MINUTE: Duration = Duration::from_secs(60);

fn kept(at: Instant, size: usize) -> Arc<Kept> {
    Arc::new(Kept { fields: Fields::from([("answer", vec![b'a'; size])]), at, again: false })
}

fn find(memory: &Memory, name: &str) -> Option<Arc<Kept>> {
    match memory.join(name, Duration::MAX, false, None) {
        Found::Kept(response) => Some(response),
        _ => None,
    }
}

/// The end of a request.
fn settle(memory: &Memory, name: &str, response: &Arc<Kept>, is_good: bool) {
    let Found::Nothing(leader) = memory.join(name, Duration::ZERO, false, None) else {
        panic!("{name} is there");
    };
    leader.send_replace(Some(response.clone()));
    memory.settle(name, response, is_good);
}

#[test]
fn one_that_was_forgotten_under_way_is_not_kept() {
    let (memory, response) = (Memory::new(1000, MINUTE), kept(Instant::now(), 1));
    let Found::Nothing(leader) = memory.join("person-1/1", MINUTE, false, None) else { panic!("it is there") };
    memory.forget("person-1/");
    leader.send_replace(Some(response.clone()));
    memory.settle("person-1/1", &response, true);
    assert!(find(&memory, "person-1/1").is_none());
}

#[test]
fn renewals_are_bounded_and_forgotten() {
    let (memory, now) = (Memory::new(1000, MINUTE), Instant::now());
    settle(&memory, "old", &kept(now - Duration::from_secs(61), 1), true);
    settle(&memory, "bad", &kept(now, 1), false);
    assert!(find(&memory, "old").is_none() && find(&memory, "bad").is_none());
    for n in 0..1200 {
        settle(&memory, &format!("person-{n}/1"), &kept(now + Duration::from_nanos(n), 1), true);
    }
    assert!(find(&memory, "person-199/1").is_none() && find(&memory, "person-200/1").is_some());
    settle(&memory, "person-1199/1", &kept(now, 2), true);
    assert_eq!(find(&memory, "person-1199/1").unwrap().fields["answer"].len(), 1, "an older one took its place");
    memory.forget("");
    memory.forget("person-1199/");
    assert!(find(&memory, "person-1199/1").is_none() && find(&memory, "person-1198/1").is_some());
    for n in 0..9 {
        settle(&memory, &format!("large-{n}"), &kept(now + Duration::from_secs(n + 1), 1 << 20), true);
    }
    assert_eq!((0..9).filter(|n| find(&memory, &format!("large-{n}")).is_some()).count(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn requests_with_one_key_wait() {
    let asked = Arc::new(AtomicU32::new(0));
    let same = asked.clone();
    let answer = move |request: Request| async move {
        same.fetch_add(1, SeqCst);
        sleep(Duration::from_millis(200)).await;
        request.uri().path().to_owned()
    };
    let (visits, site) = make_visit(Router::new().fallback(any(answer))).await;
    let all = (0..40).map(|n| {
        let (mut visit, path, site) = (visits(), format!("/{}", n % 2), site.clone());
        tokio::spawn(async move {
            let result = visit.fetch(&renewal(&format!("{site}{path}"), &path)).await;
            assert_eq!((&result["answer"][..], &result["age"][..]), (path.as_bytes(), &b"0"[..]));
            visit.fetched.as_mut().unwrap().is_good = true;
        })
    });
    for one in all.collect::<Vec<_>>() {
        one.await.unwrap();
    }
    assert_eq!(asked.load(SeqCst), 2, "requests for two people");
    let inner = &visits().auth.inner;
    assert!(find(&inner.renewals, "/0").is_some() && find(&inner.renewals, "/1").is_some());
    assert!(find(&inner.addresses, &format!("{site}/0")).is_none());
}

#[tokio::test]
async fn patience_ends() {
    let (asked, end) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
    let (same, until) = (asked.clone(), end.clone());
    let answer = move || async move {
        if same.fetch_add(1, SeqCst) == 0 {
            until.notified().await;
        }
    };
    let (visits, site) = make_visit(Router::new().fallback(any(answer))).await;
    let (mut slow, mut other, step) = (visits(), visits(), renewal(&site, "slow"));
    let same_step = step.clone();
    let first = tokio::spawn(async move { slow.fetch(&same_step).await });
    while asked.load(SeqCst) == 0 {
        sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(other.fetch(&step).await["status"], b"200");
    assert!(!first.is_finished() && asked.load(SeqCst) == 2);
    end.notify_one();
    assert_eq!(first.await.unwrap()["status"], b"200");
}

#[tokio::test]
async fn a_failure_is_nobody_elses() {
    let asked = Arc::new(AtomicU32::new(0));
    let same = asked.clone();
    let answer = move || async move {
        if same.fetch_add(1, SeqCst) == 0 {
            sleep(Duration::from_millis(100)).await;
            panic!("the connection breaks off");
        }
    };
    let (visits, site) = make_visit(Router::new().fallback(any(answer))).await;
    let (mut first, mut other, step) = (visits(), visits(), renewal(&site, "key"));
    let (one, two) = tokio::join!(first.fetch(&step), other.fetch(&step));
    assert_eq!((&one["failure"][..], &two["status"][..]), (&b"network"[..], &b"200"[..]));
}

#[tokio::test]
async fn a_leader_that_is_gone_keeps_nobody_waiting() {
    let (visits, site) = make_visit(Router::new().fallback(any(|| async {}))).await;
    let mut visit = visits();
    drop(visit.auth.inner.renewals.join("key", MINUTE, false, None));
    assert_eq!(visit.fetch(&renewal(&site, "key")).await["status"], b"200");
}
