// Runs in the page: what the fixture's preload exposes is there before it.
const say = (/** @type {string} */ name, /** @type {string} */ text) => {
  const element = document.querySelector(name)
  if (element !== null) element.textContent = text
}

if (location.hash === "#second") say("h1", "Second window")
say("output", String(await window.fixture.call("echo", "ready")))
