// The script of every page. It stands in the page itself, and the policy allows exactly this text. A server never sees the
// fragment of an address, and Supabase Auth puts some errors nowhere else. So the script sends them to its callback route,
// which knows their meaning; without a callback route they go nowhere. The script sends no tokens, only the fact that
// there were any.
// The fragment is removed at once, so nothing is sent twice, and no text of it reaches the page.
// `sb_flow_id` says which sign-in it is, and `next` where it leads. A long description is cut, because servers limit addresses.
// On the page with the button, a press within three seconds of another one does nothing: its link works only once.
;(({ callback }) => {
  const said = new URLSearchParams(location.hash.slice(1))
  const here = new URLSearchParams(location.search)
  const query = new URLSearchParams()
  history.replaceState(null, '', location.href.split('#')[0])
  if (Array.from(said.keys()).some((name) => /token$/.test(name))) {
    query.set('error', 'unsupported_response_type')
  } else {
    for (const name of ['error', 'error_code', 'error_description', 'message'])
      if (said.get(name)) query.set(name, said.get(name).slice(0, 500))
    if (String(query) && !query.has('error') && !query.has('message')) query.set('error', 'unspecified')
  }
  if (callback && String(query)) {
    for (const name of ['sb_flow_id', 'next']) if (here.get(name)) query.set(name, here.get(name))
    location.replace(callback + '?' + query)
  }
  let pressed = -3000
  addEventListener('submit', (event) => {
    if (event.timeStamp - pressed < 3000) event.preventDefault()
    else pressed = event.timeStamp
  })
})(document.currentScript.dataset)
