// What the pages of runs in progress share: the connection, the theme, and parts that are drawn again only when they change.
const facts = JSON.parse(byId("data").textContent);
history.replaceState(null, "", location.pathname); // the token does not stay in the address

const drawn = new Map();
// Draws a part only when its value changed: what a reader has selected or focused stays as it is.
function redraw(part, value, draw) {
  const text = JSON.stringify(value ?? null);
  if (drawn.get(part) === text) return;
  drawn.set(part, text);
  draw(value);
}

function say(id, text) {
  const node = byId(id);
  if (node.textContent !== text) node.textContent = text;
  node.hidden = text === "";
}

function duration(total) {
  const two = n => String(Math.floor(n)).padStart(2, "0");
  return total >= 3600 ? `${Math.floor(total / 3600)}:${two(total % 3600 / 60)}:${two(total % 60)}` : `${Math.floor(total / 60)}:${two(total % 60)}`;
}

// A hidden page lets its connection go: a browser opens only a few to one server.
function listen(show) {
  let source = null;
  const open = () => {
    source ??= new EventSource(`${facts.address}events`);
    source.onmessage = event => {
      say("connection", "");
      show(JSON.parse(event.data));
      document.documentElement.dataset.complete = Math.round(performance.now());
    };
    source.onerror = () => {
      say("connection", "The page has no connection to `cogtools view`, so its figures are old. It tries again by itself; if the command has ended, start it again.");
      if (source.readyState === EventSource.CLOSED) { source = null; setTimeout(() => { if (!document.hidden) open(); }, 5000); }
    };
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) open();
    else { source?.close(); source = null; }
  });
  byId("theme").addEventListener("change", () => { document.documentElement.style.colorScheme = byId("theme").value; });
  open();
}
