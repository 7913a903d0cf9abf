/** The style of every page. It stands in the page itself, and the policy allows exactly this text. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7;
  --card: #fff;
  --ink: #1b1e23;
  --soft: #59616b;
  --line: #dfe2e7;
  --link: #1d5bbf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101215;
    --card: #191c20;
    --ink: #eceef1;
    --soft: #a3abb5;
    --line: #2d3239;
    --link: #8ab4f8;
  }
}
* {
  box-sizing: border-box;
}
body {
  display: grid;
  place-items: center;
  min-height: 100vh;
  min-height: 100svh;
  margin: 0;
  padding: 1rem;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
main {
  width: 100%;
  max-width: 27rem;
  padding: clamp(1.5rem, 7vw, 2.5rem);
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--card);
}
h1 {
  margin: 0;
  font-size: 1.375rem;
  line-height: 1.3;
}
p {
  margin: 0.75rem 0 0;
}
a,
button {
  display: block;
  width: 100%;
  margin-top: 0.5rem;
  padding: 0.7rem 1rem;
  border: 1px solid transparent;
  border-radius: 0.6rem;
  color: var(--link);
  font: inherit;
  text-align: center;
}
.main {
  margin-top: 1.75rem;
  background: var(--ink);
  color: var(--card);
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
.main:hover {
  box-shadow: 0 0 0 1px var(--card), 0 0 0 3px var(--soft);
}
:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 3px;
}
summary {
  cursor: pointer;
}
small,
details {
  display: block;
  margin-top: 1.5rem;
  color: var(--soft);
  font-size: 0.875rem;
}
`
