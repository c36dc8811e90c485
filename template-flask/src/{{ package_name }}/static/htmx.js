// What htmx leaves open.

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.text.includes("<main")) {
    // No page of this app, but of a proxy perhaps: the browser may show it.
    event.preventDefault();
    location.assign(ctx.request.action);
  } else if (ctx.select && !ctx.text.includes(`id="${ctx.select.slice(1)}"`)) {
    // An answer without the list that was asked for is another page: of an error, or to sign in on.
    Object.assign(ctx, { select: null, target: document.body, swap: "innerHTML" });
  }
});

// No answer at all: let the browser say so, as it does where there is no script.
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.request && !ctx.response) location.assign(ctx.request.action);
});

// What a search has come to is heard, while one goes on typing; seen it is in the list.
const status = document.createElement("p");
status.ariaLive = "polite";
status.style.cssText = "position: absolute; clip-path: inset(50%)";
document.body.append(status);

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target === document.body) {
    document.body.append(status);
    // Whoever turned a page goes on reading where a new page begins.
    document.getElementById("main").focus();
  } else {
    tell(document.querySelector(ctx.select));
  }
});

function tell(list) {
  const rows = list.querySelectorAll(".rows li").length;
  const pages = list.querySelector(".pages span:nth-child(2)")?.textContent ?? "";
  status.textContent = rows ? `${list.ariaLabel}: ${rows}. ${pages}` : list.textContent.trim();
}
