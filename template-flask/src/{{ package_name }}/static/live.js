// Brings a list up to date when it has changed elsewhere: its `id` is the name of what changed.

const socket = io({ autoConnect: false, reconnectionDelayMax: 60_000, transports: ["websocket"] });
const LIST = "notes";
const changed = new Set();
let reading = false;

function listen() {
  if (document.getElementById(LIST) && !socket.active) socket.connect();
}

/** Read the page again: one reading at a time, and one more for what comes meanwhile. */
async function refresh(id) {
  changed.add(id);
  if (reading) return;
  reading = true;
  while (changed.size) await read();
  reading = false;
}

async function read() {
  const ids = [...changed].filter((id) => document.getElementById(id));
  changed.clear();
  const address = location.href;
  const answer = ids.length && (await fetch(address).catch(() => null));
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (location.href === address) ids.forEach((id) => take(page, id));
  else ids.forEach((id) => changed.add(id)); // the reader has gone on meanwhile
}

/** Fill the list anew, and leave the focus where it was. */
function take(page, id) {
  const [old, fresh] = [document, page].map((one) => one.getElementById(id));
  if (!old || !fresh) return;
  const focused = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
  old.replaceChildren(...fresh.childNodes);
  window.htmx?.process(old);
  if (focused) old.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
}

async function goOn() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.redirected) location.reload(); // to where one signs in
  else listen();
}

socket.on("changed", refresh);
// What has changed since the page was made, or since the last time, nobody has told.
socket.on("connect", () => refresh(LIST));
socket.on("disconnect", (reason) => {
  // Somebody has signed out: whoever has not may go on.
  if (reason === "io server disconnect") setTimeout(goOn, 1000);
});

listen();
// A page that is changed in place may have a list now.
new MutationObserver(listen).observe(document.body, { childList: true });
