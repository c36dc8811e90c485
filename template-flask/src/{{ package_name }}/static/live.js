// Brings a list up to date when it has changed elsewhere: its `id` is the name of what changed.

const socket = io({ autoConnect: false, reconnectionDelayMax: 60_000, transports: ["websocket"] });
const LIST = "notes";

function listen() {
  if (document.getElementById(LIST) && !socket.active) socket.connect();
}

/** Read the page again, and take the list from it. */
async function refresh(id) {
  const old = document.getElementById(id);
  if (!old) return;
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(id);
  if (fresh) old.replaceWith(fresh);
}

async function goOn() {
  const answer = await fetch(location.href);
  if (answer.redirected) location.reload(); // to where one signs in
  else listen();
}

socket.on("changed", refresh);
socket.io.on("reconnect", () => refresh(LIST));
socket.on("disconnect", (reason) => {
  // Somebody has signed out: whoever has not may go on.
  if (reason === "io server disconnect") setTimeout(goOn, 1000);
});

listen();
// A page that is changed in place may have a list now.
new MutationObserver(listen).observe(document.body, { childList: true });
