// A little comfort on top: every page works without it.

const { lang } = document.documentElement;
const region = navigator.languages.find((language) => language.startsWith(lang)) ?? lang;

/** Say moments in the reader's time zone, in the words of the page; without this it is UTC. */
function localise(part) {
  const format = { dateStyle: "medium", timeStyle: "short" };
  for (const time of part.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString(region, format);
  }
}

localise(document);
// What a page gets later is made readable, too.
new MutationObserver((changes) => {
  for (const node of changes.flatMap((change) => [...change.addedNodes])) {
    if (node instanceof Element) localise(node);
  }
}).observe(document.documentElement, { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  event.target.closest("button[data-close]")?.closest("dialog").close();
  const link = event.target.closest("a[data-dialog]");
  if (!link) return;
  event.preventDefault();
  document.getElementById(link.dataset.dialog).showModal();
});
